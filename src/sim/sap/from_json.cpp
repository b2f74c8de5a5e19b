#include "from_json.hpp"

#include <tuple>
#include <variant>
#include <vector>

#include "cticonnector/protocol/ici/names.hpp"

namespace cticonnector::sim::sap {
namespace {

constexpr double largest_number = 1e9;

void get(Object& from, const std::string& name, std::string& value) { value = from.text(name, ""); }
void get(Object& from, const std::string& name, double& value) {
    value = from.real(name, 0, largest_number, 0);
}
void get(Object& from, const std::string& name, Secret& value) { value = Secret(from.text(name, "")); }
void get(Object& from, const std::string& name, std::vector<std::string>& value) { value = from.texts(name); }

template <class T>
void get(Object& from, const std::string& name, T& value);
template <class T>
void get(Object& from, const std::string& name, std::vector<T>& value);

template <class M, class Fields>
void get_members(Object& from, M& value, const Fields& fields) {
    std::apply([&](const auto&... field) { (get(from, std::string(field.name), value.*field.member), ...); },
               fields);
    from.done();
}

template <class T>
void get(Object& from, const std::string& name, T& value) {
    Object object = from.object(name);
    get_members(object, value, ici::names::type<T>.fields);
}

template <class T>
void get(Object& from, const std::string& name, std::vector<T>& value) {
    for (Object& object : from.objects(name))
        get_members(object, value.emplace_back(), ici::names::type<T>.fields);
}

template <class Request>
bool read_if_named(const std::string& operation, Object& parameters, ici::Request& request) {
    const auto& call = ici::names::call<Request>;
    if (call.name != operation) return false;
    get_members(parameters, request.emplace<Request>(), call.fields);
    return true;
}

template <class>
struct Requests;
template <class... R>
struct Requests<std::variant<R...>> {
    static bool read(const std::string& operation, Object& parameters, ici::Request& request) {
        return (read_if_named<R>(operation, parameters, request) || ...);
    }
};

}  // namespace

ici::Request request_from(const std::string& operation, Object parameters, const std::string& place) {
    ici::Request request;
    if (!Requests<ici::Request>::read(operation, parameters, request))
        throw ScriptError(place, "\"" + operation + "\" is no ICI operation");
    return request;
}

ici::ActionItem action_item_from(Object object) {
    ici::ActionItem item;
    get_members(object, item, ici::names::type<ici::ActionItem>.fields);
    return item;
}

}  // namespace cticonnector::sim::sap
