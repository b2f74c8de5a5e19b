#pragma once
// Peers that a listener's list does not let in (R-DEC-80): each is counted, and told once a minute.

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"

namespace cticonnector::net {

/// One thread.
class Refusals {
  public:
    /// `listener` as metrics and the log name it, `list` as the ini file does; both are constants.
    Refusals(Logger& log, std::string_view listener, std::string_view list, std::uint64_t& count)
        : log_(log), listener_(listener), list_(list), count_(count) {}

    void add(const boost::asio::ip::address& peer) {
        ++count_;
        if (!log_now_(peer, std::chrono::steady_clock::now())) return;
        const std::string text = "not in " + std::string{list_};
        log_.event("peer.refused", {{"listener", listener_}, {"peer", peer.to_string()}, {"text", text}});
    }

  private:
    Logger& log_;
    std::string_view listener_;
    std::string_view list_;
    std::uint64_t& count_;
    OnceAMinute<boost::asio::ip::address> log_now_;
};

}  // namespace cticonnector::net
