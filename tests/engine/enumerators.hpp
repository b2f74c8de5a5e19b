#pragma once
// Every value of an enumeration, as the compiler knows it: a test that goes over them meets each new one.

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace cticonnector::engine::testing {

/// "... value = engine::Why::asked]" of a value with a name, "... value = (engine::Why)99]" of another.
template <class E, E value>
constexpr bool is_enumerator() {
    const std::string_view function = __PRETTY_FUNCTION__;
    return function[function.rfind("value = ") + 8] != '(';
}

template <class E>
std::vector<E> all_enumerators() {
    std::vector<E> found;
    [&]<std::size_t... n>(std::index_sequence<n...>) {
        ((is_enumerator<E, static_cast<E>(n)>() ? found.push_back(static_cast<E>(n)) : void()), ...);
    }
    (std::make_index_sequence<128>{});
    return found;
}

}  // namespace cticonnector::engine::testing
