// Each served operation as an engine event, and the engine's answers as ICI's.
#include "requests.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/ici/codes.hpp"
#include "endpoint.hpp"
#include "presence.hpp"

namespace cticonnector::crm {
namespace {

namespace request = ici::request;
using ici::ErrorId;
using ici::Operation;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Caller caller{{7}, {70}, engine::user_id("MuellerK")};

Translated ask(ici::Request asked) { return translate({{"MuellerK", "DE"}, std::move(asked)}, caller, {}); }

template <class Event>
Event event(ici::Request asked) {
    const auto result = ask(std::move(asked));
    const auto* any = std::get_if<engine::Event>(&result);
    if (!any || !std::holds_alternative<Event>(*any)) {
        ADD_FAILURE() << "no such event";
        return {};
    }
    const auto& found = std::get<Event>(*any);
    EXPECT_EQ(found.request, caller.request);
    return found;
}
std::string error_id(const ici::Fault& fault) {
    return fault.exception ? std::string(ici::id_of(fault.exception->error_id)) : "";
}
std::string fault(ici::Request asked) {
    const auto result = ask(std::move(asked));
    const auto* found = std::get_if<ici::Fault>(&result);
    return found ? error_id(*found) : "";
}

TEST(Translate, SubscribeCarriesTheUserAsWritten) {  // R-LOGIN-10, R-DEC-12
    const auto e = event<engine::Subscribe>(request::Subscribe{"http://s/", "APP", Secret{"5001;pw;4711"}});
    EXPECT_EQ(e.subscription, caller.subscription);
    EXPECT_EQ(e.user, engine::user_id("MUELLERK"));
    EXPECT_EQ(e.user_name, "MuellerK");
    EXPECT_EQ(e.app_id, "APP");
    EXPECT_EQ(e.work_center.reveal(), "5001;pw;4711");
}

TEST(Translate, UserOperations) {
    EXPECT_EQ(event<engine::Unsubscribe>(request::Unsubscribe{}).user, caller.user);
    EXPECT_EQ(event<engine::ReadUser>(request::GetAttributes{}).user, caller.user);
    event<engine::ReadUser>(request::GetPossibleWorkmodes{});
    event<engine::ReadUser>(request::GetPossibleQueues{});
    event<engine::ReadUser>(request::GetPossibleChannels{});
    event<engine::RefreshUser>(request::SetCurrentQueues{{"1"}});
    event<engine::RefreshUser>(request::SetCurrentChannels{{"1"}});
    EXPECT_EQ(event<engine::SetWorkmode>(request::SetCurrentWorkmode{" 1002 "}).workmode, 1002);
}

TEST(Translate, AWorkModeThatIsNoNumberIsInvalid) {
    for (const std::string text : {"", "ready", "2x", "2 3", "99999999999"})
        EXPECT_EQ(fault(request::SetCurrentWorkmode{text}), "INVALID_WORKMODE") << text;
}

TEST(Translate, ItemOperations) {
    EXPECT_EQ(event<engine::Accept>(request::Accept{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::Reroute>(request::Reject{"i-1"}).reason, "M0");  // R-DEC-19
    EXPECT_EQ(event<engine::Reroute>(request::Reroute{"i-1", "A1"}).reason, "A1");
    EXPECT_EQ(event<engine::ReadItemData>(request::GetAttachedData{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::RequireWrapup>(request::WrapUpRequired{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::EndWrapup>(request::WrapUpEnded{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::Drop>(request::Drop{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::Complete>(request::Complete{"i-1"}).item.value, "i-1");
    EXPECT_EQ(event<engine::DeleteItem>(request::DeleteActionItem{"a-1"}).external_id, "a-1");
}

TEST(Translate, ForwardKnowsUsersByTheirPrefix) {  // R-ITEM-5
    const auto to_user = event<engine::Forward>(request::Forward{"i-1", "user.5002"});
    EXPECT_TRUE(to_user.to_user);
    EXPECT_EQ(to_user.destination, "5002");
    const auto plain = event<engine::Forward>(request::Forward{"i-1", "SALES"});
    EXPECT_FALSE(plain.to_user);
    EXPECT_EQ(plain.destination, "SALES");
}

TEST(Translate, MakeCallDialsBareDigits) {  // R-DEC-39
    EXPECT_EQ(event<engine::MakeCall>(request::MakeCall{"+41 31-555", ""}).destination, "4131555");
    EXPECT_EQ(fault(request::MakeCall{" + ", ""}), "INVALID_DESTINATION");
}

TEST(Translate, AttachedDataNamesItsCallVariables) {
    const std::string document =
        "<ItemAttachedData><Application "
        "id=\"SAP-IC\"><CV02>two</CV02><CV03/></Application></ItemAttachedData>";
    const auto e = event<engine::SetItemData>(request::SetAttachedData{"i-1", document});
    ASSERT_TRUE(e.attached_data);
    EXPECT_EQ(e.attached_data->text, document);
    EXPECT_EQ(e.call_variables[0], std::nullopt);
    EXPECT_EQ(e.call_variables[1], "two");
    EXPECT_EQ(e.call_variables[2], std::nullopt);
}

TEST(Translate, BrokenAttachedDataIsTheSendersFault) {
    for (const std::string document :
         {"<ItemAttachedData>", "no xml", "<Other/>",
          "<!DOCTYPE x [<!ENTITY e \"b\">]><ItemAttachedData>&e;</ItemAttachedData>"}) {
        const auto result = ask(request::SetAttachedData{"i-1", document});
        const auto* refused = std::get_if<ici::Fault>(&result);
        ASSERT_NE(refused, nullptr) << document;
        EXPECT_EQ(refused->code, soap::FaultCode::client) << document;
        EXPECT_THAT(refused->text, HasSubstr("attachedData")) << document;
    }
}

TEST(Translate, AddActionItemCarriesEverything) {  // R-ITEM-1, R-DEC-54
    request::AddActionItem asked{"act-1", {"SCEN", "Scenario"}, {{"mueller", "", "agent"}, {}}, {}};
    asked.item_data.title = "Order";
    asked.item_data.object_id = "4711";
    asked.item_data.attached_data =
        "<ItemAttachedData><Application id=\"SAP-IC\"><CV01>one</CV01></Application></ItemAttachedData>";
    const auto e = event<engine::AddItem>(asked);
    EXPECT_EQ(e.channel, engine::Channel::action);
    EXPECT_EQ(e.external_id, "act-1");
    EXPECT_EQ(e.selector, "SCEN");
    EXPECT_THAT(e.preferred, ElementsAre(engine::user_id("MUELLER")));
    EXPECT_EQ(e.info->title, "Order");
    EXPECT_EQ(e.info->scenario_text, "Scenario");
    EXPECT_EQ(e.info->call_variables[0], "one");
    EXPECT_EQ(e.info->attached_data->text, asked.item_data.attached_data);
    EXPECT_THAT(e.info->fields, testing::Contains(std::pair<std::string, std::string>{"objectId", "4711"}));
}

TEST(Translate, IciSystemIsAnsweredAtOnce) {
    const auto product = ask(request::ExchangeProductInformation{});
    EXPECT_EQ(std::get<ici::ProductInformation>(std::get<ici::Reply>(product)).product_name, "cticonnector");
    const auto capability = ask(request::GetWorkcenterCapability{});
    EXPECT_TRUE(std::get<ici::WorkcenterCapability>(std::get<ici::Reply>(capability)).free_seating);
    const auto queues = ask(request::GetPresenceQueueInfo{"3"});
    EXPECT_EQ(std::get<ici::PresenceQueueInfo>(std::get<ici::Reply>(queues)).channel, "3");
}

TEST(Served, AreSystemUserItemActionAndTwoOfThePhone) {
    int served = 0;
    for (int i = 0; i <= static_cast<int>(Operation::unsubscribe_monitor); ++i) {
        const auto operation = static_cast<Operation>(i);
        const auto service = ici::service_of(operation);
        const bool wanted = service == ici::Service::system || service == ici::Service::user ||
                            service == ici::Service::item || service == ici::Service::action ||
                            operation == Operation::make_call || operation == Operation::drop;
        EXPECT_EQ(is_served(operation), wanted) << ici::operation_name(operation);
        served += is_served(operation);
    }
    EXPECT_EQ(served, 26);
    EXPECT_EQ(fault(request::Hold{"i-1"}), "NOT_SUPPORTED");
}

TEST(Fault, EveryEngineFaultHasItsErrorId) {  // R-LOGIN-12, R-DEC-6
    const std::vector<std::pair<engine::Fault, std::string>> table{
        {engine::Fault::not_subscribed, "NOT_SUBSCRIBED"},
        {engine::Fault::logon_failed, "LOGON_FAILED"},
        {engine::Fault::already_logged_on, "ALREADY_LOGGED_ON"},
        {engine::Fault::invalid_workcenter, "INVALID_WORKCENTER"},
        {engine::Fault::invalid_workmode, "INVALID_WORKMODE"},
        {engine::Fault::unknown_item, "UNKNOWN_ITEM"},
        {engine::Fault::invalid_state, "INVALID_STATE"},
        {engine::Fault::invalid_destination, "INVALID_DESTINATION"},
        {engine::Fault::not_supported, "NOT_SUPPORTED"},
        {engine::Fault::unavailable, "UNAVAILABLE"}};
    for (const auto& [fault, id] : table) {
        const auto shown = fault_of({.request = {1}, .fault = fault, .text = as_told("because")}, "EN");
        EXPECT_EQ(error_id(shown), id);
        EXPECT_EQ(shown.exception->description, "because");
    }
}

TEST(Reply, IsWhatTheOperationReturns) {
    engine::Reply reply{.request = {1}};
    reply.user = engine::UserView{};
    reply.user->user_name = "M";
    reply.item = engine::ItemView{};
    reply.item->key = {"call-1"};
    reply.item->processing = engine::Processing::accepted;
    reply.item->info = std::make_shared<engine::ItemInfo>();
    reply.data = "act-1";
    EXPECT_EQ(std::get<ici::User>(reply_of(Operation::subscribe, reply, {}, {})).user_id, "M");
    EXPECT_EQ(std::get<ici::User>(reply_of(Operation::get_attributes, reply, {}, {})).user_id, "M");
    using List = std::vector<ici::TextElement>;
    EXPECT_EQ(std::get<List>(reply_of(Operation::get_possible_workmodes, reply, {}, {})).size(), 3u);
    EXPECT_EQ(std::get<List>(reply_of(Operation::get_possible_queues, reply, {}, {})).size(), 0u);
    EXPECT_EQ(std::get<List>(reply_of(Operation::get_possible_channels, reply, {}, {})).size(), 0u);
    EXPECT_EQ(std::get<ici::PhoneCall>(reply_of(Operation::make_call, reply, {}, {})).phone_call_id,
              "call-1");
    EXPECT_THAT(std::get<std::string>(reply_of(Operation::get_attached_data, reply, {}, {})),
                HasSubstr("ItemAttachedData"));
    EXPECT_EQ(std::get<std::string>(reply_of(Operation::add_action_item, reply, {}, {})), "act-1");
}

HttpRequest asked(std::string method, const std::string& target) {
    const auto query = std::min(target.find('?'), target.size());
    HttpRequest request;
    request.method = std::move(method);
    request.path = target.substr(0, query);
    request.query = target.substr(std::min(query + 1, target.size()));
    request.host = "cms.example:8080";
    return request;
}

// R-DEC-44
TEST(Endpoint, OnlyPostsUnderTheBaseAreRequests) {
    const auto status = [](std::string method, const std::string& target, std::string_view base = "/ici") {
        const auto answer = answer_without_body(asked(std::move(method), target), base);
        return answer ? answer->status : 0u;
    };
    EXPECT_EQ(status("POST", "/ici"), 0u);
    EXPECT_EQ(status("POST", "/ici/"), 0u);
    EXPECT_EQ(status("POST", "/ici/any/path?x"), 0u);
    EXPECT_EQ(status("POST", "/anything", "/"), 0u);
    EXPECT_EQ(status("POST", "/icing"), 404u);
    EXPECT_EQ(status("POST", "/"), 404u);
    EXPECT_EQ(status("GET", "/other?wsdl"), 404u);
    EXPECT_EQ(status("GET", "/ici/IciItem"), 405u);
    EXPECT_EQ(status("PUT", "/ici/IciItem"), 405u);
    EXPECT_EQ(status("GET", "/ici/IciItem?wsdl"), 200u);
    EXPECT_EQ(status("GET", "/ici/Nothing?wsdl"), 404u);
    EXPECT_EQ(answer_without_body(asked("GET", "/ici"), "/ici")->allow, "POST");
}

TEST(Endpoint, TheWsdlNamesTheAddressTheClientUsed) {
    const auto answer = answer_without_body(asked("GET", "/ici/IciItem?WSDL"), "/ici");
    EXPECT_THAT(answer->body, HasSubstr("location=\"http://cms.example:8080/ici/IciItem\""));
}

// R-STATE-8
TEST(Presence, IsFoundByNameOrItsBeginning) {
    engine::UserView anna{.user_name = "ANNA", .agent = {}, .device = {}, .logged_on = true};
    anna.status = engine::UserStatus::not_ready;
    engine::UserView andy = anna;
    andy.user_name = "Andy";
    andy.status = engine::UserStatus::busy;
    engine::UserView off;
    off.user_name = "ANTON";
    const std::vector<const engine::UserView*> users{&anna, &andy, &off};
    std::vector<std::string> asked_for;
    const Colleagues colleagues{[&](const engine::UserId& name) -> const engine::UserView* {
                                    asked_for.push_back(name.value);
                                    const auto is = [&](const auto* user) {
                                        return engine::user_id(user->user_name) == name;
                                    };
                                    const auto known = std::ranges::find_if(users, is);
                                    return known == users.end() ? nullptr : *known;
                                },
                                [&](const std::string& beginning) {
                                    asked_for.push_back(beginning + "*");
                                    auto some = users;
                                    std::erase_if(some, [&](const auto* user) {
                                        return !engine::user_id(user->user_name).value.starts_with(beginning);
                                    });
                                    return some;
                                }};
    const auto found = [&](std::vector<std::string> wanted) {
        std::string text;
        for (const auto& p : presence_list(wanted, colleagues, {}))
            text += p.user_id + "=" + p.presence_status.id + (p.options.empty() ? "" : "!") + " ";
        return text;
    };
    EXPECT_EQ(found({"an*"}), "Andy=2 ANNA=1! ");
    EXPECT_EQ(found({"*"}), "Andy=2 ANNA=1! ");
    EXPECT_EQ(found({}), "Andy=2 ANNA=1! ");
    EXPECT_EQ(found({"anton", "zoe"}), "ANTON=3 zoe=3 ");
    EXPECT_EQ(found({"zo*"}), "");
    asked_for.clear();
    EXPECT_EQ(found({"andy", "ant*"}), "Andy=2 ");
    EXPECT_THAT(asked_for, ElementsAre("ANDY", "ANT*")) << "the others are none of its business";
    EXPECT_EQ(presence_list({"ANNA"}, colleagues, {}).front().presence_status.description, "Available");
}

}  // namespace
}  // namespace cticonnector::crm
