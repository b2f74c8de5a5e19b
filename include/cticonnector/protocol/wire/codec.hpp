#pragma once
// The interpreter: reads and writes messages by their descriptors, for structs (through a generated binding
// of members) and for field lists. No code is generated or instantiated per message
// but the one-line templates below.
//
// Decoding is lenient inside a sound structure (GED-188 section 11): unknown tags and odd fields are skipped
// and counted in Notes. Encoding is strict. Source: GED-188 sections 1-3.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cticonnector/protocol/wire/descriptor.hpp"
#include "cticonnector/protocol/wire/error.hpp"
#include "cticonnector/protocol/wire/framer.hpp"
#include "cticonnector/protocol/wire/notes.hpp"
#include "cticonnector/protocol/wire/value.hpp"

namespace cticonnector::wire {

enum class Storage : std::uint8_t {
    none,      // not a member: count fields follow from their list
    plain,     // T
    optional,  // std::optional<T>
    array,     // std::vector<T> of integers, one field
    list,      // member of an entry of a std::vector, or the entry itself
};

struct MemberBinding {
    std::uint16_t offset;  // in the message struct, for list members in the entry
    Storage storage;
    std::uint8_t list;      // which list: of a list member, or counted by this count field
    std::uint8_t position;  // of a list member within the entry
};

inline constexpr std::uint8_t no_list = 0xFF;

struct ListBinding {
    std::uint16_t offset;  // of the vector in the message struct
    Storage entry;         // plain: the entry is the value, optional: a struct of optional members
    std::uint8_t count;    // index of the count field in the message's fields, or any_count
    void* (*push)(void* vector);
    std::size_t (*size)(const void* vector);
    const void* (*at)(const void* vector, std::size_t index);
};

struct StructBinding {
    const MessageDescriptor* message;
    std::span<const MemberBinding> members;  // parallel to message->fields
    std::span<const ListBinding> lists;
    const StructBinding* alternate;  // for message->alternate; its optional fixed members choose it in encode
};

template <class T>
struct ListOperations {
    static void* push(void* vector) { return &static_cast<std::vector<T>*>(vector)->emplace_back(); }
    static std::size_t size(const void* vector) { return static_cast<const std::vector<T>*>(vector)->size(); }
    static const void* at(const void* vector, std::size_t index) {
        return &(*static_cast<const std::vector<T>*>(vector))[index];
    }
};

// Fills *message, a default-constructed struct of that binding.
Result<void> decode_struct(const StructBinding& binding, const Frame& frame, Version version, void* message,
                           Notes& notes);
// Appends one whole message with its header; out is unchanged on an error.
Result<void> encode_struct(const StructBinding& binding, const void* message, Version version,
                           std::vector<std::uint8_t>& out);

// Texts in the result are views into frame.body: keep its bytes as long as the message.
template <class M>
Result<M> decode(const Frame& frame, Version version, Notes& notes) {
    Result<M> result{boost::system::in_place_value};
    if (const auto done = decode_struct(M::binding, frame, version, &*result, notes); !done)
        result = done.error();
    return result;
}

template <class M>
Result<M> decode(const Frame& frame, Version version) {
    Notes notes;
    return decode<M>(frame, version, notes);
}

template <class M>
Result<void> encode(const M& message, Version version, std::vector<std::uint8_t>& out) {
    return encode_struct(M::binding, &message, version, out);
}

// Any message of a protocol as a list of fields. A message without a published body gives its raw bytes.
Result<FieldList> decode_fields(const Protocol& protocol, const Frame& frame, Version version, Notes& notes);
// Fixed fields that the list lacks are sent as 0, count fields as it says.
Result<void> encode_fields(const FieldList& list, Version version, std::vector<std::uint8_t>& out);

}  // namespace cticonnector::wire
