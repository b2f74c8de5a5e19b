// What the encoder refuses and what it leaves out.

#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using wire::WireError;

namespace {

constexpr Version wide{24};

template <class M>
wire::Error refused(const M& message, Version version = wide) {
    Bytes out{1, 2, 3};
    const auto done = encode(message, version, out);
    EXPECT_FALSE(done);
    EXPECT_EQ(out, (Bytes{1, 2, 3}));
    return done ? wire::Error{} : done.error();
}

template <class M>
std::size_t size_of(const M& message, Version version = wide) {
    Bytes out;
    const auto done = encode(message, version, out);
    EXPECT_TRUE(done);
    return out.size();
}

TEST(Encode, AppendsToTheCallersBytes) {
    Bytes out{0xAA};
    ASSERT_TRUE(encode(HeartbeatReq{7}, wide, out));
    ASSERT_TRUE(encode(CloseConf{8}, wide, out));
    EXPECT_EQ(wire::print_hex(out), "aa000000040000000500000007000000040000000800000008");
}

TEST(Encode, RefusesATextAboveItsMaximum) {
    const std::string id(12, '1');  // AgentID is STRING(12) with its NUL
    MediaLoginReq login{.agent_id = std::string_view{id}.substr(1)};
    EXPECT_EQ(size_of(login), 8u + 20 + 4 + 12);
    login.agent_id = id;
    const wire::Error error = refused(login);
    EXPECT_EQ(error.code, WireError::field_too_long);
    EXPECT_EQ(error.field, "AgentID");
    EXPECT_EQ(error.size, 13u);
    EXPECT_EQ(error.limit, 12u);
}

TEST(Encode, RefusesANulInsideAText) {
    EXPECT_EQ(refused(MediaLoginReq{.agent_id = std::string_view{"1\0", 2}}).code, WireError::bad_text);
    EXPECT_EQ(refused(TaskInitInd{.named_variables = {{std::string_view{"a\0b", 3}, "1"}}}).code,
              WireError::bad_text);
}

TEST(Encode, RefusesANamedVariableWithoutName) {
    EXPECT_EQ(refused(TaskInitInd{.named_variables = {{"", "1"}}}).code, WireError::bad_value);
    EXPECT_EQ(refused(TaskInitInd{.named_arrays = {{1, "", "1"}}}).code, WireError::bad_value);
}

TEST(Encode, RefusesTooMuchNamedData) {
    // Together at most 2000 bytes (GED-188 section 3): ten of 200 fit, one byte more does not.
    const std::string value(194, 'v');
    BeginCallEvent event{};
    for (int i = 0; i < 10; ++i) event.named_variables.push_back({"name", value});
    EXPECT_EQ(size_of(event), 8u + 26 + 10 * (4 + 200));
    event.named_arrays.push_back({0, "a", ""});
    const wire::Error error = refused(event);
    EXPECT_EQ(error.code, WireError::too_much_named);
    EXPECT_EQ(error.size, 2004u);
    EXPECT_EQ(error.limit, 2000u);
}

TEST(Encode, RefusesAMessageAboveTheLimitOfItsVersion) {
    // Parties are the longest list: each takes 4 + 4, 2 + 4 and 64 + 4 bytes.
    const std::string device(63, '1');
    CallConferencedEvent event{};
    for (int i = 0; i < 70; ++i) event.parties.push_back({1, 0, device});
    EXPECT_EQ(size_of(event, Version{20}), 8u + 46 + 70 * 82);
    const wire::Error error = refused(event, Version{19});
    EXPECT_EQ(error.code, WireError::message_too_long);
    EXPECT_EQ(error.limit, 4329u);
}

TEST(Encode, RefusesAMissingRequiredField) {
    const wire::Error error = refused(OpenReq{.client_id = "ClientID"});
    EXPECT_EQ(error.code, WireError::missing_required);
    EXPECT_EQ(error.field, "ClientPassword");
}

TEST(Encode, RefusesAMessageThatTheVersionDoesNotHave) {
    const wire::Error error = refused(SnapshotTaskReq{}, Version{19});
    EXPECT_EQ(error.code, WireError::not_in_version);
    EXPECT_EQ(error.limit, 20u);
}

TEST(Encode, LeavesOutFieldsThatTheVersionDoesNotHave) {
    OpenConf conf{};
    EXPECT_EQ(size_of(conf, Version{18}), 8u + 26);
    EXPECT_EQ(size_of(conf, Version{19}), 8u + 30);
    EXPECT_EQ(size_of(conf, Version{23}), 8u + 30);
    EXPECT_EQ(size_of(conf, Version{24}), 8u + 32);

    AgentStateEvent event{.max_beyond_task_limit = 1};  // tag 266, since 22
    EXPECT_EQ(size_of(event, Version{19}), 8u + 62);
    EXPECT_EQ(size_of(event, Version{21}), 8u + 62);
    EXPECT_EQ(size_of(event, Version{22}), 8u + 62 + 8);
}

TEST(Encode, NeverSendsATagAbove255InOneByte) {
    const MediaLoginReq login{.max_beyond_task_limit = 1};  // tag 266
    EXPECT_EQ(size_of(login, Version{19}), 8u + 20);
    EXPECT_EQ(size_of(login, Version{20}), 8u + 20 + 8);
}

TEST(Encode, CountsItsLists) {
    Bytes out;
    ASSERT_TRUE(encode(QueryAgentStateConf{.skill_groups = {{1u, 2, 3, 4}, {5u, 6, 7, 8}}}, wide, out));
    EXPECT_EQ(out[8 + 7], 2);  // NumSkillGroups stands at 6
}

TEST(EncodeFields, FillsMissingFixedFieldsWithZero) {
    wire::FieldList list{.message = protocol.find("OFFER_TASK_IND")};
    ASSERT_TRUE(list.add("MRDID", std::int64_t{-2}));
    EXPECT_FALSE(list.add("NoSuchField", std::int64_t{0}));
    Bytes out;
    ASSERT_TRUE(encode(list, wide, out));
    EXPECT_EQ(wire::print_hex(out),
              "00000018000000a0"
              "00000000fffffffe00000000"
              "000000000000000000000000");
}

TEST(EncodeFields, RefusesAValueOfAnotherKindOrRange) {
    const auto code = [](std::string_view message, std::string_view field, wire::Value value) {
        wire::FieldList list{.message = protocol.find(message)};
        EXPECT_TRUE(list.add(field, std::move(value)));
        Bytes out;
        const auto done = encode(list, wide, out);
        EXPECT_FALSE(done);
        return done.error().code;
    };
    EXPECT_EQ(code("HEARTBEAT_REQ", "InvokeID", std::int64_t{-1}), WireError::bad_value);
    EXPECT_EQ(code("HEARTBEAT_REQ", "InvokeID", std::string_view{"1"}), WireError::bad_value);
    EXPECT_EQ(code("SET_AGENT_STATE_REQ", "ForcedFlag", std::int64_t{256}), WireError::bad_value);
    EXPECT_EQ(code("END_CALL_EVENT", "ConnectionDeviceID", std::int64_t{1}), WireError::bad_value);
    EXPECT_EQ(code("AGENT_PRE_CALL_EVENT", "FltEnabledServices", std::int64_t{1}), WireError::bad_value);
    EXPECT_EQ(code("AGENT_PRE_CALL_EVENT", "FltEnabledServices", std::vector<std::int64_t>{1, 65536}),
              WireError::bad_value);
    EXPECT_EQ(code("OFFER_TASK_IND", "TaskID", wire::NamedVariable{"a", "b"}), WireError::bad_value);
    EXPECT_EQ(code("END_CALL_EVENT", "ConnectionDeviceID", wire::TaskId{}), WireError::bad_value);
    EXPECT_EQ(code("END_CALL_EVENT", "ConnectionDeviceID", wire::NamedArray{}), WireError::bad_value);
    EXPECT_EQ(code("END_CALL_EVENT", "ConnectionDeviceID", std::vector<std::int64_t>{1}),
              WireError::bad_value);
}

}  // namespace
