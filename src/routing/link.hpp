#pragma once
// The socket of the CTI session: makes the connection, moves bytes and time between it and the session
// machine, and writes what became of the link to the log. Owned by ContactCenter, which outlives the loop.

#include <array>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cti_session.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/connection.hpp"
#include "cticonnector/net/remote.hpp"
#include "cticonnector/routing/contact_center.hpp"
#include "message_log.hpp"

namespace cticonnector::routing {

class CtiLink {
  public:
    using Time = std::chrono::steady_clock::time_point;
    struct Hooks {
        std::function<void()> on_up;
        std::function<void(const std::string& why)> on_down;
        /// Messages that are not the session's own.
        std::function<void(const ged188::Frame&, Time received)> on_frame;
        /// The server has taken all that was sent.
        std::function<void()> on_written;
        /// For the log: what the tables know about a message.
        Lookup lookup;
    };

    /// `settings`: the sides and the version are read once, here.
    CtiLink(boost::asio::io_context&, const Current<Settings>& settings, Logger&, Counters&, InvokeIds&,
            std::uint64_t seed, Hooks);

    void start();
    void send(std::span<const std::uint8_t> messages);
    void flush();
    void stop(std::function<void()> done);
    /// What is wrong, in words: what the server of this session has not granted or reports of its own state
    /// (R-DEC-77); without a session, what each side has said last.
    std::vector<std::string> shortcomings() const;

  private:
    void connected(const std::string& host, net::Connected);
    /// One input of the session and all that follows from it.
    template <class Input>
    void feed(Input&& input);
    void carry_out(const Connect&);
    void carry_out(const CtiSend&);
    void carry_out(const Reset&);
    void carry_out(const Up&);
    void carry_out(const Down&);
    void carry_out(const OpenRefused&);
    void carry_out(const Condition&);
    void carry_out(const Stopped&);
    std::vector<std::string> condition_texts() const;

    const Current<Settings>& settings_;
    Logger& log_;
    Counters& counters_;
    Hooks hooks_;
    CtiSession session_;
    MessageLog messages_;
    const std::array<Side, 2> sides_;
    net::Alarm alarm_;
    std::array<net::Remote, 2> remotes_;  ///< of both sides
    net::Connecting connecting_;
    std::shared_ptr<net::Connection> connection_;
    Condition condition_;
    std::array<std::string, 2> failures_;  ///< of both sides, while the link is down
    OnceAMinute<> tell_no_handles_now_;
    std::vector<std::function<void()>> stopped_;
};

}  // namespace cticonnector::routing
