#pragma once
// Described values as JSON, and back: members by name, enumerators by word, an alternative of a variant by
// its type's name, times and durations as counts of theirs, a secret as "***", which comes back as none.
// A member that is not there keeps what it was. One of another type throws nlohmann::json::exception; an
// unknown word or type, and what is no list or record, std::invalid_argument. For what is kept, shown and
// replayed: the engine knows nothing of it, and the architecture test sees to that.

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "cticonnector/base/described.hpp"
#include "cticonnector/base/id.hpp"
#include "cticonnector/base/owned.hpp"
#include "cticonnector/base/secret.hpp"

namespace cticonnector {

using Json = nlohmann::ordered_json;

template <class T>
Json write_json(const T&);
template <class T>
void read_json(const Json&, T&);
template <class T>
T read_json(const Json& json) {
    T value{};
    read_json(json, value);
    return value;
}

namespace detail {

/// "Legs" of cticonnector::engine::Legs.
template <class T>
constexpr std::string_view type_word() {
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    return name.substr(name.rfind(':') + 1);
}

template <class T>
concept Sequence = requires(T list) {
    list.begin();
    list.end();
}
&&!std::is_convertible_v<T, std::string_view>;

template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_shared = false;
template <class T>
inline constexpr bool is_shared<std::shared_ptr<const T>> = true;
template <class T>
inline constexpr bool is_owned = false;
template <class T>
inline constexpr bool is_owned<Owned<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_time = false;
template <class Clock, class D>
inline constexpr bool is_time<std::chrono::time_point<Clock, D>> = true;
template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

/// nlohmann goes over a number as if it were a list of one.
inline void must_be(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(what);
}

template <class T>
void read_list(const Json& json, T& list) {
    must_be(json.is_array(), "a list is no list");
    if constexpr (requires { list.push_back({}); }) {
        list.clear();
        for (const Json& one : json) list.push_back(read_json<typename T::value_type>(one));
    } else {
        must_be(json.size() == list.size(), "a list has another length");
        for (std::size_t i = 0; i < list.size(); ++i) read_json(json.at(i), list[i]);
    }
}

template <class... T>
void read_alternative(const Json& json, std::variant<T...>& value) {
    const auto word = json.at("type").template get<std::string>();
    const bool known =
        ((type_word<T>() == word && (read_json(json, value.template emplace<T>()), true)) || ...);
    if (!known) throw std::invalid_argument("there is no type " + word);
}

}  // namespace detail

template <class T>
Json write_json(const T& value) {
    if constexpr (DescribedEnum<T>) {
        return word_of(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else if constexpr (std::is_same_v<T, Secret>) {
        return Secret::shown;
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return std::string_view{value};
    } else if constexpr (detail::is_time<T>) {
        return value.time_since_epoch().count();
    } else if constexpr (detail::is_duration<T>) {
        return value.count();
    } else if constexpr (detail::is_optional<T> || detail::is_shared<T> || detail::is_owned<T>) {
        return value ? write_json(*value) : Json{};
    } else if constexpr (detail::is_variant<T>) {
        return std::visit(
            []<class One>(const One& one) {
                Json json{{"type", detail::type_word<One>()}};
                json.update(write_json(one));
                return json;
            },
            value);
    } else if constexpr (detail::is_pair<T>) {
        return Json::array({write_json(value.first), write_json(value.second)});
    } else if constexpr (detail::Sequence<T>) {
        Json list = Json::array();
        for (const auto& one : value) list.push_back(write_json(one));
        return list;
    } else if constexpr (DescribedStruct<T>) {
        Json json = Json::object();
        for_each_member(value, [&](std::string_view name, const auto& member) {
            json[std::string(name)] = write_json(member);
        });
        return json;
    } else {
        return write_json(value.value);  // an id
    }
}

template <class T>
void read_json(const Json& json, T& value) {
    if constexpr (DescribedEnum<T>) {
        const auto word = json.get<std::string>();
        const auto known = from_word<T>(word);
        if (!known && !word.empty()) throw std::invalid_argument("there is no word " + word);
        value = known.value_or(T{});
    } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
        value = json.get<T>();
    } else if constexpr (std::is_same_v<T, Secret>) {
        value = Secret{};  // nobody has kept it
    } else if constexpr (detail::is_time<T>) {
        value = T(typename T::duration(json.get<typename T::rep>()));
    } else if constexpr (detail::is_duration<T>) {
        value = T(json.get<typename T::rep>());
    } else if constexpr (detail::is_optional<T>) {
        json.is_null() ? value.reset() : read_json(json, value.emplace());
    } else if constexpr (detail::is_shared<T>) {
        using Of = std::remove_const_t<typename T::element_type>;
        value = json.is_null() ? T{} : std::make_shared<const Of>(read_json<Of>(json));
    } else if constexpr (detail::is_owned<T>) {
        if (!json.is_null()) value = T::make(), read_json(json, *value);
    } else if constexpr (detail::is_variant<T>) {
        detail::read_alternative(json, value);
    } else if constexpr (detail::is_pair<T>) {
        read_json(json.at(0), value.first);
        read_json(json.at(1), value.second);
    } else if constexpr (detail::Sequence<T>) {
        detail::read_list(json, value);
    } else if constexpr (DescribedStruct<T>) {
        detail::must_be(json.is_object(), "a record is no record");
        for_each_member(value, [&](std::string_view name, auto& member) {
            if (const auto found = json.find(name); found != json.end()) read_json(*found, member);
        });
    } else {
        read_json(json, value.value);
    }
}

}  // namespace cticonnector
