#include "cticonnector/protocol/wire/print.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <variant>
#include <vector>

#include "cticonnector/base/secret.hpp"
#include "data.hpp"
#include "text.hpp"

namespace cticonnector::wire {

namespace {

std::string quoted(std::string_view text) { return '"' + escaped(text) + '"'; }

class Printer {
  public:
    explicit Printer(const FieldDescriptor& field) : field_(field) {}

    std::string operator()(std::int64_t value) const {
        const auto raw = static_cast<std::uint32_t>(value);
        if (field_.enumeration) {
            if (const auto name = name_of(*field_.enumeration, raw)) return *name + '(' + number(value) + ')';
        }
        return number(value);
    }
    std::string operator()(std::string_view value) const {
        if (field_.type != WireType::type_unspec) return quoted(value);
        return print_hex({reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
    }
    std::string operator()(const TaskId& id) const {
        return std::to_string(id.task_group_high) + ':' + std::to_string(id.task_group_low) + ':' +
               std::to_string(id.sequence_number);
    }
    std::string operator()(const NamedVariable& variable) const {
        return escaped(variable.name) + '=' + quoted(variable.value);
    }
    std::string operator()(const NamedArray& array) const {
        return escaped(array.name) + '[' + std::to_string(array.index) + "]=" + quoted(array.value);
    }
    std::string operator()(const std::vector<std::int64_t>& values) const {
        std::string text = "[";
        for (const std::int64_t value : values) {
            if (text.size() > 1) text += ", ";
            text += (*this)(value);
        }
        return text + ']';
    }

  private:
    // Masks, and the all-ones values that stand for "none", read better in hexadecimal.
    std::string number(std::int64_t value) const {
        const bool mask = field_.enumeration && field_.enumeration->mask;
        const bool none = value == (size_of(field_.type) == 4 ? 0xFFFFFFFF : 0xFFFF);
        if (!mask && !none) return std::to_string(value);
        return hex_number(static_cast<std::uint32_t>(value));
    }

    const FieldDescriptor& field_;
};

struct Counter {
    std::uint32_t Notes::*count;
    std::string_view one;
    std::string_view many;
};

constexpr std::array counters{
    Counter{&Notes::unknown_tags, "unknown tag", "unknown tags"},
    Counter{&Notes::repeated_fields, "repeated field", "repeated fields"},
    Counter{&Notes::bad_fields, "field of impossible form", "fields of impossible form"},
    Counter{&Notes::unterminated, "text without NUL", "texts without NUL"},
    Counter{&Notes::oversized, "field above its maximum", "fields above their maximum"},
    Counter{&Notes::count_mismatches, "count that disagrees", "counts that disagree"},
    Counter{&Notes::missing_required, "required field missing", "required fields missing"},
};

}  // namespace

namespace {

std::string hex_word(std::uint32_t value) {
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
        static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
    return print_hex(bytes);
}

}  // namespace

std::string print_hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) text.append(1, digits[byte >> 4]).append(1, digits[byte & 0xF]);
    return text;
}

namespace {

/// A tag that the message does not know is secret if it is in any other one.
bool is_secret(const Protocol& protocol, const MessageDescriptor& of, std::uint16_t tag) {
    for (const FieldDescriptor& field : of.floating()) {
        if (field.tag == tag) return field.secret;
    }
    return std::ranges::any_of(protocol.messages, [&](const MessageDescriptor& message) {
        return std::ranges::any_of(message.floating(), [&](const FieldDescriptor& field) {
            return field.tag == tag && field.secret;
        });
    });
}

}  // namespace

std::string print_masked(const Protocol& protocol, const Frame& frame, Version version) {
    const std::string header = hex_word(static_cast<std::uint32_t>(frame.body.size())) + hex_word(frame.type);
    std::string body = print_hex(frame.body);
    const auto mask = [&](std::size_t offset, std::size_t size) {
        std::fill_n(body.begin() + static_cast<std::ptrdiff_t>(2 * offset), 2 * size, '*');
    };
    const MessageDescriptor* message = protocol.find(frame.type);
    if (!message || message->body == Body::raw) return header + body;
    if (takes_alternate(*message, frame.body.size())) message = message->alternate;

    const std::size_t width = protocol.wide(version) ? 2 : 1;  // of a tag and of a length
    std::size_t floating = 0;                                  // where the floating part begins
    Notes notes;
    const auto on_field = [&](std::size_t index, Data data, std::size_t offset) {
        if (index < message->fixed_count) floating = offset + data.size();
    };
    const auto after = [&](std::uint16_t tag, std::size_t offset) {
        if (is_secret(protocol, *message, tag))
            mask(offset + 2 * width, load(frame.body.subspan(offset + width, width)));
    };
    const auto sound = walk(*message, frame.body, version, notes, on_field, after);
    if (!sound && std::ranges::any_of(message->fields, &FieldDescriptor::secret))
        mask(floating, frame.body.size() - floating);
    return header + body;
}

std::string print_value(const Field& field) {
    if (field.descriptor->secret) return std::string{Secret::shown};
    return std::visit(Printer{*field.descriptor}, field.value);
}

std::string print_notes(const Notes& notes) {
    std::string text;
    for (const Counter& counter : counters) {
        const std::uint32_t count = notes.*counter.count;
        if (count == 0) continue;
        if (!text.empty()) text += ", ";
        text.append(std::to_string(count)).append(" ").append(count == 1 ? counter.one : counter.many);
    }
    return text;
}

std::string print(const Protocol& protocol, const Frame& frame, Version version) {
    const MessageDescriptor* descriptor = protocol.find(frame.type);
    std::string text = descriptor ? std::string{descriptor->name} : "message " + std::to_string(frame.type);
    Notes notes;
    const auto list = decode_fields(protocol, frame, version, notes);
    if (!list) return text + " (" + describe(list.error()) + ')';
    for (const Field& field : list->fields) {
        text.append(" ").append(field.descriptor->name).append("=").append(print_value(field));
    }
    if (!list->raw.empty()) text += " body=" + print_hex(list->raw);
    if (const std::string odd = print_notes(notes); !odd.empty()) text += " (" + odd + ')';
    return text;
}

}  // namespace cticonnector::wire
