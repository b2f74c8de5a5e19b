// The words of log, explanations and admin answers: one for each value, and those that other people's scripts
// know.
#include <gmock/gmock.h>

#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/engine.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/work_center.hpp"
#include "engine/enumerators.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::ElementsAreArray;

template <class E>
class Words : public ::testing::Test {};
using Enumerations =
    ::testing::Types<Channel, Origin, Why, Source, Check, Verdict, Refusal, Part, LoginError, Failure,
                     MediumState, Fault, UserStatus, Processing, EndReason, WaitReason, Departure,
                     RouteReason, SessionState, Phase, ItemState, Front, Placement, LineState, WorkState,
                     TaskEnd, Showing, DueFor, NotReadyBy, CrmHealth, OwnNotReady, Routable, Errand, What,
                     TextId, Purpose, Where>;
TYPED_TEST_SUITE(Words, Enumerations);

TYPED_TEST(Words, AreOneForEachValue) {
    const auto all = all_enumerators<TypeParam>();
    EXPECT_THAT(enumerators<TypeParam>(), ElementsAreArray(all)) << "one is not described";
    std::set<std::string_view> words;
    for (const TypeParam value : all) {
        const std::string_view word = name(value);
        EXPECT_TRUE(words.insert(word).second) << word;
        EXPECT_EQ(from_word<TypeParam>(word), value);
        EXPECT_TRUE(!word.empty() || value == TypeParam{}) << "only none has no word";
        for (const char c : word)
            EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') << word;
    }
    EXPECT_GT(words.size(), 1u);
}

struct Known {
    std::string_view enumeration;
    std::vector<std::string_view> words, expected;
};
void PrintTo(const Known& known, std::ostream* out) { *out << known.enumeration; }

template <class E>
Known known(std::string_view enumeration, std::vector<std::string_view> expected) {
    std::vector<std::string_view> words;
    for (const E value : enumerators<E>()) words.push_back(name(value));
    return {enumeration, std::move(words), std::move(expected)};
}

class KnownWords : public ::testing::TestWithParam<Known> {};
TEST_P(KnownWords, StayAsTheyAre) { EXPECT_EQ(GetParam().words, GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Of, KnownWords,
    ::testing::Values(
        known<Channel>("Channel", {"voice", "action", "chat"}),
        known<Front>("Front", {"sap", "desk", "chat", "operator"}),
        known<Origin>("Origin", {"crm", "cc", "connector"}),
        known<Why>("Why", {"asked", "login", "supervisor", "A0", "A1", "no_reason", "RONA", "crm_gone",
                           "crm_back", "link_lost", "link_back", "logout_wish", "after_call"}),
        known<Source>("Source", {"default", "ini", "login", "crm"}),
        known<Placement>("Placement", {"new", "default"}),
        known<Check>("Check", {"logged_in", "crm_alive", "not_held", "no_voice_active", "visible",
                               "channel_limit", "item_maximum", "http_budget"}),
        known<Verdict>("Verdict", {"admit", "hidden", "duplicate", "refuse"}),
        known<Refusal>("Refusal",
                       {"", "not_logged_in", "crm_gone", "voice_active", "A1", "A0", "not_ready_on_its_way"}),
        known<Part>("Part", {"regular", "buffer"}),
        known<LoginError>("LoginError",
                          {"malformed", "action_count_above_maximum", "chat_count_above_maximum",
                           "total_above_item_maximum", "illegal_combination", "media_not_served"}),
        known<Failure>("Failure", {"none", "unknown_agent", "wrong_password", "invalid_device",
                                   "already_logged_on", "already_in_medium", "task_on_its_way",
                                   "task_unknown", "invalid_destination", "no_link", "unsent", "other"}),
        known<MediumState>("MediumState", {"logged_out", "not_ready", "ready", "reserved", "active", "paused",
                                           "work_ready", "work_not_ready", "interrupted"}),
        known<Fault>("Fault", {"none", "NOT_SUBSCRIBED", "LOGON_FAILED", "ALREADY_LOGGED_ON",
                               "INVALID_WORKCENTER", "INVALID_WORKMODE", "UNKNOWN_ITEM", "INVALID_STATE",
                               "INVALID_DESTINATION", "NOT_SUPPORTED", "UNAVAILABLE"}),
        known<UserStatus>("UserStatus", {"logged_off", "ready", "not_ready", "reserved", "busy", "wrapup"}),
        known<Processing>("Processing",
                          {"alerting", "accepted", "wrapup", "ended", "rerouted", "transferred"}),
        known<EndReason>("EndReason", {"shutting_down", "contact_center_lost", "logged_off_in_contact_center",
                                       "replaced", "crm_session_lost"}),
        known<WaitReason>("WaitReason", {"due", "delayed", "mr_down", "mr_up", "retry", "closing_session"}),
        known<Departure>("Departure",
                         {"not_answered", "failed", "customer_left", "deleted", "agent_logged_out"}),
        known<RouteReason>("RouteReason", {"", "RONA", "REJECT", "REROUTE", "RESTART", "TIMEOUT"}),
        known<SessionState>("SessionState", {"dialling", "alerting", "active", "held", "paused",
                                             "interrupted", "wrapup", "closing"}),
        known<Phase>("Phase", {"logging_in", "logged_in", "logging_out", "logged_off"}),
        known<ItemState>("ItemState", {"storing", "waiting", "routing", "offered", "active", "parked"})),
    [](const auto& known) { return std::string(known.param.enumeration); });

TEST(WordsOfRequests, StayAsTheyAre) {
    std::vector<std::string_view> words;
    for (const Purpose purpose : enumerators<Purpose>()) words.push_back(wanted(purpose));
    EXPECT_THAT(words,
                ::testing::ElementsAre("query", "check_password", "login", "login_to_mrd", "task_limit",
                                       "find_work", "not_ready", "logout", "logout_of_mrd", "ready",
                                       "not_ready", "not_ready", "not_routable", "answer", "clear",
                                       "not_ready", "dial", "wrapup", "leave_wrapup", "query", "find_work"));
}

}  // namespace
}  // namespace cticonnector::engine::testing
