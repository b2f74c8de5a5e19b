#pragma once
// The form of the entries in names.hpp.

#include <string_view>
#include <tuple>

#include "cticonnector/protocol/ici/enums.hpp"

namespace cticonnector::ici::names {

enum class Tag : char { C = 'C', I = 'I', R = 'R', O = 'O' };
using enum Tag;

struct Name {
    std::string_view text;
    Tag tag;
};

/// embedded: an XML document, read from escaped text or nested elements, written as escaped text.
enum class Form : bool { plain, embedded };

template <class M, class T>
struct Field {
    std::string_view name;
    Tag tag;
    T M::*member;
    Form form = Form::plain;
};
template <class M, class T, class... More>
Field(std::string_view, Tag, T M::*, More...) -> Field<M, T>;

template <class... Fields>
struct Type {
    std::string_view name;
    std::tuple<Fields...> fields;
};

template <class... Fields>
struct Call {
    Service service;
    std::string_view name;
    Tag tag;
    std::tuple<Fields...> fields;
};

template <class... Fields>
constexpr Type<Fields...> describe(std::string_view name, Fields... fields) {
    return {name, {fields...}};
}

template <class... Fields>
constexpr Call<Fields...> describe(Service service, std::string_view name, Tag tag, Fields... fields) {
    return {service, name, tag, {fields...}};
}

/// The description of a structure, of an operation or event,
/// and the ids of a closed list; filled in names.hpp.
template <class T>
inline constexpr auto type = nullptr;
template <class T>
inline constexpr auto call = nullptr;
template <class E>
inline constexpr auto codes = nullptr;

template <class E>
struct Code {
    E code;
    std::string_view id;
    std::string_view text;  // English
    Tag tag;
};

}  // namespace cticonnector::ici::names
