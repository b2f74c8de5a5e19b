#pragma once
// The shape of a protocol as data. The arrays of these are generated at build time from the description files
// (src/protocol/*/*.json), which alone say what number, tag, width and version a field has.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cticonnector::wire {

// The protocol version that a session was opened with; it fixes the layout of all its messages.
struct Version {
    std::uint32_t number = 0;
    auto operator<=>(const Version&) const = default;
};

// The data types of GED-188 section 2.
enum class WireType : std::uint8_t {
    type_char,
    type_uchar,
    type_short,
    type_ushort,
    type_int,
    type_uint,
    type_bool,
    type_time,
    type_string,
    type_unspec,
    type_named_var,
    type_named_array,
    type_task_id,
};

struct Enumerator {
    std::uint32_t value;
    std::string_view name;
};

struct Enumeration {
    std::string_view name;
    bool mask;                           // values are bits
    std::span<const Enumerator> values;  // ascending
};

// "AGENT_STATE_NOT_READY", for a mask all set bits joined by '|'; nothing when no name is known.
std::optional<std::string> name_of(const Enumeration& enumeration, std::uint32_t value);

inline constexpr std::uint8_t no_count = 0xFF;   // not a list member
inline constexpr std::uint8_t any_count = 0xFE;  // repeated without a count field

struct FieldDescriptor {
    std::string_view name;
    const Enumeration* enumeration;  // null: a plain number, or no number
    std::uint16_t tag;               // 0: fixed field, or a floating one whose tag is not published
    std::uint16_t max;               // bytes of data; 0: no published maximum
    WireType type;
    std::uint8_t since;  // first version, 0: always
    std::uint8_t until;  // last version, 0: no end; behind it the tag is not this field's
    std::uint8_t count;  // index of the count field in the same message, no_count or any_count
    bool array;          // the data is a run of equal integers (GED-188 section 3)
    bool required;
    bool secret;  // printed as ***
};

enum class Direction : std::uint8_t { client, server, both };

enum class Body : std::uint8_t {
    published,
    provisional,  // defined by this project; both ends must agree on it
    raw,          // not published: carried as it is
};

struct Protocol;

struct MessageDescriptor {
    std::string_view name;
    std::uint32_t number;
    const Protocol* protocol;
    std::span<const FieldDescriptor> fields;  // fixed ones in wire order, then floating ones
    std::span<const std::uint8_t> slots;      // tag -> index in fields + 1, 0: not in this message
    const MessageDescriptor* alternate;       // layout for bodies of at least alternate_from bytes, or null
    std::uint16_t alternate_from;
    std::uint16_t fixed_count;
    std::uint8_t since;
    Direction direction;
    Body body;

    std::span<const FieldDescriptor> fixed() const { return fields.first(fixed_count); }
    std::span<const FieldDescriptor> floating() const { return fields.subspan(fixed_count); }
};

struct TagName {
    std::uint16_t tag;
    std::string_view name;
};

struct Protocol {
    std::string_view name;
    std::string_view profile;  // of the provisional bodies, empty when everything is published
    std::span<const MessageDescriptor> messages;  // ascending by number
    std::span<const TagName> tags;                // ascending
    // Tag and length of floating fields are USHORT since this version, UCHAR before.
    std::uint32_t wide_since;
    std::size_t narrow_limit;  // largest message including its header, before wide_since
    std::size_t wide_limit;    // and since then
    std::size_t named_limit;   // NamedVariable and NamedArray data of one message

    bool wide(Version version) const { return version.number >= wide_since; }
    std::size_t max_message(Version version) const { return wide(version) ? wide_limit : narrow_limit; }
    const MessageDescriptor* find(std::uint32_t number) const;   // null: unknown
    const MessageDescriptor* find(std::string_view name) const;  // null: unknown
    std::string_view tag_name(std::uint16_t tag) const;          // empty: unknown
};

// Bytes that a text of this name holds beside its NUL. The message has the field.
std::size_t text_limit(const MessageDescriptor& message, std::string_view field);

// Whether a field was part of earlier versions only.
inline bool outlived(const FieldDescriptor& field, Version version) {
    return field.until != 0 && field.until < version.number;
}

// Whether a field is part of the version.
inline bool exists(const FieldDescriptor& field, Version version) {
    return field.since <= version.number && !outlived(field, version);
}

// Whether a floating field can be sent: its version has come, its tag is published and fits.
inline bool sendable(const FieldDescriptor& floating, const Protocol& protocol, Version version) {
    constexpr std::uint16_t narrow_maximum = 0xFF;
    return floating.tag != 0 && exists(floating, version) &&
           (floating.tag <= narrow_maximum || protocol.wide(version));
}

// Bytes of one integer or TASKID; 0 for types of variable size.
constexpr std::size_t size_of(WireType type) {
    constexpr std::array<std::uint8_t, 13> sizes{1, 1, 2, 2, 4, 4, 2, 4, 0, 0, 0, 0, 12};
    return sizes[static_cast<std::size_t>(type)];
}

}  // namespace cticonnector::wire
