#include "cticonnector/protocol/wire/descriptor.hpp"

#include <algorithm>

#include "text.hpp"

namespace cticonnector::wire {

namespace {

// The element with that key in an ascending span, or null.
template <class T, class Key>
const T* find_by(std::span<const T> items, Key T::*key, Key wanted) {
    const auto it = std::ranges::lower_bound(items, wanted, {}, key);
    return it != items.end() && (*it).*key == wanted ? &*it : nullptr;
}

std::optional<std::string> names_of_bits(const Enumeration& enumeration, std::uint32_t value) {
    std::string text;
    for (const Enumerator& bit : enumeration.values) {
        if (bit.value == 0 || (value & bit.value) != bit.value) continue;
        if (!text.empty()) text += '|';
        text += bit.name;
        value &= ~bit.value;
    }
    if (text.empty()) return std::nullopt;
    if (value != 0) text += '|' + hex_number(value);
    return text;
}

}  // namespace

std::optional<std::string> name_of(const Enumeration& enumeration, std::uint32_t value) {
    if (const Enumerator* found = find_by(enumeration.values, &Enumerator::value, value)) {
        return std::string{found->name};
    }
    return enumeration.mask ? names_of_bits(enumeration, value) : std::nullopt;
}

std::size_t text_limit(const MessageDescriptor& message, std::string_view field) {
    return std::ranges::find(message.fields, field, &FieldDescriptor::name)->max - std::size_t{1};
}

const MessageDescriptor* Protocol::find(std::uint32_t number) const {
    return find_by(messages, &MessageDescriptor::number, number);
}

const MessageDescriptor* Protocol::find(std::string_view wanted) const {
    const auto it = std::ranges::find(messages, wanted, &MessageDescriptor::name);
    return it == messages.end() ? nullptr : &*it;
}

std::string_view Protocol::tag_name(std::uint16_t tag) const {
    const TagName* found = find_by(tags, &TagName::tag, tag);
    return found ? found->name : std::string_view{};
}

}  // namespace cticonnector::wire
