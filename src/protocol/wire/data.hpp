#pragma once
// The data of one field <-> a value in memory, and the walk over a body that finds the fields' data.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "bytes.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::wire {

using Data = std::span<const std::uint8_t>;

// Integers sign-extended by their type. The data must be of the type's size.
std::int64_t integer_of(WireType type, Data data);
// Whether an integer type can hold the value.
bool fits(WireType type, std::int64_t value);
// Up to the first NUL; without one the whole data.
std::string_view text_of(Data data);
std::string_view bytes_of(Data data);
TaskId task_id_of(Data data);
std::optional<NamedVariable> named_variable_of(Data data);
std::optional<NamedArray> named_array_of(Data data);

// Whether the data has a form that the field's type can have; counts what is odd about it.
bool acceptable(const FieldDescriptor& field, Data data, Notes& notes);

// The layout that a body of this size has (FAILURE_CONF has two, GED-188 section 11).
inline bool takes_alternate(const MessageDescriptor& message, std::size_t body_size) {
    return message.alternate != nullptr && body_size >= message.alternate_from;
}

// Calls on_field(index, data, offset) for each acceptable field of the body in wire order, and behind every
// floating field, acceptable or not, after(tag, offset of the tag).
template <class OnField, class After>
Result<void> walk(const MessageDescriptor& message, Data body, Version version, Notes& notes,
                  OnField on_field, After after) {
    std::size_t offset = 0;
    for (std::size_t i = 0; i < message.fixed_count; ++i) {
        const FieldDescriptor& field = message.fields[i];
        if (!exists(field, version)) continue;
        const std::size_t size = size_of(field.type);
        if (body.size() - offset < size) {
            return Error{WireError::truncated_fixed, field.name, offset, body.size() - offset, size};
        }
        on_field(i, body.subspan(offset, size), offset);
        offset += size;
    }

    const bool wide = message.protocol->wide(version);
    const std::size_t header = wide ? 4 : 2;
    std::bitset<256> seen;
    while (offset < body.size()) {
        const std::size_t rest = body.size() - offset;
        if (rest < header) return Error{WireError::truncated_floating, message.name, offset, rest, header};
        const std::uint8_t* at = body.data() + offset;
        const std::uint32_t tag = wide ? load16(at) : at[0];
        const std::size_t length = wide ? load16(at + 2) : at[1];
        std::uint8_t slot = tag < message.slots.size() ? message.slots[tag] : std::uint8_t{0};
        if (slot != 0 && outlived(message.fields[slot - 1u], version)) slot = 0;
        if (rest - header < length) {
            const std::string_view name = slot == 0 ? message.name : message.fields[slot - 1u].name;
            return Error{WireError::truncated_floating, name, offset, rest - header, length};
        }
        const Data data = body.subspan(offset + header, length);
        if (slot == 0) {
            ++notes.unknown_tags;
        } else {
            const std::size_t index = slot - 1u;
            const FieldDescriptor& field = message.fields[index];
            if (field.count == no_count && seen[index]) {
                ++notes.repeated_fields;
            } else if (acceptable(field, data, notes)) {
                on_field(index, data, offset + header);
            }
            seen.set(index);
        }
        after(static_cast<std::uint16_t>(tag), offset);
        offset += header + length;
    }
    for (std::size_t i = message.fixed_count; i < message.fields.size(); ++i) {
        const FieldDescriptor& field = message.fields[i];
        if (field.required && !seen[i] && sendable(field, *message.protocol, version))
            ++notes.missing_required;
    }
    return {};
}

}  // namespace cticonnector::wire
