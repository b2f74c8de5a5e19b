#pragma once
// What the model may do to the world around it: write messages, drop connections, tell what happened. The
// sockets and the output of the program stand behind it; in tests a list.

#include <cstdint>
#include <span>
#include <string_view>

#include "cticonnector/base/id.hpp"
#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim::cc {

using ClientSessionId = Id<struct ClientSessionTag, std::uint32_t>;

class Outside {
  public:
    virtual ~Outside() = default;
    virtual void send(ClientSessionId session, std::span<const std::uint8_t> message) = 0;
    // After everything that was sent has left.
    virtual void close(ClientSessionId session) = 0;
    virtual void send_to_application(std::span<const std::uint8_t> mr_message) = 0;
    virtual void report(std::string_view event, const Json& fields) = 0;
};

}  // namespace cticonnector::sim::cc
