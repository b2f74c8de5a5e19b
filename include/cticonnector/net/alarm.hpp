#pragma once
// The one timer of a machine that says when it wants to be called. Moving the time on costs nothing: the
// timer fires at the earlier time and is set again. Must outlive the loop, or be cancelled before.

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace cticonnector::net {

inline std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }

class Alarm {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// `ring` is called at the time that was set, or earlier; it sets the alarm again.
    Alarm(boost::asio::io_context& io, std::function<void(Time now)> ring)
        : timer_(io), ring_(std::move(ring)) {}

    void set(std::optional<Time> when) {
        if (!when || (armed_ && *armed_ <= *when)) return;
        armed_ = when;
        timer_.expires_at(*when);
        timer_.async_wait([this](boost::system::error_code error) {
            if (error) return;
            armed_.reset();
            ring_(now());
        });
    }
    void cancel() {
        armed_.reset();
        timer_.cancel();
    }

  private:
    boost::asio::steady_timer timer_;
    std::function<void(Time)> ring_;
    std::optional<Time> armed_;
};

}  // namespace cticonnector::net
