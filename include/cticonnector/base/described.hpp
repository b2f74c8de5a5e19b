#pragma once
// What the description of a type (Boost.Describe, beside the type) gives: the word of an enumerator, all
// enumerators, all members. A word is its enumerator's name; those that differ stand behind the description:
//
//     enum class Colour : std::uint8_t { red, blue };
//     BOOST_DESCRIBE_ENUM(Colour, red, blue)
//     constexpr auto own_words(Colour) { return std::array{Word{Colour::blue, "sky blue"}}; }

#include <algorithm>
#include <array>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace cticonnector {

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept DescribedStruct = boost::describe::has_describe_members<std::remove_const_t<T>>::value;

template <class E>
struct Word {
    E value;
    std::string_view word;
};
template <class E>
Word(E, std::string_view) -> Word<E>;
/// Found by its argument's namespace; this one is that of an enumeration whose words are all its names.
template <class E>
constexpr std::array<Word<E>, 0> own_words(E) {
    return {};
}

namespace detail {

template <DescribedEnum E>
constexpr std::size_t words_needed() {
    std::size_t most = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto one) { most = std::max(most, static_cast<std::size_t>(one.value) + 1); });
    return most;
}

template <DescribedEnum E>
constexpr auto make_words() {
    std::array<std::string_view, words_needed<E>()> words{};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto one) { words[static_cast<std::size_t>(one.value)] = one.name; });
    for (const auto& own : own_words(E{})) words[static_cast<std::size_t>(own.value)] = own.word;
    return words;
}

template <DescribedEnum E>
inline constexpr auto words = make_words<E>();

}  // namespace detail

/// Empty for a value that is no enumerator.
template <DescribedEnum E>
constexpr std::string_view word_of(E value) {
    const auto at = static_cast<std::size_t>(value);
    return at < detail::words<E>.size() ? detail::words<E>[at] : std::string_view{};
}

/// In their order.
template <DescribedEnum E>
constexpr auto enumerators() {
    using All = boost::describe::describe_enumerators<E>;
    std::array<E, boost::mp11::mp_size<All>::value> values{};
    std::size_t at = 0;
    boost::mp11::mp_for_each<All>([&](auto one) { values[at++] = one.value; });
    return values;
}

/// Nothing for a word that is none.
template <DescribedEnum E>
constexpr std::optional<E> from_word(std::string_view word) {
    for (const E value : enumerators<E>()) {
        if (word_of(value) == word) return value;
    }
    return std::nullopt;
}

/// A table has one row for each enumerator, in their order. `key` is the member of a row that says whose it
/// is.
template <class Rows, class Row, DescribedEnum E>
constexpr bool a_row_for_each(const Rows& rows, E Row::*key) {
    return std::ranges::equal(rows, enumerators<E>(), {}, key);
}

/// ... and the first is that of zero, so it can be read by an enumerator's value.
template <class Rows, class Row, DescribedEnum E>
constexpr bool one_row_each(const Rows& rows, E Row::*key) {
    const auto all = enumerators<E>();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (static_cast<std::size_t>(all[i]) != i) return false;
    }
    return a_row_for_each(rows, key);
}

/// Calls visit(name, member) for each member, in their order.
template <DescribedStruct T, class Visit>
constexpr void for_each_member(T& value, Visit&& visit) {
    using Members =
        boost::describe::describe_members<std::remove_const_t<T>, boost::describe::mod_any_access>;
    boost::mp11::mp_for_each<Members>(
        [&](auto one) { visit(std::string_view{one.name}, value.*one.pointer); });
}

}  // namespace cticonnector
