// Bytes into structs and field lists.

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "data.hpp"

namespace cticonnector::wire {

namespace {

constexpr std::size_t max_lists = 8;  // the generator refuses a message with more

std::byte* at(void* base, std::size_t offset) { return static_cast<std::byte*>(base) + offset; }

template <class T>
void put(void* member, bool optional, T value) {
    if (optional) {
        static_cast<std::optional<T>*>(member)->emplace(value);
    } else {
        *static_cast<T*>(member) = value;
    }
}

// Stores the data of one acceptable field in a member of the C++ type that stands for its wire type.
void store(WireType type, void* member, bool optional, Data data) {
    switch (type) {
        case WireType::type_char: return put(member, optional, static_cast<std::int8_t>(data[0]));
        case WireType::type_uchar: return put(member, optional, data[0]);
        case WireType::type_short:
            return put(member, optional, static_cast<std::int16_t>(load16(data.data())));
        case WireType::type_ushort:
            return put(member, optional, static_cast<std::uint16_t>(load16(data.data())));
        case WireType::type_bool: return put(member, optional, load16(data.data()) != 0);
        case WireType::type_int: return put(member, optional, static_cast<std::int32_t>(load32(data.data())));
        case WireType::type_uint:
        case WireType::type_time: return put(member, optional, load32(data.data()));
        case WireType::type_string: return put(member, optional, text_of(data));
        case WireType::type_unspec: return put(member, optional, bytes_of(data));
        case WireType::type_named_var: return put(member, optional, *named_variable_of(data));
        case WireType::type_named_array: return put(member, optional, *named_array_of(data));
        case WireType::type_task_id: return put(member, optional, task_id_of(data));
    }
}

template <class T>
void store_run(void* vector, WireType type, Data data) {
    for (std::size_t i = 0; i < data.size(); i += sizeof(T)) {
        static_cast<std::vector<T>*>(vector)->push_back(
            static_cast<T>(integer_of(type, data.subspan(i, sizeof(T)))));
    }
}

// Array-valued fields are of USHORT or UINT elements.
void store_array(void* vector, WireType type, Data data) {
    if (size_of(type) == sizeof(std::uint16_t)) return store_run<std::uint16_t>(vector, type, data);
    store_run<std::uint32_t>(vector, type, data);
}

// Puts list members into entries: they follow each other in the documented order (GED-188 section 3), so an
// entry ends where the next field does not stand behind the one before.
class Lists {
  public:
    explicit Lists(const StructBinding& binding, void* message) : binding_(binding), message_(message) {}

    void expect(std::uint8_t list, std::size_t count) { tracks_[list].expected = count; }

    void store_member(const MemberBinding& member, WireType type, Data data) {
        const ListBinding& list = binding_.lists[member.list];
        Track& track = tracks_[member.list];
        if (track.entry == nullptr || member.position <= track.position) {
            track.entry = list.push(at(message_, list.offset));
        }
        track.position = member.position;
        store(type, at(track.entry, member.offset), list.entry == Storage::optional, data);
    }

    std::uint32_t mismatches() const {
        std::uint32_t count = 0;
        for (std::size_t i = 0; i < binding_.lists.size(); ++i) {
            const ListBinding& list = binding_.lists[i];
            if (list.count == any_count) continue;
            if (list.size(at(message_, list.offset)) != tracks_[i].expected) ++count;
        }
        return count;
    }

