#pragma once
// Values of fields, and a message as a list of named values for those that have no struct.
// Texts and opaque bytes are views: into the frame after decoding, into the caller's storage before encoding.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "cticonnector/protocol/wire/descriptor.hpp"
#include "cticonnector/protocol/wire/notes.hpp"

namespace cticonnector::wire {

// TASKID: the group links related tasks, group and sequence name one task (GED-188 section 2).
struct TaskId {
    std::int32_t task_group_high = 0;
    std::int32_t task_group_low = 0;
    std::int32_t sequence_number = 0;
    auto operator<=>(const TaskId&) const = default;
};

// Bytes of an ECC variable's value beside its NUL (GED-188 section 2): descriptors know the whole field only.
inline constexpr std::size_t named_value_limit = 210;

// An expanded call (ECC) variable.
struct NamedVariable {
    std::string_view name{};
    std::string_view value{};
    bool operator==(const NamedVariable&) const = default;
};

struct NamedArray {
    std::uint8_t index = 0;
    std::string_view name{};
    std::string_view value{};
    bool operator==(const NamedArray&) const = default;
};

// Integers of every width and BOOL as int64; STRING and UNSPEC as text; array-valued fields as a vector.
using Value = std::variant<std::int64_t, std::string_view, TaskId, NamedVariable, NamedArray,
                           std::vector<std::int64_t>>;

struct Field {
    const FieldDescriptor* descriptor = nullptr;
    Value value{};
    std::size_t offset = 0;  // of the data in the decoded body

    bool operator==(const Field& other) const {
        return descriptor == other.descriptor && value == other.value;
    }
};

// A floating field that a decoder noted something about.
struct OddField {
    std::uint16_t tag = 0;
    std::size_t offset = 0;  // of its tag in the decoded body
    Notes notes{};           // of this field alone
};

// Any message: its fields in wire order, or the raw body where none is published.
struct FieldList {
    const MessageDescriptor* message = nullptr;
    std::vector<Field> fields{};
    std::span<const std::uint8_t> raw{};
    std::vector<OddField> odd{};

    const Value* find(std::string_view name) const;  // the first of that name, null when absent
    bool add(std::string_view name, Value value);    // false when the message has no such field
};

}  // namespace cticonnector::wire
