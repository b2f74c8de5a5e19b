// A reply belongs to a request by its number and by its kind: whatever else the contact center says under the
// number of an open request, the request goes on waiting (R-DEC-35).
// And ids that look like our own "none" name nothing.
#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "cti_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace std::chrono_literals;
using test::ann;
using test::Bytes;
using test::only;
using test::op;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const CallId call{7, 1, "a7"};
const TaskId task{151635, 312, 1};

class RepliesTest : public test::CtiTest {
  protected:
    RepliesTest() {
        know_ann();
        cti.state().directory.set_phone(ann, "4001", "4001");
        ged188::BeginCallEvent begun;
        begun.peripheral_id = settings.peripheral;
        begun.connection_device_id_type = 1;
        begun.connection_call_id = 7;
        begun.connection_device_id = "a7";
        receive(begun);
        take_all();
    }
    std::size_t open() const { return cti.state().requests.size(); }
};

/// A reply of any kind, all zero but for its InvokeID.
Bytes reply(const wire::MessageDescriptor& kind, std::uint32_t invoke_id) {
    wire::FieldList fields{.message = &kind};
    EXPECT_TRUE(fields.add("InvokeID", std::int64_t{invoke_id})) << kind.name;
    Bytes bytes;
    EXPECT_TRUE(ged188::encode(fields, test::version, bytes)) << kind.name;
    return bytes;
}

bool is_reply(const wire::MessageDescriptor& kind) {
    return kind.body != wire::Body::raw && (kind.name.ends_with("_CONF") || kind.name.ends_with("_RESP"));
}
bool is_refusal(const wire::MessageDescriptor& kind) {
    return kind.name == "FAILURE_CONF" || kind.name == "CONTROL_FAILURE_CONF" || kind.name == "FAILURE_RESP";
}

struct Asked {
    CenterAction action;
    std::string_view reply;           ///< empty: an indication, which is only ever refused
    std::string_view agent = "1001";  ///< as a log line names them
};

std::vector<Asked> all_that_is_asked() {
    return {
        {QueryAgent{op, ann}, "QUERY_AGENT_STATE_CONF", Secret::shown},
        {Login{op, ann, "4001", Secret("p"), false}, "SET_AGENT_STATE_CONF", Secret::shown},
        {Login{op, ann, "4001", Secret("p"), true}, "SET_AGENT_STATE_CONF", Secret::shown},
        {Logout{op, ann, "4001", Secret("p"), 7, false}, "SET_AGENT_STATE_CONF", Secret::shown},
        {SetVoiceState{op, ann, VoiceWish::ready, 0}, "SET_AGENT_STATE_CONF"},
        {LoginMedium{op, ann, Channel::chat, 2}, "MEDIA_LOGIN_RESP"},
        {SetTaskLimit{op, ann, Channel::chat, 3}, "CHANGE_MAX_TASK_LIMIT_RESP"},
        {NotRoutable{op, ann, Channel::chat}, "MAKE_AGENT_NOT_ROUTABLE_RESP"},
        {NotReadyMedium{op, ann, Channel::chat, 0}, "MAKE_AGENT_NOT_READY_RESP"},
        {AnswerCall{op, ann, call}, "ANSWER_CALL_CONF"},
        {ClearCall{op, ann, call}, "CLEAR_CONNECTION_CONF"},
        {PlaceCall{.operation = op, .agent = ann, .destination = "4930"}, "MAKE_CALL_CONF"},
        {FindWork{op, ann, "4001", {{true, false, false}}}, "SNAPSHOT_DEVICE_CONF"},
        {FindWork{op, ann, "", {{false, true, false}}}, "AGENT_TASKS_RESP"},
        {ReleaseCall{ann, call}, "RELEASE_CALL_CONF"},
        {LogoutMedium{ann, Channel::chat}, ""},
        {ReadyMedium{ann, Channel::chat}, ""},
        {StepTask{ann, Channel::chat, task, TaskStep::offer}, ""},
        {StepTask{ann, Channel::chat, task, TaskStep::start}, ""},
        {StepTask{ann, Channel::chat, task, TaskStep::wrapup}, ""},
        {EndTask{ann, Channel::chat, task, TaskEnd::completed}, ""},
    };
}

// R-DEC-59: with the fields of a work center string swapped, the agent of a log-on is a password.
TEST_F(RepliesTest, OnlyTheRightKindEndsARequest_R_DEC_35) {
    for (const Asked& asked : all_that_is_asked()) {
        perform(asked.action);
        ASSERT_EQ(open(), 1u);
        const std::uint32_t id = ids.last;
        for (const auto& kind : ged188::protocol.messages) {
            if (!is_reply(kind) || is_refusal(kind) || kind.name == asked.reply) continue;
            SCOPED_TRACE(std::string(kind.name) + " instead of " + std::string(asked.reply));
            receive(reply(kind, id));
            EXPECT_THAT(take_all(), IsEmpty());
            EXPECT_EQ(open(), 1u);
            const auto odd = cti.state().odd.take();
            ASSERT_THAT(odd, SizeIs(1));
            EXPECT_EQ(odd[0].message, kind.name);
            EXPECT_EQ(odd[0].agent, asked.agent);
            EXPECT_THAT(odd[0].text, HasSubstr("InvokeID " + std::to_string(id)));
        }
        receive(ged188::FailureConf{.invoke_id = id, .status = 1});
        EXPECT_EQ(open(), 0u);
        take_all();
        cti.state().odd.take();
    }
}

