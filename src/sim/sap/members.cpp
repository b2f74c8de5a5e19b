#include "members.hpp"

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <variant>

#include "cticonnector/protocol/ici/names.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "cticonnector/protocol/soap/xml.hpp"

namespace cticonnector::sim::sap {
namespace {

using Findings = std::vector<std::string>;

template <class T>
concept Structure = !std::is_same_v<std::remove_cvref_t<decltype(ici::names::type<T>)>, std::nullptr_t>;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

pugi::xml_node child(pugi::xml_node parent, std::string_view local) {
    return parent.find_child([&](pugi::xml_node node) { return soap::local_name(node.name()) == local; });
}

template <class Fields>
void check_fields(pugi::xml_node, const Fields&, const std::string& path, Findings&);

template <class T>
void check_value(pugi::xml_node node, const std::string& path, Findings& findings) {
    // a reference points to a value elsewhere in the document, which has a type of its own
    if (!soap::attribute(node, "href").empty()) return;
    if (soap::attribute(node, "type").empty()) findings.push_back(path + " has no xsi:type");
    if constexpr (is_list<T>) {
        for (const auto item : node.children())
            if (item.type() == pugi::node_element)
                check_value<typename T::value_type>(item, path + "[]", findings);
    } else if constexpr (Structure<T>) {
        check_fields(node, ici::names::type<T>.fields, path, findings);
    }
}

template <class M, class T>
void check_field(pugi::xml_node parent, const ici::names::Field<M, T>& field, std::ptrdiff_t& reached,
                 const std::string& path, Findings& findings) {
    const std::string name = path + "." + std::string(field.name);
    const auto node = child(parent, field.name);
    if (!node) {
        findings.push_back(name + " is absent");
        return;
    }
    if (node.offset_debug() < reached) findings.push_back(name + " is out of table order");
    reached = node.offset_debug();
    check_value<T>(node, name, findings);
}

template <class Fields>
void check_fields(pugi::xml_node node, const Fields& fields, const std::string& path, Findings& findings) {
    std::ptrdiff_t reached = 0;
    std::apply([&](const auto&... field) { (check_field(node, field, reached, path, findings), ...); },
               fields);
}

template <class Event>
bool check_if_named(pugi::xml_node operation, Findings& findings) {
    const auto& call = ici::names::call<Event>;
    if (soap::local_name(operation.name()) != call.name) return false;
    check_fields(operation, call.fields, std::string(call.name), findings);
    return true;
}

template <class>
struct Events;
template <class... E>
struct Events<std::variant<E...>> {
    static void check(pugi::xml_node operation, Findings& findings) {
        (check_if_named<E>(operation, findings) || ...);
    }
};

}  // namespace

Findings incomplete_members(std::string_view envelope) {
    Findings findings;
    pugi::xml_document document;
    if (soap::load(document, envelope)) return findings;
    const auto body = child(soap::root(document), "Body");
    for (const auto operation : body.children())
        if (operation.type() == pugi::node_element) Events<ici::Event>::check(operation, findings);
    return findings;
}

}  // namespace cticonnector::sim::sap
