#include "cticonnector/protocol/ici/codes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::ici {
namespace {

template <class E>
class CodeList : public testing::Test {};

using Lists = testing::Types<Workmode, Channel, ProcessingStatus, CallStatus, ChatStatus, ActionStatus,
                             UserStatus, PresenceStatus, PresenceOption, Direction, ParticipantType,
                             RerouteReason, EndReason, ErrorId>;
TYPED_TEST_SUITE(CodeList, Lists);

TYPED_TEST(CodeList, HasOneIdAndTextForEachEnumerator) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < names::codes<TypeParam>.size(); ++i) {
        const auto& row = names::codes<TypeParam>[i];
        EXPECT_EQ(static_cast<std::size_t>(row.code), i);
        EXPECT_TRUE(ids.insert(row.id).second) << row.id;
        EXPECT_FALSE(row.text.empty());
        EXPECT_EQ(from_id<TypeParam>(row.id), row.code);
        EXPECT_EQ(text_element(row.code), (TextElement{std::string(row.id), std::string(row.text)}));
    }
    EXPECT_EQ(from_id<TypeParam>("no such id"), std::nullopt);
    EXPECT_EQ(from_id<TypeParam>(""), std::nullopt);
}

template <class E>
std::string ids() {
    std::string all;
    for (const auto& row : names::codes<E>) all.append(row.id).append(" ");
    return all;
}

// ici.md section 6 and 11, R-DEC-34
TEST(Codes, AreThoseOfTheInterface) {
    EXPECT_EQ(ids<Workmode>(), "1 2 3 4 ");
    EXPECT_EQ(ids<Channel>(), "1 2 3 4 ");
    EXPECT_EQ(ids<ProcessingStatus>(), "1 2 3 4 5 6 ");
    EXPECT_EQ(ids<CallStatus>(), "1 2 3 4 5 6 7 8 ");
    EXPECT_EQ(ids<ChatStatus>(), "1 2 3 4 ");
    EXPECT_EQ(ids<ActionStatus>(), "1 2 3 ");
    EXPECT_EQ(ids<UserStatus>(), "1 2 3 4 5 6 ");
    EXPECT_EQ(ids<PresenceStatus>(), "1 2 3 ");
    EXPECT_EQ(ids<PresenceOption>(), "call blindTransfer warmTransfer ");
    EXPECT_EQ(ids<Direction>(), "in out ");
    EXPECT_EQ(ids<ParticipantType>(), "agent customer queue ");
    EXPECT_EQ(ids<RerouteReason>(), "A0 A1 M0 ");
    EXPECT_EQ(ids<EndReason>(), "1 2 3 4 5 ");
    EXPECT_EQ(
        ids<ErrorId>(),
        "NOT_SUBSCRIBED LOGON_FAILED ALREADY_LOGGED_ON INVALID_WORKCENTER INVALID_WORKMODE UNKNOWN_ITEM "
        "INVALID_STATE INVALID_DESTINATION NOT_SUPPORTED UNAVAILABLE UNKNOWN_APPID INTERNAL ");
}

TEST(Codes, HaveTheTextsOfTheInterface) {
    EXPECT_EQ(text_element(ProcessingStatus::transferred), (TextElement{"6", "Transferred"}));
    EXPECT_EQ(text_element(CallStatus::dialing), (TextElement{"4", "Dialing"}));
    EXPECT_EQ(text_element(ChatStatus::active), (TextElement{"2", "Active"}));
    EXPECT_EQ(text_element(UserStatus::not_ready), (TextElement{"3", "NotReady"}));
    EXPECT_EQ(text_element(EndReason::shutting_down),
              (TextElement{"1", "Communication system is shutting down"}));
}

std::string capability_names(Channel channel, ItemState state) {
    std::string all;
    for (auto operation : capabilities(channel, state)) all.append(operation_name(operation)).append(" ");
    return all;
}

// ici.md section 6, "capabilityList"
TEST(Capabilities, AreThoseOfTheTable) {
    for (auto channel : {Channel::phone, Channel::chat, Channel::action_item, Channel::email})
        EXPECT_EQ(capability_names(channel, ItemState::alerting), "accept reject reroute ");
    EXPECT_EQ(capability_names(Channel::phone, ItemState::active),
              "drop hold consult blindTransfer sendDtmf setAttachedData wrapUpRequired ");
    EXPECT_EQ(capability_names(Channel::phone, ItemState::held), "retrieve drop ");
    EXPECT_EQ(capability_names(Channel::phone, ItemState::held_with_consult_leg),
              "toggle warmTransfer conference retrieve ");
    EXPECT_EQ(capability_names(Channel::phone, ItemState::wrap_up), "wrapUpEnded setAttachedData ");
    EXPECT_EQ(capability_names(Channel::chat, ItemState::active),
              "post leave forward setAttachedData wrapUpRequired ");
    EXPECT_EQ(capability_names(Channel::chat, ItemState::wrap_up), "wrapUpEnded setAttachedData ");
    EXPECT_EQ(capability_names(Channel::chat, ItemState::held), "");
    EXPECT_EQ(capability_names(Channel::action_item, ItemState::active),
              "complete forward reroute setAttachedData ");
    EXPECT_EQ(capability_names(Channel::action_item, ItemState::wrap_up), "");
    EXPECT_EQ(capability_names(Channel::email, ItemState::active), "close forward reroute ");
}

TEST(LanguageCode, IsTwoCapitalsOfWhateverWasSent_R_DEC_78) {
    for (const auto german : {"DE", "de", "de-DE", "de_CH", "D"})
        EXPECT_EQ(language_code(german), "DE") << german;
    const std::map<std::string, std::string> keys{{"E", "EN"}, {"F", "FR"}, {"I", "IT"},
                                                  {"S", "ES"}, {"P", "PT"}, {"N", "NL"},
                                                  {"1", "ZH"}, {"A", "AR"}, {"a", "AF"}};
    for (const auto& [key, code] : keys) EXPECT_EQ(language_code(key), code);
    EXPECT_EQ(language_code(""), "");
    EXPECT_EQ(language_code("d"), "") << "SAP's keys mind case";
    EXPECT_EQ(language_code("pt-BR"), "PT");
}

TEST(LanguageCode, OfEachKeyIsItsOwn_R_DEC_78) {
    std::set<char> keys;
    std::set<std::string_view> codes;
    for (const auto& row : names::languages) {
        EXPECT_TRUE(keys.insert(row.key).second) << row.key;
        EXPECT_TRUE(codes.insert(row.code).second) << row.code;
        EXPECT_EQ(language_code(row.code), row.code);
    }
}

}  // namespace
}  // namespace cticonnector::ici
