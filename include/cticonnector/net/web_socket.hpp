#pragma once
// One end of a WebSocket (RFC 6455) that a request of the HTTP server was upgraded to: texts come and go.
// Binary messages are refused (1003), long ones too (1009), and a peer that answers no ping is left.
//
// What waits to be taken is bounded; above that, or when the peer takes no byte for ten seconds, the
// connection is reset. Nothing is ever dropped from inside. One thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cticonnector::net {

struct WebSocketSettings {
    std::size_t longest_message = 64 << 10;     ///< of the peer, in bytes
    std::size_t waiting = 1 << 20;              ///< bytes sent and not yet taken
    std::chrono::milliseconds stall{10'000};    ///< without a byte taken
    std::chrono::milliseconds silence{30'000};  ///< a ping after half of it; the end when nothing came at all
    std::chrono::milliseconds handshake{10'000};
};

/// None is called from within send() or close(). What one throws is a broken invariant and goes on to whoever
/// runs the io_context.
struct WebSocketHooks {
    std::function<void(std::string_view text)> on_text;
    /// Once, whoever has ended it, and from the loop: also after the server was closed, so it must not name
    /// an owner that may be gone. No text comes after that owner, or the server, has closed it.
    std::function<void(const std::string& why)> on_closed;
    /// All that was sent is taken. May be empty.
    std::function<void()> on_written = {};
};

/// Goes on without its owner until one side ends it.
class WebSocket {
  public:
    virtual ~WebSocket() = default;
    /// Whole texts, in order; nothing happens when it is closed.
    virtual void send(std::string text) = 0;
    /// After what was sent: says `code` (RFC 6455 section 7.4) and why, in at most 123 bytes.
    virtual void close(std::uint16_t code, std::string why) = 0;
};

}  // namespace cticonnector::net
