// Structs and field lists into bytes.

#include <algorithm>
#include <bitset>
#include <optional>
#include <variant>
#include <vector>

#include "writer.hpp"

namespace cticonnector::wire {

namespace {

const std::byte* at(const void* base, std::size_t offset) {
    return static_cast<const std::byte*>(base) + offset;
}

// The value of a member, null when it is an empty optional.
template <class T>
const T* get(const void* member, bool optional) {
    if (!optional) return static_cast<const T*>(member);
    const auto& maybe = *static_cast<const std::optional<T>*>(member);
    return maybe ? &*maybe : nullptr;
}

// Writes the member if it has a value, by the C++ type that stands for its wire type; false when it has none.
bool write(Writer& writer, const FieldDescriptor& field, const void* member, bool optional) {
    const auto integer = [&]<class T>(const T* value) {
        if (value) writer.integer(field, *value);
        return value != nullptr;
    };
    const auto other = [&]<class T>(const T* value, void (Writer::*put)(const FieldDescriptor&, T)) {
        if (value) (writer.*put)(field, *value);
        return value != nullptr;
    };
    const auto composed = [&]<class T>(const T* value,
                                       void (Writer::*put)(const FieldDescriptor&, const T&)) {
        if (value) (writer.*put)(field, *value);
        return value != nullptr;
    };
    switch (field.type) {
        case WireType::type_char: return integer(get<std::int8_t>(member, optional));
        case WireType::type_uchar: return integer(get<std::uint8_t>(member, optional));
        case WireType::type_short: return integer(get<std::int16_t>(member, optional));
        case WireType::type_ushort: return integer(get<std::uint16_t>(member, optional));
        case WireType::type_bool: return integer(get<bool>(member, optional));
        case WireType::type_int: return integer(get<std::int32_t>(member, optional));
        case WireType::type_uint:
        case WireType::type_time: return integer(get<std::uint32_t>(member, optional));
        case WireType::type_string: return other(get<std::string_view>(member, optional), &Writer::text);
        case WireType::type_unspec: return other(get<std::string_view>(member, optional), &Writer::bytes);
        case WireType::type_named_var:
            return composed(get<NamedVariable>(member, optional), &Writer::named_variable);
        case WireType::type_named_array:
            return composed(get<NamedArray>(member, optional), &Writer::named_array);
        case WireType::type_task_id: return composed(get<TaskId>(member, optional), &Writer::task_id);
    }
    return false;
}

template <class T>
bool write_run(Writer& writer, const FieldDescriptor& field, const void* member) {
    const auto& run = *static_cast<const std::vector<T>*>(member);
    if (!run.empty()) writer.run(field, run.size(), [&](std::size_t i) { return std::int64_t{run[i]}; });
    return !run.empty();
}

bool write_array(Writer& writer, const FieldDescriptor& field, const void* member) {
    return size_of(field.type) == sizeof(std::uint16_t) ? write_run<std::uint16_t>(writer, field, member)
                                                        : write_run<std::uint32_t>(writer, field, member);
}

class StructWriter {
  public:
    StructWriter(const StructBinding& layout, const void* message, Version version, Writer& writer)
        : layout_(layout), message_(message), version_(version), writer_(writer) {}

    void write_all() {
        const MessageDescriptor& descriptor = *layout_.message;
        for (std::size_t i = 0; i < descriptor.fields.size();) {
            const FieldDescriptor& field = descriptor.fields[i];
            const MemberBinding& member = layout_.members[i];
            if (member.storage == Storage::list) {
                i = write_list(i);
                continue;
            }
            const bool fixed = i++ < descriptor.fixed_count;
            const bool written = write_one(field, member, fixed);
            if (written || !(fixed || field.required)) continue;
            if (fixed) {
                writer_.zero(field);  // an unset member of the layout that was chosen
            } else if (sendable(field, *descriptor.protocol, version_)) {
                writer_.fail(WireError::missing_required, field);
            }
        }
    }

  private:
    bool write_one(const FieldDescriptor& field, const MemberBinding& member, bool fixed) {
        const void* place = at(message_, member.offset);
        switch (member.storage) {
            case Storage::none: return write_count(field, member, fixed);
            case Storage::plain: return write(writer_, field, place, false);
            case Storage::optional: return write(writer_, field, place, true);
            case Storage::array: return write_array(writer_, field, place);
            case Storage::list: break;
        }
        return false;
    }

    bool write_count(const FieldDescriptor& field, const MemberBinding& member, bool fixed) {
        if (member.list == no_list) return false;  // a floating field whose tag is not published
        const ListBinding& list = layout_.lists[member.list];
        const std::size_t count = list.size(at(message_, list.offset));
        if (!fixed && count == 0) return false;
        writer_.integer(field, static_cast<std::int64_t>(count));
        return true;
    }

