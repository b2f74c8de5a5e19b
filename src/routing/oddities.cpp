#include "oddities.hpp"

#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::routing {

namespace {

/// Types that nobody knows are the other side's choice: more than these are counted only.
constexpr std::size_t unknown_types_told = 100;

}  // namespace

std::optional<wire::FieldList> Oddities::read(const wire::MessageDescriptor& kind, const wire::Frame& frame,
                                              wire::Version version) {
    wire::Notes notes;
    auto fields = wire::decode_fields(*kind.protocol, frame, version, notes);
    if (!fields) {
        broken(kind, frame, version, fields.error());
        return std::nullopt;
    }
    if (notes != wire::Notes{}) noted(kind, frame, version, notes);
    return std::move(*fields);
}

void Oddities::broken(const wire::MessageDescriptor& kind, const wire::Frame& frame, wire::Version version,
                      const wire::Error& error) {
    undecodable(kind, frame, version, wire::describe(error), "; passed over");
}

void Oddities::noted(const wire::MessageDescriptor& kind, const wire::Frame& frame, wire::Version version,
                     wire::Notes notes) {
    if (notes.unknown_tags > 0) {
        unknown_tags_ += std::exchange(notes.unknown_tags, 0);
        if (told_of_tags_.insert(kind.number).second) unknown_tags(kind, frame, version);
    }
    if (notes != wire::Notes{})
        undecodable(kind, frame, version, wire::print_notes(notes), "; the rest was taken");
}

void Oddities::undecodable(const wire::MessageDescriptor& kind, const wire::Frame& frame,
                           wire::Version version, std::string_view what, std::string_view then) {
    ++undecodable_[kind.name];
    if (!due(kind, then)) return;
    found_.push_back({std::string(kind.name),
                      {},
                      std::string(what) + std::string(then),
                      wire::print_masked(*kind.protocol, frame, version)});
}

void Oddities::nameless(const wire::MessageDescriptor& kind, std::string_view what) {
    if (due(kind, what)) unexpected(kind.name, std::string(what) + "; passed over");
}

bool Oddities::due(const wire::MessageDescriptor& kind, std::string_view what) {
    return tell_now_({kind.number, what}, now_);
}

void Oddities::unknown_tags(const wire::MessageDescriptor& kind, const wire::Frame& frame,
                            wire::Version version) {
    std::string tags;
    wire::Notes notes;
    const auto fields = wire::decode_fields(*kind.protocol, frame, version, notes);
    if (!fields) return;
    for (const wire::OddField& field : fields->odd) {
        if (field.notes.unknown_tags == 0) continue;
        (tags += tags.empty() ? "" : ", ") += std::to_string(field.tag);
    }
    unexpected(kind.name, "unknown tags " + tags + "; passed over, here and from now on");
}

void Oddities::unknown(const wire::Frame& frame) {
    if (told_of_types_.size() == unknown_types_told || !told_of_types_.insert(frame.type).second) return;
    unexpected("unknown", "message type " + std::to_string(frame.type) + " with " +
                              std::to_string(frame.body.size()) +
                              " bytes; passed over, here and from now on");
}

}  // namespace cticonnector::routing
