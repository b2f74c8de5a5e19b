#pragma once
// One value to and from its element, for every type the descriptions in names.hpp use. Private to this layer.

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "cticonnector/protocol/ici/names.hpp"
#include "cticonnector/protocol/soap/envelope.hpp"
#include "cticonnector/protocol/soap/writer.hpp"

namespace cticonnector::ici {

template <class T>
concept Described = requires {
    names::type<T>.fields;
};

template <class Description, class Use>
void each_field(const Description& description, Use use) {
    std::apply([&](const auto&... field) { (use(field), ...); }, description.fields);
}

void get(const soap::Element&, std::string&, names::Form = names::Form::plain);
void get(const soap::Element&, Secret&, names::Form = names::Form::plain);
void get(const soap::Element&, bool&, names::Form = names::Form::plain);
void get(const soap::Element&, double&, names::Form = names::Form::plain);

template <Described T>
void get(const soap::Element&, T&, names::Form = names::Form::plain);

template <class T>
void get(const soap::Element& array, std::vector<T>& values, names::Form = names::Form::plain) {
    array.for_each([&](const soap::Element& item) { get(item, values.emplace_back()); });
}

template <class Description, class M>
void get_fields(const soap::Element& element, const Description& description, M& message) {
    each_field(description,
               [&](const auto& field) { get(element.child(field.name), message.*field.member, field.form); });
}

template <Described T>
void get(const soap::Element& element, T& value, names::Form) {
    get_fields(element, names::type<T>, value);
}

inline void put(soap::Writer& out, std::string_view name, const std::string& value) { out.text(name, value); }
inline void put(soap::Writer& out, std::string_view name, const Secret& value) {
    out.text(name, value.reveal());
}
inline void put(soap::Writer& out, std::string_view name, bool value) { out.boolean(name, value); }
inline void put(soap::Writer& out, std::string_view name, double value) { out.number(name, value); }

template <Described T>
void put(soap::Writer& out, std::string_view name, const T& value);

template <class T>
std::string array_item_type() {
    if constexpr (Described<T>)
        return std::string("t:").append(names::type<T>.name);
    else
        return "xsd:string";
}

template <class T>
void put(soap::Writer& out, std::string_view name, const std::vector<T>& values) {
    static const std::string item_type = array_item_type<T>();
    out.begin_array(name, item_type, values.size());
    for (const auto& value : values) put(out, names::array_item.text, value);
    out.end(name);
}

template <class Description, class M>
void put_fields(soap::Writer& out, const Description& description, const M& message) {
    each_field(description, [&](const auto& field) { put(out, field.name, message.*field.member); });
}

template <Described T>
void put(soap::Writer& out, std::string_view name, const T& value) {
    out.begin_struct(name, names::type<T>.name);
    put_fields(out, names::type<T>, value);
    out.end(name);
}

}  // namespace cticonnector::ici