TEST_F(RepliesTest, TheRightKindAndEachRefusalEndARequest) {
    for (const Asked& asked : all_that_is_asked()) {
        for (const auto& kind : ged188::protocol.messages) {
            if (kind.name != asked.reply && !is_refusal(kind)) continue;
            // all zero it names no call, which is a matter of its own
            if (kind.name == "MAKE_CALL_CONF") continue;
            SCOPED_TRACE(kind.name);
            perform(asked.action);
            receive(reply(kind, ids.last));
            EXPECT_EQ(open(), 0u);
            for (const Oddity& odd : cti.state().odd.take())
                EXPECT_TRUE(odd.refused && is_refusal(kind)) << odd.text;
            take_all();
        }
    }
}

TEST_F(RepliesTest, TheOtherRequestsOfASearchAndOfAResynchronisationHaveTheirKindToo_R_DEC_41_R_DEC_48) {
    perform(FindWork{op, ann, "4001", {{true, true, false}}});
    const std::uint32_t device = ids.last - 1;
    const Bytes calls = receive(ged188::SnapshotDeviceConf{
        .invoke_id = device,
        .calls = {{7, std::uint16_t{1}, "a7", ged188::LocalConnectionState::LCS_CONNECT}}});
    const auto snapshot = only<ged188::SnapshotCallReq>(calls).invoke_id;
    receive(ged188::SnapshotTaskResp{.invoke_id = snapshot, .task_state = 1});
    receive(ged188::SnapshotDeviceConf{.invoke_id = snapshot});
    EXPECT_THAT(take_all(), IsEmpty());
    const std::uint32_t tasks = device + 1;
    receive(ged188::MediaLoginResp{.invoke_id = tasks});
    const Bytes asked = receive(ged188::AgentTasksResp{.invoke_id = tasks, .tasks = {{1, 2, 3}}});
    receive(ged188::SnapshotCallConf{.invoke_id = only<ged188::SnapshotTaskReq>(asked).invoke_id});
    EXPECT_THAT(take_all(), IsEmpty());
    EXPECT_EQ(open(), 2u);
    EXPECT_THAT(cti.state().odd.take(), SizeIs(4));

    cti.link_down("lost", now);
    cti.link_up(now);
    perform(RestoreMedium{ann, Channel::chat, 2, true});
    perform(RestoreDone{});
    now += Resync::ready_wait;
    cti.on_time(now);
    take_all();
    const auto login = only<ged188::MediaLoginReq>(written()).invoke_id;
    EXPECT_THAT(receive(ged188::SetAgentStateConf{.invoke_id = login}), IsEmpty());
    const Bytes list = receive(ged188::MediaLoginResp{.invoke_id = login, .status = 1});
    const auto listing = only<ged188::GetAgentTasksReq>(list).invoke_id;
    EXPECT_THAT(receive(ged188::MediaLoginResp{.invoke_id = listing}), IsEmpty()) << "is not ready by that";
    EXPECT_THAT(receive(ged188::AgentTasksResp{.invoke_id = listing}), SizeIs(::testing::Gt(0u)));
    EXPECT_THAT(take_all(), IsEmpty());
}

TEST_F(RepliesTest, ARefusalNamesTheRequestAndBothNumbers_R_DEC_87) {
    const ged188::ControlFailureConf refusal{.failure_code = 4, .peripheral_error_code = 13096};
    const auto refused = [&](const CenterAction& wish) {
        perform(wish);
        auto conf = refusal;
        conf.invoke_id = ids.last;
        receive(conf);
        return take_all();
    };
    const auto state = refused(SetVoiceState{op, ann, VoiceWish::ready, 0});
    ASSERT_THAT(state, SizeIs(1));
    EXPECT_EQ(std::get<Outcome>(state[0]).refused, "SET_AGENT_STATE_REQ");
    EXPECT_THAT(std::get<Outcome>(state[0]).text, ::testing::AllOf(HasSubstr("(4)"), HasSubstr("13096")));

    perform(ReadyMedium{ann, Channel::chat});
    receive(ged188::FailureResp{.invoke_id = ids.last, .status = 6});
    EXPECT_EQ(std::get<MediumRefused>(take_all().at(0)).refused, "MAKE_AGENT_READY_IND");
    perform(StepTask{ann, Channel::chat, task, TaskStep::start});
    receive(ged188::FailureResp{.invoke_id = ids.last, .status = 6});
    EXPECT_EQ(std::get<TaskRefused>(take_all().at(0)).refused, "START_TASK_IND");
    perform(LoginMedium{op, ann, Channel::chat, 2});
    receive(ged188::MediaLoginResp{.invoke_id = ids.last, .status = 2});
    EXPECT_EQ(std::get<Outcome>(take_all().at(0)).refused, "MEDIA_LOGIN_REQ");

    // nobody waits for this one, and still it did not happen
    EXPECT_THAT(refused(ReleaseCall{ann, call}), IsEmpty());
    const auto told = cti.state().odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_TRUE(told[0].refused);
    EXPECT_EQ(told[0].message, "RELEASE_CALL_REQ");
    EXPECT_EQ(told[0].agent, ann.name);
    EXPECT_EQ(told[0].call, call.call);
    EXPECT_THAT(told[0].text, HasSubstr("13096"));
}

