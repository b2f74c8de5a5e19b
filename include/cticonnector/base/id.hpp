#pragma once
// Ids that cannot be swapped: one type per kind of id.

#include <compare>
#include <cstddef>
#include <functional>

namespace cticonnector {

template <class Tag, class Rep>
struct Id {
    Rep value{};
    auto operator<=>(const Id&) const = default;
};

}  // namespace cticonnector

template <class Tag, class Rep>
struct std::hash<cticonnector::Id<Tag, Rep>> {
    std::size_t operator()(const cticonnector::Id<Tag, Rep>& id) const noexcept {
        return std::hash<Rep>{}(id.value);
    }
};