    // Entry by entry: the members of a list stand together in the descriptor. Returns the index behind them.
    std::size_t write_list(std::size_t first) {
        const std::uint8_t which = layout_.members[first].list;
        std::size_t end = first;
        while (end < layout_.members.size() && layout_.members[end].storage == Storage::list &&
               layout_.members[end].list == which) {
            ++end;
        }
        const ListBinding& list = layout_.lists[which];
        const void* vector = at(message_, list.offset);
        for (std::size_t entry = 0; entry < list.size(vector); ++entry) {
            const void* base = list.at(vector, entry);
            for (std::size_t i = first; i < end; ++i) {
                write(writer_, layout_.message->fields[i], at(base, layout_.members[i].offset),
                      list.entry == Storage::optional);
            }
        }
        return end;
    }

    const StructBinding& layout_;
    const void* message_;
    Version version_;
    Writer& writer_;
};

// The alternate layout is chosen by setting one of the members that only it has.
bool chooses_alternate(const StructBinding& binding, const void* message) {
    if (!binding.alternate) return false;
    const StructBinding& other = *binding.alternate;
    for (std::size_t i = 0; i < other.members.size(); ++i) {
        if (other.members[i].storage != Storage::optional) continue;
        const void* place = at(message, other.members[i].offset);
        const WireType type = other.message->fields[i].type;
        const bool set = type == WireType::type_ushort ? get<std::uint16_t>(place, true) != nullptr
                                                       : get<std::uint32_t>(place, true) != nullptr;
        if (set) return true;
    }
    return false;
}

// Writes a field of a list; a value of another kind than the field's type is an error.
class ValueWriter {
  public:
    ValueWriter(Writer& writer, const FieldDescriptor& field) : writer_(writer), field_(field) {}

    void operator()(std::int64_t value) const {
        const bool integer =
            size_of(field_.type) != 0 && field_.type != WireType::type_task_id && !field_.array;
        if (integer && fits(field_.type, value)) return writer_.integer(field_, value);
        refuse();
    }
    void operator()(std::string_view value) const {
        if (field_.type == WireType::type_string) return writer_.text(field_, value);
        if (field_.type == WireType::type_unspec) return writer_.bytes(field_, value);
        refuse();
    }
    void operator()(const TaskId& value) const {
        field_.type == WireType::type_task_id ? writer_.task_id(field_, value) : refuse();
    }
    void operator()(const NamedVariable& value) const {
        field_.type == WireType::type_named_var ? writer_.named_variable(field_, value) : refuse();
    }
    void operator()(const NamedArray& value) const {
        field_.type == WireType::type_named_array ? writer_.named_array(field_, value) : refuse();
    }
    void operator()(const std::vector<std::int64_t>& value) const {
        const auto refused = [&](std::int64_t element) { return !fits(field_.type, element); };
        if (!field_.array || std::ranges::any_of(value, refused)) return refuse();
        writer_.run(field_, value.size(), [&](std::size_t i) { return value[i]; });
    }

  private:
    void refuse() const { writer_.fail(WireError::bad_value, field_); }

    Writer& writer_;
    const FieldDescriptor& field_;
};

}  // namespace

Result<void> encode_struct(const StructBinding& binding, const void* message, Version version,
                           std::vector<std::uint8_t>& out) {
    const StructBinding& layout = chooses_alternate(binding, message) ? *binding.alternate : binding;
    Writer writer{*layout.message, version};
    StructWriter{layout, message, version, writer}.write_all();
    return writer.finish(out);
}

Result<void> encode_fields(const FieldList& list, Version version, std::vector<std::uint8_t>& out) {
    const MessageDescriptor& descriptor = *list.message;
    Writer writer{descriptor, version};
    if (descriptor.body == Body::raw) {
        writer.raw(list.raw);
        return writer.finish(out);
    }
    std::bitset<256> present;
    for (const FieldDescriptor& field : descriptor.fixed()) {
        const Value* value = list.find(field.name);
        value ? std::visit(ValueWriter{writer, field}, *value) : writer.zero(field);
    }
    for (const Field& field : list.fields) {
        const auto index = static_cast<std::size_t>(field.descriptor - descriptor.fields.data());
        if (index >= descriptor.fixed_count) std::visit(ValueWriter{writer, *field.descriptor}, field.value);
        present.set(index);
    }
    for (std::size_t i = descriptor.fixed_count; i < descriptor.fields.size(); ++i) {
        const FieldDescriptor& field = descriptor.fields[i];
        const bool absent = field.required && !present[i];
        if (absent && sendable(field, *descriptor.protocol, version))
            writer.fail(WireError::missing_required, field);
    }
    return writer.finish(out);
}

}  // namespace cticonnector::wire
