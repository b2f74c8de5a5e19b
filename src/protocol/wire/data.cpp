#include "data.hpp"

#include <algorithm>
#include <limits>

namespace cticonnector::wire {

namespace {

// Splits "text NUL rest".
struct Split {
    std::string_view text;
    Data rest;
};

std::optional<Split> split_at_nul(Data data) {
    const auto nul = std::ranges::find(data, std::uint8_t{0});
    if (nul == data.end()) return std::nullopt;
    const auto size = static_cast<std::size_t>(nul - data.begin());
    return Split{bytes_of(data.first(size)), data.subspan(size + 1)};
}

struct Range {
    std::int64_t low;
    std::int64_t high;
};

template <class T>
constexpr Range range_of{std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};

Range range(WireType type) {
    switch (type) {
        case WireType::type_char: return range_of<std::int8_t>;
        case WireType::type_uchar: return range_of<std::uint8_t>;
        case WireType::type_short: return range_of<std::int16_t>;
        case WireType::type_ushort:
        case WireType::type_bool: return range_of<std::uint16_t>;
        case WireType::type_int: return range_of<std::int32_t>;
        default: return range_of<std::uint32_t>;
    }
}

}  // namespace

std::int64_t integer_of(WireType type, Data data) {
    const std::uint32_t raw = load(data);
    switch (type) {
        case WireType::type_char: return static_cast<std::int8_t>(raw);
        case WireType::type_short: return static_cast<std::int16_t>(raw);
        case WireType::type_int: return static_cast<std::int32_t>(raw);
        default: return raw;
    }
}

bool fits(WireType type, std::int64_t value) {
    const Range allowed = range(type);
    return allowed.low <= value && value <= allowed.high;
}

std::string_view bytes_of(Data data) { return {reinterpret_cast<const char*>(data.data()), data.size()}; }

std::string_view text_of(Data data) {
    const std::string_view all = bytes_of(data);
    return all.substr(0, all.find('\0'));
}

TaskId task_id_of(Data data) {
    const auto part = [&](std::size_t offset) {
        return static_cast<std::int32_t>(load32(data.data() + offset));
    };
    return {part(0), part(4), part(8)};
}

std::optional<NamedVariable> named_variable_of(Data data) {
    const auto name = split_at_nul(data);
    if (!name || name->text.empty()) return std::nullopt;
    return NamedVariable{name->text, text_of(name->rest)};
}

std::optional<NamedArray> named_array_of(Data data) {
    if (data.empty()) return std::nullopt;
    const auto variable = named_variable_of(data.subspan(1));
    if (!variable) return std::nullopt;
    return NamedArray{data[0], variable->name, variable->value};
}

bool acceptable(const FieldDescriptor& field, Data data, Notes& notes) {
    bool sound = true;
    bool ends_in_text = true;
    switch (field.type) {
        case WireType::type_string: break;
        case WireType::type_unspec: ends_in_text = false; break;
        case WireType::type_named_var: sound = named_variable_of(data).has_value(); break;
        case WireType::type_named_array: sound = named_array_of(data).has_value(); break;
        default:
            sound = field.array ? data.size() % size_of(field.type) == 0 : data.size() == size_of(field.type);
            ends_in_text = false;
    }
    if (!sound) {
        ++notes.bad_fields;
        return false;
    }
    if (field.max != 0 && data.size() > field.max) ++notes.oversized;
    // A text of length 0 has nothing to end: ClientPassword may be sent so (GED-188 section 3).
    if (ends_in_text && !data.empty() && data.back() != 0) ++notes.unterminated;
    return true;
}

}  // namespace cticonnector::wire
