#include "cticonnector/protocol/ged188/dump.hpp"

#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;

namespace {

constexpr Version wide{24};
constexpr std::string_view heartbeat = "00000004 00000005 00000007";
constexpr std::string_view heartbeat_text = "0: HEARTBEAT_REQ (5), 4 bytes\n    InvokeID = 7\n";

std::string binary(std::string_view hex) {
    const Bytes bytes = read_hex(hex).bytes;
    return {bytes.begin(), bytes.end()};
}

TEST(Dump, ReadsRawBytes) {
    const Dump result = dump(binary(heartbeat), wide);
    EXPECT_EQ(result.text, heartbeat_text);
    EXPECT_EQ(result.problems, 0u);
}

TEST(Dump, ReadsHexInEveryCommonForm) {
    for (const std::string_view input : {
             "000000040000000500000007",
             "00 00 00 04 00 00 00 05 00 00 00 07\n",
             "0x00,0x00,0x00,0x04\r\n0x00,0x00,0x00,0x05\r\n0x00,0x00,0x00,0x07\r\n",
             "0x00000004 0x00000005 # type\n# a comment alone\n\n\t00000007",
             "00000000: 0000 0004 0000 0005 0000 0007  ............\n",
             "00000000  00 00 00 04 00 00 00 05  00 00 00 07              |............|\n0000000c\n|",
             "0000 00 00 00 04 00 00 00 05\n0008 00 00 00 07\n",
         }) {
        const Dump result = dump(input, wide);
        EXPECT_EQ(result.text.substr(0, heartbeat_text.size()), heartbeat_text) << input;
    }
}

TEST(Dump, TakesTheGoldenFilesAsTheyAre) {
    const Dump result = dump(golden_text("set_agent_state_req"), wide);
    EXPECT_EQ(result.problems, 0u);
    EXPECT_EQ(result.text,
              "0: SET_AGENT_STATE_REQ (38), 47 bytes\n"
              "    InvokeID = 46\n"
              "    PeripheralID = 5000\n"
              "    AgentState = AGENT_STATE_LOGIN(0)\n"
              "    AgentWorkMode = AWM_UNSPECIFIED(0)\n"
              "    NumSkillGroups = 0\n"
              "    EventReasonCode = 0\n"
              "    ForcedFlag = AGENT_AUTHENTICATION_ONLY(2)\n"
              "    AgentServiceReq = 0x0\n"
              "    AgentInstrument = ***\n"
              "    AgentID = ***\n"
              "    AgentPassword = ***\n");
}

// R-DEC-59: what print_masked() hides is no fault of the message, not even that its last byte is not seen.
TEST(Dump, TakesAMaskedTextForAWholeOne_R_DEC_89) {
    const auto dumped = [](const auto& message, Version version) {
        Bytes bytes;
        EXPECT_TRUE(encode(message, version, bytes));
        return dump(wire::print_masked(protocol, frame_of(bytes), version), version);
    };
    for (const Version version : {Version{15}, wide}) {
        const Dump log_on =
            dumped(SetAgentStateReq{.agent_instrument = "3001", .agent_id = "1001", .agent_password = "pw"},
                   version);
        EXPECT_EQ(log_on.problems, 0u) << log_on.text;
        EXPECT_NE(log_on.text.find("AgentID = ***"), std::string::npos);
        EXPECT_EQ(dumped(QueryAgentStateReq{.agent_id = "1001"}, version).problems, 0u);
        EXPECT_EQ(dumped(OpenReq{.client_id = "a", .client_password = ""}, version).problems, 0u);
    }
}

TEST(ReadHex, EndsEachMaskedTextInNul) {
    EXPECT_EQ(read_hex("05****** 06**").bytes, (Bytes{5, '*', '*', 0, 6, 0}));
    EXPECT_EQ(read_hex("** **\n**").bytes, (Bytes{'*', '*', 0}));
}

TEST(Dump, SaysWhereEachMessageBegins) {
    const Dump result = dump(std::string{heartbeat} + " 00000000 00000115 00000004 00000006 00000007", wide);
    EXPECT_EQ(result.text, std::string{heartbeat_text} +
                               "12: STANDBY_ACTIVE_EVENT_MSG (277), 0 bytes\n"
                               "20: HEARTBEAT_CONF (6), 4 bytes\n    InvokeID = 7\n");
}

TEST(Dump, GoesOnBehindAMessageThatIsBroken) {
    const Dump result =
        dump("00000003 00000005 000000 00000002 0000FFFF 0102 00000004 00000005 00000007", wide);
    EXPECT_EQ(result.text,
              "0: HEARTBEAT_REQ (5), 3 bytes\n"
              "    ! InvokeID: the body ends inside the fixed part (3, limit 4) at byte 8\n"
              "11: unknown message (65535), 2 bytes\n"
              "    ! no such message: 0102\n"
              "21: HEARTBEAT_REQ (5), 4 bytes\n    InvokeID = 7\n");
    EXPECT_EQ(result.problems, 2u);
}

TEST(Dump, TellsWhereAFieldIsOdd) {
    // Tag 54 is unassigned, 97 belongs to OPEN_REQ.
    const Dump result = dump("00000010 00000005 00000007 0036 0000 0061 0004 00001388", wide);
    EXPECT_EQ(result.text,
              "0: HEARTBEAT_REQ (5), 16 bytes\n    InvokeID = 7\n"
              "    ! tag 54 at byte 12: 1 unknown tag\n"
              "    ! tag 97 APP_PATH_ID_TAG at byte 16: 1 unknown tag\n");
    EXPECT_EQ(result.problems, 2u);
}

TEST(Dump, TellsWhatIsOddAboutAWholeMessage) {
    // AGENT_TASKS_RESP announces three tasks and brings none.
    const Dump counted = dump("0000000A 00000100 00000001 00000000 0003", wide);
    EXPECT_TRUE(counted.text.ends_with("    NumTasks = 3\n    ! 1 count that disagrees\n")) << counted.text;
    EXPECT_EQ(counted.problems, 1u);
}

TEST(Dump, StopsWhereNoMessageCanBegin) {
    const Dump result = dump("00000004 00000005 00000007 4E6F7420 0000", wide);
    EXPECT_EQ(result.problems, 1u);
    EXPECT_TRUE(result.text.ends_with("! the capture ends inside the message at byte 12: 6 bytes of 8\n"));

    const Dump length = dump("00000004 00000005 00000007 4E6F7420 00000000", wide);
    EXPECT_TRUE(length.text.ends_with(
        "! no message can begin at byte 12: it would be 1315927080 bytes long, limit 12500\n"))
        << length.text;
}

TEST(Dump, UsesTheVersionOfTheSession) {
    const std::string text = golden_text("open_req_narrow");
    EXPECT_EQ(dump(text, Version{15}).problems, 0u);
    EXPECT_EQ(dump(text, wide).problems, 1u);
    EXPECT_EQ(dump(text, Version{15}).text.find("secret"), std::string::npos);
}

TEST(Dump, NamesTheLineThatIsNotHexadecimal) {
    const Dump result = dump("00000004\n00000005 0000zz07\n", wide);
    EXPECT_EQ(result.problems, 2u);
    EXPECT_TRUE(result.text.ends_with("! line 2: '0000zz07' is not whole bytes in hexadecimal\n"))
        << result.text;
    EXPECT_EQ(read_hex("0 00").problem, "line 1: '0' is not whole bytes in hexadecimal");
    EXPECT_EQ(read_hex("0x").problem, "line 1: '0x' is not whole bytes in hexadecimal");
}

TEST(Dump, OfNothingIsNothing) {
    EXPECT_EQ(dump("", wide).text, "");
    EXPECT_EQ(dump("# only a comment\n", wide).problems, 0u);
}

}  // namespace
