#pragma once
// Ids and texts of the closed lists in enums.hpp, from the table in names.hpp.
//
// Texts are English. A caller that serves another language replaces TextElement::description by its own text,
// keyed by the list and the id.

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cticonnector/protocol/ici/names.hpp"

namespace cticonnector::ici {

template <class E>
constexpr const names::Code<E>& code(E value) {
    return *std::ranges::find(names::codes<E>, value, &names::Code<E>::code);
}

template <class E>
constexpr std::string_view id_of(E value) {
    return code(value).id;
}

template <class E>
constexpr std::string_view english_text(E value) {
    return code(value).text;
}

/// Nothing for an id that is not in the list.
template <class E>
constexpr std::optional<E> from_id(std::string_view id) {
    const auto found = std::ranges::find(names::codes<E>, id, &names::Code<E>::id);
    if (found == names::codes<E>.end()) return std::nullopt;
    return found->code;
}

template <class E>
TextElement text_element(E value) {
    return {std::string(id_of(value)), std::string(english_text(value))};
}

/// The language of a header or of a file's name as two capital letters: DE for `DE`, `de`, `de-DE`, `de_CH`
/// and SAP's key `D` (R-DEC-78). Whatever it is, the part before `-`, `_` or `.`, in capitals; empty for a
/// key that is not known.
std::string language_code(std::string_view language);

/// What an item is doing, as far as the operations allowed on it depend on that.
enum class ItemState : std::uint8_t { alerting, active, held, held_with_consult_leg, wrap_up };

/// The capabilityList of ici.md section 6; empty where the table has none. The caller leaves out what it does
/// not serve (R-DEC-57) and spells the rest with operation_name().
std::span<const Operation> capabilities(Channel, ItemState);

}  // namespace cticonnector::ici
