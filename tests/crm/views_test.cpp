// What the CRM is shown: codes, texts, capabilities, attached data.
#include "views.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/ici/attached_data.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {
namespace {

using engine::Capability;
using engine::Channel;
using engine::LineState;
using engine::Processing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <class... C>
engine::Capabilities sum(C... c) {
    return static_cast<engine::Capabilities>((static_cast<unsigned>(c) | ...));
}

engine::ItemView item(Channel channel, Processing processing, LineState line = LineState::connected) {
    auto info = std::make_shared<engine::ItemInfo>();
    info->media_id = "17";
    info->queue = "20";
    info->local_number = "4711";
    info->called_number = "8005550100";
    info->remote_numbers = {"0313001234", "anonymous"};
    info->call_variables[0] = "a<b>&c";
    info->ecc = {{"user.crm.id", "7"}};
    info->title = "Order";
    info->scenario = "SCEN";
    info->scenario_text = "Scenario";
    info->fields = {{"title", "Order"}, {"objectId", "4711"}};
    const std::string document =
        "<ItemAttachedData><Application id=\"SAP-IC\"><CV01>old</CV01><MID>9</MID><ECC><x>1</x></ECC><OWN/>"
        "</Application><Application id=\"X\"><k>v</k></Application></ItemAttachedData>";
    const ici::Surroundings frame = ici::surroundings_of(*ici::read_attached_data(document));
    info->attached_data =
        std::make_shared<const engine::Document>(engine::Document{document, frame.before, frame.behind});
    engine::ItemView view;
    view.key = {"item-1"};
    view.channel = channel;
    view.processing = processing;
    view.line = line;
    view.capabilities = sum(Capability::accept, Capability::reject, Capability::reroute);
    view.external_id = "act-1";
    view.agent = {5000, "12345"};
    view.user_name = "MUELLERK";
    view.info = info;
    return view;
}

Texts german() {
    Texts texts;
    texts.work_modes = {{1001, "Pause"}, {1002, "Schulung"}};
    texts.by_code[{TextKind::call_state, 1}] = "Klingelt";
    texts.by_code[{TextKind::work_mode, 2}] = "Bereit";
    return texts;
}

engine::UserView user() {
    engine::UserView view;
    view.user_name = "MUELLERK";
    view.agent = {5000, "12345"};
    view.device = "52513";
    view.logged_on = true;
    view.workmode = 2;
    view.status = engine::UserStatus::ready;
    view.limits = {{1, 2, 0}};
    return view;
}

struct CodeCase {
    std::string_view name;
    Processing processing;
    LineState line;
    std::string_view call_status;
    std::string_view media_status;
};
class Codes : public testing::TestWithParam<CodeCase> {};

// R-DEC-57
TEST_P(Codes, AreTheDocuments) {
    const auto& c = GetParam();
    const auto call = phone_call_of(item(Channel::voice, c.processing, c.line), {}, {});
    EXPECT_EQ(call.call_status.id, c.call_status);
    EXPECT_EQ(call.processing_status.id, std::to_string(static_cast<int>(c.processing)));
    const auto chat = event_of(item(Channel::chat, c.processing), "A", {}, {});
    EXPECT_EQ(std::get<ici::event::ChatChanged>(chat).chat_session.chat_status.id, c.media_status);
    const auto action = event_of(item(Channel::action, c.processing), "A", {}, {});
    const auto& session = std::get<ici::event::ActionItemChanged>(action).action_session;
    EXPECT_EQ(session.action_status.id, c.media_status);
    EXPECT_EQ(session.capability_list.empty(), c.processing >= Processing::ended);
}
INSTANTIATE_TEST_SUITE_P(
    Processing, Codes,
    testing::Values(CodeCase{"Alerting", Processing::alerting, LineState::alerting, "1", "1"},
                    CodeCase{"Connected", Processing::accepted, LineState::connected, "2", "2"},
                    CodeCase{"Held", Processing::accepted, LineState::held, "3", "2"},
                    CodeCase{"Dialling", Processing::accepted, LineState::dialling, "4", "2"},
                    CodeCase{"WrapUp", Processing::wrapup, LineState::ended, "8", "4"},
                    CodeCase{"Ended", Processing::ended, LineState::ended, "6", "3"},
                    CodeCase{"Failed", Processing::ended, LineState::failed, "7", "3"},
                    CodeCase{"Rerouted", Processing::rerouted, LineState::ended, "6", "3"},
                    CodeCase{"Transferred", Processing::transferred, LineState::ended, "6", "3"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(PhoneCall, IsWholeAndInTheAgentsLanguage) {  // R-LOGIN-11
    NumberRules numbers;
    numbers.national = {{"0", "41"}};
    const auto call = phone_call_of(item(Channel::voice, Processing::alerting), german(), numbers);
    EXPECT_EQ(call.phone_call_id, "item-1");
    EXPECT_EQ(call.direction, "in");
    EXPECT_EQ(call.local_number, "4711");
    EXPECT_EQ(call.called_number, "8005550100");
    EXPECT_THAT(call.remote_numbers, ElementsAre("+41313001234"));  // R-CALL-4: anonymous is left out
    EXPECT_EQ(call.queue.id, "20");
    EXPECT_EQ(call.call_status.description, "Klingelt");
    EXPECT_EQ(call.processing_status.description, "Alerting");
    EXPECT_THAT(call.capability_list, ElementsAre("accept", "reject", "reroute"));
    auto outbound = *item(Channel::voice, Processing::accepted).info;
    outbound.outbound = true;
    engine::ItemView dialled = item(Channel::voice, Processing::accepted);
    dialled.info = std::make_shared<engine::ItemInfo>(outbound);
    EXPECT_EQ(phone_call_of(dialled, {}, {}).direction, "out");
}

TEST(Capabilities, AreSpelledLikeTheOperations) {
    auto view = item(Channel::voice, Processing::accepted);
    view.capabilities = 0x1FF;
    EXPECT_THAT(phone_call_of(view, {}, {}).capability_list,
                ElementsAre("accept", "reject", "reroute", "drop", "forward", "complete", "setAttachedData",
                            "wrapUpRequired", "wrapUpEnded"));
}

// R-DATA-1, R-DATA-4, R-DEC-54
TEST(AttachedData, IsTheCrmsOwnWithOursReplaced) {
    const auto info = item(Channel::voice, Processing::alerting).info;
    const auto data = ici::read_attached_data(attached_data_of(*info));
    ASSERT_TRUE(data);
    EXPECT_EQ(data->call_variables[0], "a<b>&c");
    EXPECT_EQ(data->media_id, "17");
    EXPECT_THAT(data->ecc, ElementsAre(ici::EccVariable{"user_crm_id", "7"}));
    EXPECT_THAT(data->other_elements, ElementsAre("<OWN/>"));
    EXPECT_THAT(data->other_applications, ElementsAre("<Application id=\"X\"><k>v</k></Application>"));
}

TEST(AttachedData, IsWrittenWithoutADocumentToo) {
    engine::ItemInfo info;
    info.media_id = "5";
    const auto data = ici::read_attached_data(attached_data_of(info));
    ASSERT_TRUE(data);
    EXPECT_EQ(data->media_id, "5");
}

TEST(ActionItem, RepeatsWhatTheCrmGave) {
    const auto event = event_of(item(Channel::action, Processing::alerting), "APP", {}, {});
    const auto& changed = std::get<ici::event::ActionItemChanged>(event);
    EXPECT_THAT(changed.app_ids, ElementsAre("APP"));
    EXPECT_EQ(changed.action_session.action_session_id, "item-1");
    EXPECT_EQ(changed.action_session.title, "Order");
    EXPECT_EQ(changed.action_item_id, "act-1");
    EXPECT_EQ(changed.scenario_id, (ici::TextElement{"SCEN", "Scenario"}));
    EXPECT_EQ(changed.item_data.title, "Order");
    EXPECT_EQ(changed.item_data.object_id, "4711");
    EXPECT_EQ(changed.item_data.attached_data,
              item(Channel::action, Processing::alerting).info->attached_data->text);
    EXPECT_THAT(changed.user_ids, ElementsAre(ici::Participant{"MUELLERK", "12345", "agent"}));
}

TEST(Chat, NamesCustomerAndAgent) {
    const auto event = event_of(item(Channel::chat, Processing::alerting), "APP", {}, {});
    const auto& chat = std::get<ici::event::ChatChanged>(event).chat_session;
    EXPECT_EQ(chat.chat_session_id, "item-1");
    EXPECT_EQ(chat.chat_participants.front().type, "customer");
    EXPECT_EQ(chat.chat_participants.back().id, "MUELLERK");
}

TEST(ItemWithoutData, CanBeShown) {
    engine::ItemView view;
    view.channel = Channel::voice;
    view.processing = Processing::alerting;
    EXPECT_THAT(phone_call_of(view, {}, {}).remote_numbers, IsEmpty());
}

// R-DEC-45
TEST(User, OffersTheStandardModesAndTheFiles) {
    const auto shown = user_of(user(), german());
    EXPECT_EQ(shown.user_id, "MUELLERK");
    EXPECT_EQ(shown.workcenter_id, "52513");
    EXPECT_TRUE(shown.logged_on);
    EXPECT_EQ(shown.current_workmode, (ici::TextElement{"2", "Bereit"}));
    EXPECT_THAT(shown.possible_workmodes,
                ElementsAre(ici::TextElement{"1", "Logged off"}, ici::TextElement{"2", "Bereit"},
                            ici::TextElement{"3", "Not ready"}, ici::TextElement{"1001", "Pause"},
                            ici::TextElement{"1002", "Schulung"}));
    EXPECT_THAT(shown.current_channels,
                ElementsAre(ici::TextElement{"1", "Phone"}, ici::TextElement{"4", "Action item"}));
    EXPECT_EQ(shown.user_status, (ici::TextElement{"2", "Ready"}));
}

// R-STATE-1
TEST(User, HasAReasonOnlyIfTheLanguageHasItsText) {
    auto view = user();
    view.workmode = 1002;
    EXPECT_EQ(user_of(view, german()).current_workmode, (ici::TextElement{"1002", "Schulung"}));
    view.workmode = 1003;
    EXPECT_EQ(user_of(view, german()).current_workmode.id, "3");
    EXPECT_EQ(user_of(view, Texts{}).current_workmode.id, "3");
    view.workmode = 4;
    EXPECT_EQ(user_of(view, german()).current_workmode.id, "4");
}

// R-HA-6
TEST(User, RecognisesALostContactCenter) {
    auto view = user();
    view.contact_center_lost = true;
    EXPECT_EQ(user_of(view, {}).user_status.description, "Contact center is not reachable");
}

// R-DEC-34
TEST(SubscriptionEnded, HasTheReasonsCode) {
    for (int code = 1; code <= 5; ++code) {
        const auto event = event_of(static_cast<engine::EndReason>(code), "APP", {}, {});
        EXPECT_EQ(std::get<ici::event::SubscriptionEnded>(event).reason.id, std::to_string(code));
        EXPECT_EQ(ici::kind_of(event), kind_of(Shown{static_cast<engine::EndReason>(code)}));
    }
}

TEST(Kind, IsThatOfTheEvent) {
    for (const Channel channel : engine::channels) {
        const Shown shown = item(channel, Processing::alerting);
        EXPECT_EQ(kind_of(shown), ici::kind_of(event_of(shown, "A", {}, {})));
    }
    EXPECT_EQ(kind_of(Shown{user()}), ici::EventKind::user_changed);
}

}  // namespace
}  // namespace cticonnector::crm
