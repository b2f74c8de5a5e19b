#include "cticonnector/protocol/ici/names.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cticonnector/protocol/ici/codec.hpp"
#include "filled.hpp"

namespace cticonnector::ici {
namespace {

// ici.md section 3
TEST(Names, GiveEveryOperationOfEachService) {
    const std::map<std::string, std::vector<std::string>> expected{
        {"IciSystem", {"exchangeProductInformation", "getWorkcenterCapability", "getPresenceQueueInfo"}},
        {"IciUser",
         {"subscribe", "unsubscribe", "getAttributes", "setCurrentWorkmode", "setCurrentQueues",
          "setCurrentChannels", "getPossibleWorkmodes", "getPossibleQueues", "getPossibleChannels",
          "getPresence"}},
        {"IciItem",
         {"accept", "reject", "reroute", "forward", "setAttachedData", "getAttachedData", "wrapUpRequired",
          "wrapUpEnded"}},
        {"IciPhoneCall",
         {"makeCall", "drop", "hold", "retrieve", "toggle", "blindTransfer", "consult", "warmTransfer",
          "conference", "sendDtmf"}},
        {"IciMessage", {"close"}},
        {"IciChat", {"post", "leave"}},
        {"IciAction", {"addActionItem", "deleteActionItem", "complete"}},
        {"IciContainer", {"getContainer"}},
        {"IciMonitor", {"subscribeMonitor", "unsubscribeMonitor"}}};
    std::map<std::string, std::vector<std::string>> found;
    for (const auto& request : AllOf<Request>::empty()) {
        const auto operation = operation_of(request);
        found[std::string(service_name(service_of(operation)))].emplace_back(operation_name(operation));
    }
    EXPECT_EQ(found, expected);
}

TEST(Names, GiveEveryEvent) {
    const std::vector<std::string_view> expected{
        "subscriptionEnded", "messageChanged",   "monitorDataChanged", "chatNewPosting",
        "actionItemChanged", "userChanged",      "phoneCallChanged",   "chatChanged",
        "containerChanged",  "phoneLineChanged", "statisticsChanged"};
    std::vector<std::string_view> found;
    for (const auto& event : AllOf<Event>::empty()) found.push_back(event_name(kind_of(event)));
    EXPECT_EQ(found, expected);
}

TEST(Names, EnumeratorsStandInTheOrderOfTheMessages) {
    EXPECT_EQ(operation_of(request::ExchangeProductInformation{}), Operation::exchange_product_information);
    EXPECT_EQ(operation_of(request::Subscribe{}), Operation::subscribe);
    EXPECT_EQ(operation_of(request::GetPresence{}), Operation::get_presence);
    EXPECT_EQ(operation_of(request::Accept{}), Operation::accept);
    EXPECT_EQ(operation_of(request::WrapUpEnded{}), Operation::wrap_up_ended);
    EXPECT_EQ(operation_of(request::SendDtmf{}), Operation::send_dtmf);
    EXPECT_EQ(operation_of(request::Close{}), Operation::close);
    EXPECT_EQ(operation_of(request::Complete{}), Operation::complete);
    EXPECT_EQ(operation_of(request::UnsubscribeMonitor{}), Operation::unsubscribe_monitor);
    EXPECT_EQ(kind_of(event::ChatNewPosting{}), EventKind::chat_new_posting);
    EXPECT_EQ(kind_of(event::PhoneCallChanged{}), EventKind::phone_call_changed);
}

// Dispatch is by the name alone, so no two services may share one.
TEST(Names, OfOperationsAreUnique) {
    std::set<std::string_view> names;
    for (const auto& request : AllOf<Request>::empty())
        EXPECT_TRUE(names.insert(operation_name(operation_of(request))).second);
    for (const auto& synonym : names::synonyms) EXPECT_TRUE(names.insert(synonym.name).second);
}

TEST(Names, ServicesStandInTheOrderOfTheirEnumerators) {
    for (std::size_t i = 0; i < names::services.size(); ++i) {
        const auto& row = names::services[i];
        EXPECT_EQ(static_cast<std::size_t>(row.service), i);
        EXPECT_EQ(service_from_name(row.name), row.service);
        EXPECT_EQ(row.name_space, "urn:" + std::string(row.name) + "Interface");
    }
}

TEST(Names, FindNoServiceForAnotherName) {
    EXPECT_EQ(service_from_name("IciMail"), std::nullopt);
    EXPECT_EQ(service_from_name(""), std::nullopt);
}

/// Only a source makes a name confirmed, so the list grows by decision: ici.md section 3 and 4, tag C.
TEST(Names, ConfirmedOnesAreTheseAlone) {
    std::set<std::string_view> confirmed;
    const auto collect = [&](const auto& message) {
        std::visit(
            [&]<class T>(const T&) {
                if (names::call<T>.tag == names::Tag::C) confirmed.insert(names::call<T>.name);
            },
            message);
    };
    for (const auto& request : AllOf<Request>::empty()) collect(request);
    for (const auto& event : AllOf<Event>::empty()) collect(event);
    EXPECT_EQ(confirmed, (std::set<std::string_view>{
                             "exchangeProductInformation", "getWorkcenterCapability", "getPresenceQueueInfo",
                             "setCurrentWorkmode", "setCurrentQueues", "setAttachedData", "wrapUpRequired",
                             "subscriptionEnded", "messageChanged", "monitorDataChanged"}));
}

}  // namespace
}  // namespace cticonnector::ici
