// Each event, action and record is described with all its members, and so is
// whatever they hold: what is printed, kept or shown by description lacks
// nothing. Most of it is looked at by the compiler.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/engine/whole.hpp"

namespace cticonnector::engine::testing {
namespace {

template <class T>
constexpr bool complete();

/// Stands in for any member.
struct Anything {
    template <class T>
    operator T() const {
        throw "only asked for";
    }
};
/// How many members the compiler sees: as many as can be initialized.
template <class T, class... Given>
constexpr std::size_t member_count() {
    if constexpr (requires { T{Given{}..., Anything{}}; }) {
        return member_count<T, Given..., Anything>();
    } else {
        return sizeof...(Given);
    }
}

/// Types that hold others.
template <class T>
struct Complete {
    static constexpr bool value = complete<T>();
};
template <class... T>
struct Complete<std::variant<T...>> {
    static constexpr bool value = (Complete<T>::value && ...);
};
template <class A, class B>
struct Complete<std::pair<A, B>> {
    static constexpr bool value = Complete<A>::value && Complete<B>::value;
};
template <class T>
struct Complete<PerChannel<T>> : Complete<T> {};
template <class T>
struct Complete<Owned<T>> : Complete<T> {};
template <class T>
struct Complete<std::optional<T>> : Complete<T> {};
template <class T>
struct Complete<std::vector<T>> : Complete<T> {};
template <class T, std::size_t n>
struct Complete<std::array<T, n>> : Complete<T> {};
template <class T>
struct Complete<std::shared_ptr<const T>> : Complete<T> {};
template <class Tag, class Rep>
struct Complete<Id<Tag, Rep>> : std::true_type {};
template <class Tag>
struct Complete<FrontId<Tag>> : std::true_type {};
template <>
struct Complete<std::string> : std::true_type {};
template <>
struct Complete<std::string_view> : std::true_type {};
template <>
struct Complete<Secret> : std::true_type {};
template <>
struct Complete<Time> : std::true_type {};
template <>
struct Complete<Duration> : std::true_type {};

template <class... Member>
constexpr bool members_complete(boost::mp11::mp_list<Member...>) {
    return (
        Complete<
            std::remove_cvref_t<decltype(std::declval<typename Member::of&>().*Member::pointer)>>::value &&
        ...);
}

template <class T, class Described>
struct MemberOf {
    using of = T;
    static constexpr auto pointer = Described::pointer;
};

template <class T>
constexpr bool complete() {
    if constexpr (std::is_enum_v<T>) {
        static_assert(DescribedEnum<T>, "an enumeration is not described");
    } else if constexpr (std::is_same_v<T, Phrase>) {  // holds itself
        static_assert(member_count<T>() == 3);
    } else if constexpr (!std::is_arithmetic_v<T>) {
        static_assert(DescribedStruct<T>, "a type is not described");
        using Members = boost::describe::describe_members<T, boost::describe::mod_any_access>;
        static_assert(boost::mp11::mp_size<Members>::value == member_count<T>(), "a member is not described");
        return []<template <class...> class List, class... M>(List<M...>) {
            return members_complete(boost::mp11::mp_list<MemberOf<T, M>...>{});
        }(Members{});
    }
    return true;
}

static_assert(Complete<Event>::value);
static_assert(Complete<Action>::value);
static_assert(Complete<Agent>::value);
static_assert(Complete<Item>::value);
static_assert(Complete<ItemHandedOver>::value);
static_assert(Complete<ItemReturned>::value);
static_assert(Complete<Whole>::value);

struct Half {
    int told = 1, forgotten = 2;
};
BOOST_DESCRIBE_STRUCT(Half, (), (told))

TEST(Described, AMissingMemberIsFound) {
    using Members = boost::describe::describe_members<Half, boost::describe::mod_any_access>;
    EXPECT_NE(boost::mp11::mp_size<Members>::value, member_count<Half>());
}

TEST(Described, MembersComeInTheirOrder) {
    const Cause cause{Why::A1, Origin::crm, {"act-1-1"}};
    std::vector<std::string> names;
    for_each_member(cause, [&](std::string_view name, const auto&) { names.emplace_back(name); });
    EXPECT_EQ(names, (std::vector<std::string>{"why", "origin", "item"}));
}

}  // namespace
}  // namespace cticonnector::engine::testing
