#include "message_log.hpp"

#include <iterator>
#include <string>

#include "cticonnector/base/labels.hpp"
#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::routing {

void MessageLog::note(Way& way, const wire::Frame& frame) {
    const wire::MessageDescriptor* known = protocol_.find(frame.type);
    const std::string_view name = known ? known->name : "unknown";
    const std::string_view direction = way.name;
    const auto place = known ? known - protocol_.messages.data() : std::ssize(protocol_.messages);
    std::uint64_t*& counter = way.counters[static_cast<std::size_t>(place)];
    if (!counter) counter = &counts_[label("direction", direction) + "," + label("message", name)];
    ++*counter;
    if (!known) ++unknown_;
    if (!log_.writes(Level::debug)) return;
    const MessageIds ids = ids_of(frame);
    std::vector<LogField> line{{"direction", direction}, {"message", name}};
    ids.append_to(line);
    if (!log_.writes(Level::trace)) {
        line.emplace_back("bytes", frame.body.size());
        return log_.write(brief_, line);
    }
    const std::string fields = wire::print(protocol_, frame, version_);
    const std::string hex = wire::print_masked(protocol_, frame, version_);
    line.emplace_back("fields", fields);
    line.emplace_back("hex", hex);
    log_.write(full_, line);
}

/// None of a message that cannot be read: its line still has the bytes.
MessageIds MessageLog::ids_of(const wire::Frame& frame) const {
    wire::Notes notes;
    const auto fields = wire::decode_fields(protocol_, frame, version_, notes);
    if (!fields) return {};
    MessageIds ids = ids_in(*fields);
    if (lookup_) lookup_(*fields, ids);
    return ids;
}

void MessageLog::received(const wire::Frame& frame) { note(in_, frame); }

void MessageLog::sent(std::span<const std::uint8_t> messages) {
    while (!messages.empty()) {
        const wire::Header header = wire::read_header(messages.first<wire::header_size>());
        messages = messages.subspan(wire::header_size);
        note(out_, {header.type, messages.first(header.length)});
        messages = messages.subspan(header.length);
    }
}

void report(Oddities& odd, Logger& log, Counters& counters, std::uint64_t& unknown) {
    unknown += odd.take_unknown_tags();
    for (const auto& [message, count] : odd.take_undecodable())
        counters.cti_undecodable[label("message", message)] += count;
    for (const Oddity& one : odd.take()) {
        if (one.refused) {
            const std::string call = one.call == 0 ? "" : std::to_string(one.call);
            log.event("cc.request_failed",
                      {{"agent", one.agent}, {"call", call}, {"request", one.message}, {"text", one.text}});
        } else {
            log.event("cc.unexpected",
                      {{"message", one.message}, {"agent", one.agent}, {"text", one.text}, {"hex", one.hex}});
        }
    }
}

}  // namespace cticonnector::routing
