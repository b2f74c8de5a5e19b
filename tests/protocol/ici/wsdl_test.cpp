// The WSDL files, the table of names and the structures say the same.

#include "cticonnector/protocol/ici/wsdl.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/names.hpp"

namespace cticonnector::ici {
namespace {

/// (element name, type) in order
using Elements = std::vector<std::pair<std::string, std::string>>;
/// (operation or type name, its elements) in order
using Described = std::vector<std::pair<std::string, Elements>>;

template <class T>
struct TypeName {
    static std::string get() { return "t:" + std::string(names::type<T>.name); }
};
template <>
struct TypeName<std::string> {
    static std::string get() { return "xsd:string"; }
};
template <>
struct TypeName<Secret> : TypeName<std::string> {};
template <>
struct TypeName<bool> {
    static std::string get() { return "xsd:boolean"; }
};
template <>
struct TypeName<double> {
    static std::string get() { return "xsd:double"; }
};
template <class T>
struct TypeName<std::vector<T>> {
    static std::string get() {
        if constexpr (std::is_same_v<T, std::string>)
            return "t:ArrayOfString";
        else
            return "t:ArrayOf" + std::string(names::type<T>.name);
    }
};

template <class M, class T>
std::pair<std::string, std::string> element(const names::Field<M, T>& field) {
    return {std::string(field.name), TypeName<T>::get()};
}

template <class Description>
Elements elements(const Description& description) {
    return std::apply([](const auto&... field) { return Elements{element(field)...}; }, description.fields);
}

template <class T>
std::string return_type() {
    if constexpr (requires { typename T::Returns; })
        return TypeName<typename T::Returns>::get();
    else
        return "xsd:string";
}

// Requests and events that a receiver must take, though no document describes them (ici.md section 4).
constexpr std::string_view undescribed[] = {"phoneLineChanged", "statisticsChanged"};

template <class>
struct Table;
template <class... M>
struct Table<std::variant<M...>> {
    static Described requests(Service service) {
        Described all;
        (add(all, service, names::call<M>, elements(names::call<M>)), ...);
        return all;
    }
    static Described responses(Service service) {
        Described all;
        (add(all, service, names::call<M>, {{std::string(names::response.text), return_type<M>()}}), ...);
        return all;
    }

  private:
    template <class Call>
    static void add(Described& all, Service service, const Call& call, Elements parts) {
        if (call.service == service && std::ranges::find(undescribed, call.name) == std::end(undescribed))
            all.emplace_back(call.name, std::move(parts));
    }
};

template <class... T>
Described types() {
    return {{std::string(names::type<T>.name), elements(names::type<T>)}...};
}

class Wsdl : public testing::TestWithParam<names::ServiceRow> {
  protected:
    Wsdl() { loaded_ = document_.load_string(wsdl(GetParam().service, "http://here").c_str()); }

    pugi::xml_node definitions() const { return document_.child("definitions"); }

    Elements parts(const std::string& message) const {
        Elements all;
        for (auto part :
             definitions().find_child_by_attribute("message", "name", message.c_str()).children("part"))
            all.emplace_back(part.attribute("name").value(), part.attribute("type").value());
        return all;
    }

    Described operations(const char* direction, std::string_view suffix) const {
        Described all;
        for (auto operation : definitions().child("portType").children("operation")) {
            const std::string name = operation.attribute("name").value();
            const auto message = std::string(GetParam().name) + "_" + name + std::string(suffix);
            EXPECT_EQ("tns:" + message, operation.child(direction).attribute("message").value());
            all.emplace_back(name, parts(message));
        }
        return all;
    }

    pugi::xml_document document_;
    bool loaded_ = false;
};

TEST_P(Wsdl, IsXmlOfItsNamespace) {
    ASSERT_TRUE(loaded_);
    EXPECT_EQ(definitions().attribute("targetNamespace").value(), GetParam().name_space);
    EXPECT_EQ(definitions().child("types").child("xsd:schema").attribute("targetNamespace").value(),
              names::types_namespace.text);
}

TEST_P(Wsdl, HasTheOperationsOfTheTable) {
    const auto service = GetParam().service;
    const auto expected =
        service == Service::event ? Table<Event>::requests(service) : Table<Request>::requests(service);
    EXPECT_EQ(operations("input", "_Request"), expected);
}

TEST_P(Wsdl, HasTheResultsOfTheTable) {
    const auto service = GetParam().service;
    const auto expected =
        service == Service::event ? Table<Event>::responses(service) : Table<Request>::responses(service);
    EXPECT_EQ(operations("output", "_Response"), expected);
}

TEST_P(Wsdl, BindsEveryOperation) {
    std::vector<std::string> declared, bound;
    for (auto operation : definitions().child("portType").children("operation"))
        declared.emplace_back(operation.attribute("name").value());
    for (auto operation : definitions().child("binding").children("operation")) {
        bound.emplace_back(operation.attribute("name").value());
        EXPECT_EQ(operation.child("input").child("soap:body").attribute("namespace").value(),
                  GetParam().name_space);
    }
    EXPECT_EQ(declared, bound);
}

TEST_P(Wsdl, HasTheTypesOfTheTable) {
    Described found;
    for (auto type : definitions().child("types").child("xsd:schema").children("xsd:complexType")) {
        const std::string name = type.attribute("name").value();
        if (!type.child("xsd:all") || name == "IciException") continue;
        auto& members = found.emplace_back(name, Elements{}).second;
        for (auto member : type.child("xsd:all").children("xsd:element"))
            members.emplace_back(member.attribute("name").value(), member.attribute("type").value());
    }
    EXPECT_EQ(found, (types<TextElement, ProductInformation, WorkcenterCapability, PresenceQueueInfo, User,
                            Presence, Participant, PhoneCall, Message, ChatSession, ChatPosting,
                            ActionSession, ActionItem, Container, MonitorSubscription>()));
}

TEST_P(Wsdl, HasTheExceptionOfTheTable) {
    const auto schema = definitions().child("types").child("xsd:schema");
    EXPECT_TRUE(schema.find_child_by_attribute("xsd:element", "name", names::exception.text.data()));
    std::vector<std::string_view> members;
    for (auto member : schema.find_child_by_attribute("xsd:complexType", "name", "IciException")
                           .child("xsd:all")
                           .children())
        members.emplace_back(member.attribute("name").value());
    EXPECT_EQ(members, (std::vector<std::string_view>{names::error_id.text, names::error_description.text}));
}

TEST_P(Wsdl, HasTheHeaderOfTheTable) {
    const auto expected = GetParam().service == Service::event
                              ? Elements{}
                              : Elements{{std::string(names::header_user.text), "xsd:string"},
                                         {std::string(names::header_language.text), "xsd:string"}};
    EXPECT_EQ(parts("IciHeader"), expected);
}

TEST_P(Wsdl, NamesTheAddressItIsServedAt) {
    pugi::xml_document served;
    ASSERT_TRUE(
        served.load_string(wsdl(GetParam().service, "https://cms.example/ici?a=\"1\"&b=<2>").c_str()));
    const auto port = served.child("definitions").child("service").child("port");
    EXPECT_STREQ(port.child("soap:address").attribute("location").value(),
                 "https://cms.example/ici?a=\"1\"&b=<2>");
}

INSTANTIATE_TEST_SUITE_P(Services, Wsdl, testing::ValuesIn(names::services),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace cticonnector::ici
