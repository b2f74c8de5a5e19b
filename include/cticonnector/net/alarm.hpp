#pragma once
// The one timer of a machine that says when it wants to be called. Moving the time on costs nothing: the
// timer fires at the earlier time and is set again. May go at any time, from within `ring`, too.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace cticonnector::net {

inline std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }

class Alarm {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// `ring` is called at the time that was set, or earlier; it sets the alarm again.
    Alarm(boost::asio::any_io_executor executor, std::function<void(Time now)> ring)
        : clock_(std::make_shared<Clock>(std::move(executor), std::move(ring))) {}
    Alarm(boost::asio::io_context& io, std::function<void(Time now)> ring)
        : Alarm(io.get_executor(), std::move(ring)) {}

    void set(std::optional<Time> when) {
        if (!when || (clock_->armed && *clock_->armed <= *when)) return;
        clock_->armed = when;
        clock_->timer.expires_at(*when);
        clock_->timer.async_wait([weak = std::weak_ptr(clock_)](boost::system::error_code error) {
            const auto clock = weak.lock();
            if (error || !clock || !clock->armed) return;
            clock->armed.reset();
            clock->ring(now());
        });
    }
    void cancel() {
        clock_->armed.reset();
        clock_->timer.cancel();
    }

  private:
    struct Clock {
        Clock(boost::asio::any_io_executor executor, std::function<void(Time)> to_ring)
            : timer(std::move(executor)), ring(std::move(to_ring)) {}
        boost::asio::steady_timer timer;
        const std::function<void(Time)> ring;
        std::optional<Time> armed;
    };
    std::shared_ptr<Clock> clock_;
};

}  // namespace cticonnector::net