TEST_F(RepliesTest, AFailureIsNoSuccessWhateverItsNumber) {
    perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    receive(ged188::FailureResp{.invoke_id = ids.last, .status = 0});
    const auto told = take_all();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(std::get<Outcome>(told[0]).failure, Failure::other);
}

TEST_F(RepliesTest, AReplyThatComesTooLateIsNothing_R_DEC_35) {
    perform(QueryAgent{op, ann});
    const std::uint32_t id = ids.last;
    receive(ged188::FailureConf{.invoke_id = id, .status = 1});
    take_all();
    receive(ged188::MakeCallConf{.invoke_id = id});
    receive(ged188::QueryAgentStateConf{.invoke_id = id});
    EXPECT_THAT(take_all(), IsEmpty());
    EXPECT_THAT(cti.state().odd.take(), IsEmpty());
}

// ---- ids that name nothing

TEST_F(RepliesTest, ADialledCallWithoutAnIdGoesOnWaiting_R_DEC_35) {
    perform(PlaceCall{.operation = op, .agent = ann, .destination = "4930"});
    receive(ged188::MakeCallConf{.invoke_id = ids.last});
    EXPECT_THAT(take_all(), IsEmpty());
    EXPECT_THAT(cti.state().odd.take(), SizeIs(1));
    receive(ged188::MakeCallConf{
        .invoke_id = ids.last, .new_connection_call_id = 7, .new_connection_device_id = "a7"});
    const auto told = take_all();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(std::get<CallPlaced>(told[0]).call.call, 7u);
}

TEST_F(RepliesTest, ACallWithoutIdIsNoCall_R_DEC_37) {
    const auto about = [](auto m) {
        m.peripheral_id = 5000;
        return m;
    };
    receive(about(ged188::CallDeliveredEvent{.alerting_device_id = "4001"}));
    receive(about(ged188::CallEstablishedEvent{.answering_device_id = "4001"}));
    receive(about(ged188::CallHeldEvent{.holding_device_id = "4001"}));
    receive(about(ged188::CallConnectionClearedEvent{.releasing_device_id = "4001"}));
    EXPECT_THAT(take_all(), IsEmpty());
    const auto odd = cti.state().odd.take();
    ASSERT_THAT(odd, SizeIs(4));
    EXPECT_EQ(odd[0].message, "CALL_DELIVERED_EVENT");
    receive(
        about(ged188::CallDeliveredEvent{.local_connection_state = ged188::LocalConnectionState::LCS_ALERTING,
                                         .connection_device_id = "4001.1",
                                         .alerting_device_id = "4001"}));
    EXPECT_THAT(take_all(), SizeIs(1)) << "a device makes call 0 an id: ids are opaque";
}

TEST_F(RepliesTest, ATaskOfMinusOnesIsNoTask) {
    perform(FindWork{op, ann, "", {{false, true, false}}});
    const Bytes asked =
        receive(ged188::AgentTasksResp{.invoke_id = ids.last, .tasks = {{-1, -1, -1}, {1, 2, 3}}});
    EXPECT_EQ(only<ged188::SnapshotTaskReq>(asked).task_id, (wire::TaskId{1, 2, 3}));
    EXPECT_THAT(cti.state().odd.take(), SizeIs(1));
    receive(ged188::MaxTaskLifetimeExceededEvent{.icm_agent_id = 5501, .task_id = {-1, -1, -1}});
    EXPECT_THAT(take_all(), IsEmpty());
    EXPECT_THAT(cti.state().odd.take(), SizeIs(1));
}

TEST_F(RepliesTest, APreCallForAnAgentWithoutNameIsForNobody) {
    receive(ged188::AgentPreCallEvent{.mrd_id = 1, .agent_instrument = "4001", .agent_id = ""});
    receive(ged188::CallDeliveredEvent{.peripheral_id = 5000,
                                       .connection_call_id = 7,
                                       .local_connection_state = ged188::LocalConnectionState::LCS_ALERTING,
                                       .connection_device_id = "4001.1",
                                       .alerting_device_id = "4001"});
    const auto told = take_all();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_TRUE(std::get<CallOffered>(told[0]).routed) << "the instrument says who it is";
}

// What we send to a real contact center, message by message, is what whoever tries it first looks for.
TEST(Compatibility, NamesEachRequestOfOurs) {
    std::ifstream file(CTICONNECTOR_SOURCE_DIR "/docs/compatibility.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const ReplyRow& row : reply_rows)
        EXPECT_THAT(text, HasSubstr(std::string(ged188::name_of(row.asked))));
}

}  // namespace
}  // namespace cticonnector::routing