  private:
    struct Track {
        std::size_t expected = 0;
        void* entry = nullptr;
        std::uint8_t position = 0;
    };
    const StructBinding& binding_;
    void* message_;
    std::array<Track, max_lists> tracks_{};
};

Value value_of(const FieldDescriptor& field, Data data) {
    switch (field.type) {
        case WireType::type_string: return text_of(data);
        case WireType::type_unspec: return bytes_of(data);
        case WireType::type_named_var: return *named_variable_of(data);
        case WireType::type_named_array: return *named_array_of(data);
        case WireType::type_task_id: return task_id_of(data);
        default: break;
    }
    if (!field.array) return integer_of(field.type, data);
    std::vector<std::int64_t> run;
    const std::size_t size = size_of(field.type);
    for (std::size_t i = 0; i < data.size(); i += size) {
        run.push_back(integer_of(field.type, data.subspan(i, size)));
    }
    return run;
}

// What a single field added; the counters of whole messages come later.
Notes difference(const Notes& after, const Notes& before) {
    return {.unknown_tags = after.unknown_tags - before.unknown_tags,
            .repeated_fields = after.repeated_fields - before.repeated_fields,
            .bad_fields = after.bad_fields - before.bad_fields,
            .unterminated = after.unterminated - before.unterminated,
            .oversized = after.oversized - before.oversized};
}

// A count field inside another list (NumInstruments of CONFIG_TERMINAL_EVENT) counts for its own entry, so
// the sum of all is compared with the entries of all.
std::uint32_t count_mismatches(const FieldList& list) {
    std::array<std::int64_t, 256> entries{};
    std::array<std::int64_t, 256> occurrences{};
    std::array<std::int64_t, 256> expected{};
    const std::span fields = list.message->fields;
    for (const Field& field : list.fields) {
        const auto index = static_cast<std::size_t>(field.descriptor - fields.data());
        ++occurrences[index];
        if (const auto* value = std::get_if<std::int64_t>(&field.value)) expected[index] += *value;
    }
    std::bitset<256> counts;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::uint8_t count = fields[i].count;
        if (count == no_count || count == any_count) continue;
        counts.set(count);
        entries[count] = std::max(entries[count], occurrences[i]);
    }
    std::uint32_t mismatches = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) mismatches += counts[i] && entries[i] != expected[i];
    return mismatches;
}

}  // namespace

Result<void> decode_struct(const StructBinding& binding, const Frame& frame, Version version, void* message,
                           Notes& notes) {
    const MessageDescriptor& descriptor = *binding.message;
    if (frame.type != descriptor.number) {
        return Error{WireError::wrong_message, descriptor.name, 0, frame.type, descriptor.number};
    }
    const StructBinding& layout =
        takes_alternate(descriptor, frame.body.size()) ? *binding.alternate : binding;
    Lists lists{layout, message};
    const auto on_field = [&](std::size_t index, Data data, std::size_t) {
        const FieldDescriptor& field = layout.message->fields[index];
        const MemberBinding& member = layout.members[index];
        void* place = at(message, member.offset);
        switch (member.storage) {
            case Storage::none: return lists.expect(member.list, load(data));
            case Storage::plain: return store(field.type, place, false, data);
            case Storage::optional: return store(field.type, place, true, data);
            case Storage::array: return store_array(place, field.type, data);
            case Storage::list: return lists.store_member(member, field.type, data);
        }
    };
    const auto after = [](std::uint16_t, std::size_t) {};
    const auto done = walk(*layout.message, frame.body, version, notes, on_field, after);
    if (!done) return done.error();
    notes.count_mismatches += lists.mismatches();
    return {};
}

Result<FieldList> decode_fields(const Protocol& protocol, const Frame& frame, Version version, Notes& notes) {
    const MessageDescriptor* descriptor = protocol.find(frame.type);
    if (!descriptor) return Error{WireError::unknown_message, {}, 0, frame.type, 0};
    FieldList list{.message = descriptor};
    if (descriptor->body == Body::raw) {
        list.raw = frame.body;
        return list;
    }
    if (takes_alternate(*descriptor, frame.body.size())) list.message = descriptor->alternate;
    const auto on_field = [&](std::size_t index, Data data, std::size_t offset) {
        const FieldDescriptor& field = list.message->fields[index];
        list.fields.push_back({&field, value_of(field, data), offset});
    };
    const auto after = [&, before = notes](std::uint16_t tag, std::size_t offset) mutable {
        if (notes == before) return;
        list.odd.push_back({tag, offset, difference(notes, before)});
        before = notes;
    };
    const auto done = walk(*list.message, frame.body, version, notes, on_field, after);
    if (!done) return done.error();
    notes.count_mismatches += count_mismatches(list);
    return list;
}

const Value* FieldList::find(std::string_view name) const {
    const auto it =
        std::ranges::find(fields, name, [](const Field& field) { return field.descriptor->name; });
    return it == fields.end() ? nullptr : &it->value;
}

bool FieldList::add(std::string_view name, Value value) {
    const auto it = std::ranges::find(message->fields, name, &FieldDescriptor::name);
    if (it == message->fields.end()) return false;
    fields.push_back({&*it, std::move(value), 0});
    return true;
}

}  // namespace cticonnector::wire
