#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using namespace std::string_view_literals;

namespace {

constexpr Version wide{24};

template <class M>
std::string printed(const M& message) {
    Bytes bytes;
    EXPECT_TRUE(encode(message, wide, bytes));
    return print(frame_of(bytes), wide);
}

TEST(Print, NamesMessageFieldsAndEnumerators) {
    const Bytes bytes = golden_bytes("agent_state_event");
    const std::string line = print(frame_of(bytes), wide);
    EXPECT_TRUE(
        line.starts_with("AGENT_STATE_EVENT MonitorID=0 PeripheralID=5000 SessionID=42 "
                         "PeripheralType=PT_ENTERPRISE_AGENT(17) SkillGroupState=AGENT_STATE_AVAILABLE(3)"))
        << line;
    EXPECT_NE(line.find(" AgentState=AGENT_STATE_TALKING(4) "), std::string::npos);
    EXPECT_NE(line.find(" AgentID=\"1001\" "), std::string::npos);
    EXPECT_NE(line.find(" FltSkillGroupNumber=-1 "), std::string::npos);
}

TEST(Print, ShowsMasksByTheirBits) {
    const std::string line = printed(OpenReq{
        .peripheral_id = 0xFFFFFFFF, .services_requested = 0x411, .client_id = "a", .client_password = ""});
    EXPECT_NE(line.find(" PeripheralID=0xFFFFFFFF "), std::string::npos) << line;
    EXPECT_NE(line.find(" ServicesRequested=CTI_SERVICE_CLIENT_EVENTS|CTI_SERVICE_ALL_EVENTS|"),
              std::string::npos)
        << line;
    EXPECT_NE(line.find("(0x411) "), std::string::npos) << line;
}

TEST(Print, ShowsTheStatusOfItsOwnService) {
    EXPECT_EQ(printed(FailureConf{.invoke_id = 1, .status = 18}),
              "FAILURE_CONF InvokeID=1 Status=E_CTI_INVALID_TIMEOUT(18)");
    EXPECT_EQ(printed(FailureResp{1, 18}),
              "FAILURE_RESP InvokeID=1 Status=E_ARM_STAT_TASK_OBJECT_NOT_FOUND(18)");
}

TEST(Print, ShowsComposedValues) {
    TaskInitInd init{
        .task_id = {1, -2, 3}, .named_variables = {{"user.a", "x\"y\n"}}, .named_arrays = {{4, "b", "c"}}};
    EXPECT_EQ(printed(init),
              "TASK_INIT_IND InvokeID=0 MRDID=0 ICMAgentID=0 TaskID=1:-2:3 TaskState=TASK_STATE_PRE_CALL(0) "
              "NamedVariable=user.a=\"x\\\"y\\x0A\" NamedArray=b[4]=\"c\"");
    EXPECT_NE(printed(AgentPreCallEvent{.flt_enabled_services = {1, 9}})
                  .find("FltEnabledServices=[AGENT_ANSWERS(1), 9]"),
              std::string::npos);
    EXPECT_NE(printed(BeginCallEvent{.user_to_user_info = "\x00\xFF"sv}).find("UserToUserInfo=00ff"),
              std::string::npos);
}

TEST(Print, HexShowsAllButTheBytesOfASecret) {
    Bytes bytes;
    ASSERT_TRUE(encode(SetAgentStateReq{.agent_password = "pw", .position_id = "1001"}, wide, bytes));
    const std::string plain = wire::print_hex(bytes);
    const auto at = plain.find("0003707700");
    ASSERT_NE(at, std::string::npos);
    std::string masked = plain;
    masked.replace(at + 4, 6, "******");
    EXPECT_EQ(wire::print_masked(protocol, frame_of(bytes), wide), masked);
    const Bytes event = golden_bytes("agent_state_event");
    EXPECT_EQ(wire::print_masked(protocol, frame_of(event), wide), wire::print_hex(event));
}

// R-DEC-59, R-DEC-69: a password may have been typed into any field of the work center string. What asks for
// a log-on shows none of them; answers and events, whose agent the contact center knows, show theirs.
TEST(Print, R_DEC_59_ShowsNoFieldOfALogOn) {
    const auto hex_of = [](std::string_view text) {
        return wire::print_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    };
    const auto check = [&](const auto& message, bool shown) {
        Bytes bytes;
        ASSERT_TRUE(encode(message, wide, bytes));
        const std::string hex = wire::print_masked(protocol, frame_of(bytes), wide);
        for (const std::string_view field : {"slipped1", "slipped2"}) {
            EXPECT_EQ(printed(message).find(field) != std::string::npos, shown) << printed(message);
            EXPECT_EQ(hex.find(hex_of(field)) != std::string::npos, shown) << hex;
        }
    };
    check(QueryAgentStateReq{.agent_id = "slipped1"}, false);
    check(
        SetAgentStateReq{
            .agent_instrument = "slipped1", .agent_id = "slipped2", .agent_password = "slipped1"},
        false);
    check(QueryAgentStateConf{.agent_id = "slipped1", .agent_instrument = "slipped2"}, true);
    check(AgentStateEvent{.agent_id = "slipped1", .agent_instrument = "slipped2"}, true);
}

TEST(Print, NeverShowsAPassword) {
    const std::string login = printed(SetAgentStateReq{.agent_id = "1001", .agent_password = "hidden"});
    EXPECT_NE(login.find(" AgentPassword=***"), std::string::npos);
    EXPECT_EQ(login.find("hidden"), std::string::npos);
    const std::string open = printed(OpenReq{.client_id = "a", .client_password = "hidden"});
    EXPECT_NE(open.find(" ClientPassword=***"), std::string::npos);
    EXPECT_EQ(open.find(wire::print_hex(std::vector<std::uint8_t>{'h', 'i', 'd'})), std::string::npos);
}

TEST(Print, SaysWhatCannotBeDecoded) {
    const Bytes three{1, 2, 3};
    EXPECT_EQ(print({9999, three}, wide), "message 9999 (the message type is unknown (9999) at byte 0)");
    EXPECT_EQ(print({HeartbeatReq::type, three}, wide),
              "HEARTBEAT_REQ (InvokeID: the body ends inside the fixed part (3, limit 4) at byte 0)");
    EXPECT_EQ(print({189, three}, wide), "AGENT_LEGACY_PRE_CALL_EVENT body=010203");
    const Bytes extra{0, 0, 0, 1, 0, 99, 0, 0};
    EXPECT_EQ(print({HeartbeatReq::type, extra}, wide), "HEARTBEAT_REQ InvokeID=1 (1 unknown tag)");
}

TEST(Names, OfMessagesAndEnumerators) {
    EXPECT_EQ(name_of(BeginCallEvent::type), "BEGIN_CALL_EVENT");
    EXPECT_EQ(wire::name_of(AgentState::names, AgentState::AGENT_STATE_NOT_READY), "AGENT_STATE_NOT_READY");
    EXPECT_EQ(protocol.tag_name(97), "APP_PATH_ID_TAG");
    EXPECT_EQ(protocol.tag_name(54), "");
    EXPECT_EQ(protocol.find("NO_SUCH_MESSAGE"), nullptr);
}

}  // namespace
