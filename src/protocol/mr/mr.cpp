#include "cticonnector/protocol/mr/mr.hpp"

#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::mr {

std::string_view name_of(std::uint32_t type) {
    const wire::MessageDescriptor* message = protocol.find(type);
    return message ? message->name : std::string_view{};
}

std::string print(const Frame& frame) { return wire::print(protocol, frame, version); }

}  // namespace cticonnector::mr
