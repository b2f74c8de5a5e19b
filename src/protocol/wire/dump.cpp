#include "cticonnector/protocol/wire/dump.hpp"

#include <utility>

#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::wire {

namespace {

constexpr std::string_view inside = "    ";  // of a message

}  // namespace

void Explainer::problem(std::string_view text, std::string_view indent) {
    line(std::string{indent} + "! " + std::string{text});
    ++dump_.problems;
}

Explainer::Taken Explainer::messages(std::span<const std::uint8_t> bytes, std::size_t at, Version& version,
                                     const std::function<std::string(std::size_t)>& place) {
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        const auto rest = bytes.subspan(taken);
        if (rest.size() < header_size) return {taken, header_size};
        const Header header = read_header(rest.first<header_size>());
        const std::size_t size = header_size + std::size_t{header.length};
        const std::size_t limit = protocol_.max_message(version);
        if (size > limit) {
            problem("no message can begin at byte " + std::to_string(at + taken) + ": it would be " +
                    std::to_string(size) + " bytes long, limit " + std::to_string(limit));
            return {taken, 0, true};
        }
        if (rest.size() < size) return {taken, size};
        message({header.type, rest.subspan(header_size, header.length)}, place(at + taken), at + taken,
                version);
        taken += size;
    }
    return {taken};
}

void Explainer::message(const Frame& frame, std::string_view place, std::size_t at, Version& version) {
    if (version_after_) version = version_after_(frame, version);
    const MessageDescriptor* known = protocol_.find(frame.type);
    line(std::string{place} + ": " + (known ? std::string{known->name} : "unknown message") + " (" +
         std::to_string(frame.type) + "), " + std::to_string(frame.body.size()) + " bytes");
    Notes notes;
    const auto list = decode_fields(protocol_, frame, version, notes);
    if (!list) return failed(frame, list.error(), at + header_size);
    for (const Field& field : list->fields) {
        line(std::string{inside} + std::string{field.descriptor->name} + " = " + print_value(field));
    }
    if (!list->raw.empty()) line(std::string{inside} + "body = " + print_hex(list->raw));
    for (const OddField& odd : list->odd) odd_field(odd, at + header_size);
    const Notes whole{.count_mismatches = notes.count_mismatches, .missing_required = notes.missing_required};
    if (whole != Notes{}) problem(print_notes(whole), inside);
}

void Explainer::odd_field(const OddField& odd, std::size_t body_at) {
    std::string tag = "tag " + std::to_string(odd.tag);
    if (const std::string_view name = protocol_.tag_name(odd.tag); !name.empty())
        tag.append(" ").append(name);
    problem(tag + " at byte " + std::to_string(body_at + odd.offset) + ": " + print_notes(odd.notes), inside);
}

void Explainer::failed(const Frame& frame, Error error, std::size_t body_at) {
    if (error.code == WireError::unknown_message)
        return problem("no such message: " + print_hex(frame.body), inside);
    error.offset += body_at;
    problem(describe(error), inside);
}

void Explainer::cut_short(std::size_t at, std::size_t found, std::size_t needed) {
    problem("the capture ends inside the message at byte " + std::to_string(at) + ": " +
            std::to_string(found) + " bytes of " + std::to_string(needed));
}

namespace {

/// One direction of a captured connection on its way through the explainer.
class FlowReader {
  public:
    FlowReader(Explainer& explainer, std::string name) : explainer_(explainer), name_(std::move(name)) {}

    void read(const Piece& piece, Version& version) {
        if (piece.missing > 0) lost(piece.missing);
        if (!in_step_) in_step_ = piece.from_start || may_begin(piece.bytes, version);
        if (!in_step_) {
            passed_ += piece.bytes.size();
            at_ += piece.bytes.size();
            return;
        }
        tell_passed();
        waiting_.insert(waiting_.end(), piece.bytes.begin(), piece.bytes.end());
        const auto place = [&](std::size_t at) {
            return piece.time + " " + name_ + ", byte " + std::to_string(at);
        };
        const auto taken = explainer_.messages(waiting_, at_, version, place);
        needed_ = taken.needed;
        drop(taken.bytes);
        if (!taken.broken) return;
        in_step_ = false;
        passed_ = waiting_.size();
        drop(waiting_.size());
    }

    void end() {
        tell_passed();
        if (waiting_.empty()) return;
        explainer_.line(name_ + ":");
        explainer_.cut_short(at_, waiting_.size(), needed_);
    }

  private:
    /// Without what stood before, a segment is only guessed to begin with a message; writers do that.
    bool may_begin(std::span<const std::uint8_t> bytes, Version version) const {
        if (bytes.size() < header_size) return false;
        const Header header = read_header(bytes.first<header_size>());
        const std::size_t size = header_size + std::size_t{header.length};
        return explainer_.protocol().find(header.type) && size <= explainer_.protocol().max_message(version);
    }

    void lost(std::uint64_t missing) {
        tell_passed();
        explainer_.line(name_ + ":");
        explainer_.problem("the capture lacks " + std::to_string(missing) + " bytes from byte " +
                           std::to_string(at_ + waiting_.size()) + " on");
        drop(waiting_.size());
        at_ += missing;
        in_step_ = false;
    }

    void tell_passed() {
        if (passed_ == 0) return;
        explainer_.line(name_ + ":");
        explainer_.problem("passed over " + std::to_string(passed_) + " bytes from byte " +
                           std::to_string(at_ - passed_) + " on: no segment begins with a message there");
        passed_ = 0;
    }

    void drop(std::size_t bytes) {
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(bytes));
        at_ += bytes;
    }

    Explainer& explainer_;
    std::string name_;
    std::vector<std::uint8_t> waiting_;  ///< the beginning of a message
    std::size_t at_ = 0;                 ///< where it begins in the stream
    std::size_t needed_ = 0;
    std::size_t passed_ = 0;  ///< bytes in front of `at_` that nobody could read
    bool in_step_ = false;
};

}  // namespace

Dump dump(const Protocol& protocol, std::string_view input, Version version) {
    Explainer explainer{protocol};
    const bool text = looks_like_text(input);
    HexText hex;
    if (text) hex = read_hex(input);
    const std::span<const std::uint8_t> bytes =
        text ? std::span<const std::uint8_t>{hex.bytes}
             : std::span{reinterpret_cast<const std::uint8_t*>(input.data()), input.size()};
    const auto taken =
        explainer.messages(bytes, 0, version, [](std::size_t at) { return std::to_string(at); });
    if (taken.needed > 0) explainer.cut_short(taken.bytes, bytes.size() - taken.bytes, taken.needed);
    if (!hex.problem.empty()) explainer.problem(hex.problem);
    return explainer.take();
}

Dump dump(const Protocol& protocol, const Capture& capture, Version version,
          Explainer::VersionAfter version_after) {
    Explainer explainer{protocol, version_after};
    std::vector<FlowReader> readers;
    for (const Flow& flow : capture.flows) readers.emplace_back(explainer, flow.name);
    std::vector<Version> versions(capture.connections, version);
    for (const Piece& piece : capture.pieces)
        readers[piece.flow].read(piece, versions[capture.flows[piece.flow].connection]);
    for (FlowReader& reader : readers) reader.end();
    for (const std::string& problem : capture.problems) explainer.problem(problem);
    return explainer.take();
}

}  // namespace cticonnector::wire
