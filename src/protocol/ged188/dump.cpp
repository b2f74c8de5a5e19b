#include "cticonnector/protocol/ged188/dump.hpp"

#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::ged188 {

namespace {

constexpr std::string_view inside = "    ";  // of a message

class Dumper {
  public:
    explicit Dumper(Version version) : version_(version) {}

    void problem(const std::string& text, std::string_view indent = "") {
        line(std::string{indent} + "! " + text);
        ++dump_.problems;
    }

    void bytes(std::span<const std::uint8_t> all) {
        std::size_t at = 0;
        while (at < all.size()) {
            const auto rest = all.subspan(at);
            if (rest.size() < wire::header_size) return cut_short(at, rest.size(), wire::header_size);
            const wire::Header header = wire::read_header(rest.first<wire::header_size>());
            const std::size_t size = wire::header_size + std::size_t{header.length};
            if (size > max_message(version_)) return too_long(at, size);
            if (rest.size() < size) return cut_short(at, rest.size(), size);
            message({header.type, rest.subspan(wire::header_size, header.length)}, at);
            at += size;
        }
    }

    Dump take() { return std::move(dump_); }

  private:
    void line(const std::string& text) { dump_.text.append(text).append("\n"); }

    void message(const Frame& frame, std::size_t at) {
        const std::string_view name = name_of(frame.type);
        line(std::to_string(at) + ": " + (name.empty() ? "unknown message" : std::string{name}) + " (" +
             std::to_string(frame.type) + "), " + std::to_string(frame.body.size()) + " bytes");
        Notes notes;
        const auto list = decode_fields(frame, version_, notes);
        if (!list) return failed(frame, list.error(), at + wire::header_size);
        for (const wire::Field& field : list->fields) {
            line(std::string{inside} + std::string{field.descriptor->name} + " = " +
                 wire::print_value(field));
        }
        if (!list->raw.empty()) line(std::string{inside} + "body = " + wire::print_hex(list->raw));
        for (const wire::OddField& odd : list->odd) odd_field(odd, at + wire::header_size);
        const Notes whole{.count_mismatches = notes.count_mismatches,
                          .missing_required = notes.missing_required};
        if (whole != Notes{}) problem(wire::print_notes(whole), inside);
    }

    void odd_field(const wire::OddField& odd, std::size_t body_at) {
        std::string tag = "tag " + std::to_string(odd.tag);
        if (const std::string_view name = protocol.tag_name(odd.tag); !name.empty())
            tag.append(" ").append(name);
        problem(
            tag + " at byte " + std::to_string(body_at + odd.offset) + ": " + wire::print_notes(odd.notes),
            inside);
    }

    void failed(const Frame& frame, wire::Error error, std::size_t body_at) {
        if (error.code == wire::WireError::unknown_message) {
            return problem("no such message: " + wire::print_hex(frame.body), inside);
        }
        error.offset += body_at;
        problem(wire::describe(error), inside);
    }

    void cut_short(std::size_t at, std::size_t found, std::size_t needed) {
        problem("the capture ends inside the message at byte " + std::to_string(at) + ": " +
                std::to_string(found) + " bytes of " + std::to_string(needed));
    }

    void too_long(std::size_t at, std::size_t size) {
        problem("no message can begin at byte " + std::to_string(at) + ": it would be " +
                std::to_string(size) + " bytes long, limit " + std::to_string(max_message(version_)));
    }

    Version version_;
    Dump dump_;
};

}  // namespace

Dump dump(std::string_view input, Version version) {
    Dumper dumper{version};
    if (looks_like_text(input)) {
        const HexText hex = read_hex(input);
        dumper.bytes(hex.bytes);
        if (!hex.problem.empty()) dumper.problem(hex.problem);
    } else {
        dumper.bytes({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()});
    }
    return dumper.take();
}

}  // namespace cticonnector::ged188
