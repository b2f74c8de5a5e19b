#pragma once
// A connection that carries messages of one of Cisco's protocols: cuts what comes (GED-188 section 1), and
// ends the connection over what is none.

#include <functional>
#include <string>

#include "cticonnector/net/connection.hpp"
#include "cticonnector/protocol/wire/framer.hpp"

namespace cticonnector::routing {

struct FrameHooks {
    /// `received`: when the whole message was read.
    std::function<void(const wire::Frame&, net::Connection::Time received)> on_frame;
    std::function<void(const std::string& why)> on_closed;  ///< as net::Connection's, like the next
    std::function<void()> on_written = {};
};

/// For a connection whose messages have at most `max_message` bytes, header included.
net::Connection::Hooks framed(std::size_t max_message, FrameHooks);

}  // namespace cticonnector::routing
