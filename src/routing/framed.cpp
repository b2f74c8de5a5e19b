#include "framed.hpp"

#include <algorithm>
#include <utility>

namespace cticonnector::routing {

/// The length of the first message is four letters where a web server, say, answers.
static std::string other_protocol(const wire::Error& error) {
    const auto length = static_cast<std::uint32_t>(error.size - wire::header_size);
    std::string letters;
    for (const int shift : {24, 16, 8, 0}) letters += static_cast<char>(length >> shift & 0xFF);
    const bool text = std::ranges::all_of(letters, [](char c) { return c >= ' ' && c <= '~'; });
    if (error.code != wire::WireError::message_too_long || !text) return {};
    return ": it begins with \"" + letters + "\", so the other side speaks another protocol";
}

net::Connection::Hooks framed(std::size_t max_message, FrameHooks hooks) {
    using net::Connection;
    return {
        .on_bytes =
            [framer = wire::Framer(max_message), on_frame = std::move(hooks.on_frame)](
                Connection& connection, Connection::Bytes bytes, Connection::Time received) mutable {
                framer.feed(bytes);
                while (connection.is_open()) {
                    const auto frame = framer.next();
                    if (!frame)
                        return connection.fail(wire::describe(frame.error()) + other_protocol(frame.error()));
                    if (!*frame) return;
                    on_frame(**frame, received);
                }
            },
        .on_closed = std::move(hooks.on_closed),
        .on_written = std::move(hooks.on_written)};
}

}  // namespace cticonnector::routing
