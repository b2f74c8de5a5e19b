#include "cticonnector/protocol/mr/mr.hpp"

#include <gmock/gmock.h>

#include <set>

#include "cticonnector/protocol/mr/struct_list.hpp"
#include "cticonnector/protocol/wire/print.hpp"

using namespace cticonnector;
using namespace cticonnector::mr;

namespace {

using Bytes = std::vector<std::uint8_t>;

Frame frame_of(const Bytes& bytes) {
    const wire::Header header = wire::read_header(std::span{bytes}.first<wire::header_size>());
    EXPECT_EQ(header.length, bytes.size() - wire::header_size);
    return {header.type, std::span{bytes}.subspan(wire::header_size)};
}

// The length vectors of the MR sheet (102 and 121 bytes) hold for the vendor's layout only. A profile that no
// longer declares itself provisional must meet them here.
TEST(MrProfile, DeclaresItselfProvisional) {
    EXPECT_TRUE(is_provisional());
    EXPECT_EQ(protocol.profile, "mr-provisional-1");
    for (const auto& message : protocol.messages) {
        EXPECT_EQ(message.body, wire::Body::provisional) << message.name;
        EXPECT_GE(message.number, 60000u)
            << "a number that could be mistaken for a vendor's (MR sheet section 9)";
    }
}

TEST(MrProfile, HasTheMessagesOfTheDialogue) {
    std::vector<std::string_view> names;
    for (const auto& message : protocol.messages) names.push_back(message.name);
    EXPECT_THAT(names, testing::ElementsAre("MR_OPEN_REQ", "MR_OPEN_CONF", "MR_HEARTBEAT_REQ",
                                            "MR_HEARTBEAT_CONF", "MR_CLOSE", "NEW_TASK", "NEW_TASK_FAILURE",
                                            "DO_THIS_WITH_TASK", "RUN_SCRIPT_REQ", "RUN_SCRIPT_RESULT",
                                            "CANCEL_TASK", "CANCEL_TASK_CONF"));
    EXPECT_EQ(name_of(NewTask::type), "NEW_TASK");
    EXPECT_EQ(name_of(5), "");
}

TEST(MrProfile, NamesTheFailureClasses) {
    EXPECT_EQ(wire::name_of(FailureClass::names, 49), "INVALID_SCRIPT_SELECTOR");
    EXPECT_EQ(wire::name_of(FailureClass::names, FailureClass::RATE_LIMITED), "RATE_LIMITED");
    EXPECT_EQ(FailureClass::RATE_LIMITED, 0xFFFF0001);
}

TEST(NewTask, HasItsBytes) {
    // The task of the MR sheet's trace, section 4.1.
    NewTask task{.dialogue_id = 1,
                 .send_seq_no = 1,
                 .mr_domain_id = 5003,
                 .previous_task = {-1, -1, -1},
                 .preferred_agent = -1,
                 .script_selector = "8000",
                 .named_variables = {{"user.cim.activity.id", "1178"}}};
    Bytes bytes;
    ASSERT_TRUE(encode(task, bytes));
    EXPECT_EQ(wire::print_hex(bytes),
              "0000004b0000ea6a"          // MessageLength 75, MessageType 60010
              "0000000100000001"          // DialogueID, SendSeqNo
              "0000138b"                  // MRDomainID
              "ffffffffffffffffffffffff"  // PreviousTask
              "ffffffff0000000000000000"  // PreferredAgent, Service, CiscoReserved
              "006300053830303000"        // tag 99 ScriptSelector
              "0052001a757365722e63696d2e61637469766974792e6964003131373800");  // tag 82 NamedVariable
    EXPECT_EQ(*decode<NewTask>(frame_of(bytes)), task);
}

TEST(DoThisWithTask, CarriesALabelInsteadOfAnAgent) {
    DoThisWithTask answer{.dialogue_id = 7,
                          .send_seq_no = 1,
                          .task_id = {151635, 312, 1},
                          .mr_domain_id = 5003,
                          .icm_agent_id = -1,
                          .skill_group_id = 0xFFFFFFFF,
                          .label = "ROUTE_ERROR"};
    answer.call_variables[0] = "a";
    Bytes bytes;
    ASSERT_TRUE(encode(answer, bytes));
    Notes notes;
    const auto decoded = decode<DoThisWithTask>(frame_of(bytes), notes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, answer);
    EXPECT_EQ(notes, Notes{});
    EXPECT_EQ(print(frame_of(bytes)),
              "DO_THIS_WITH_TASK DialogueID=7 SendSeqNo=1 TaskID=151635:312:1 MRDomainID=5003 ICMAgentID=-1 "
              "SkillGroupID=0xFFFFFFFF PeripheralID=0 Label=\"ROUTE_ERROR\" CallVariable1=\"a\"");
}

TEST(NewTaskFailure, PrintsItsClass) {
    Bytes bytes;
    ASSERT_TRUE(encode(NewTaskFailure{.dialogue_id = 1, .send_seq_no = 1, .failure_class = 49}, bytes));
    EXPECT_EQ(print(frame_of(bytes)),
              "NEW_TASK_FAILURE DialogueID=1 SendSeqNo=1 FailureClass=INVALID_SCRIPT_SELECTOR(49)");
}

template <class M>
void zero_body_round_trip() {
    const wire::MessageDescriptor& message = *protocol.find(M::type);
    std::size_t fixed_size = 0;
    for (const auto& field : message.fixed()) fixed_size += wire::size_of(field.type);
    const Bytes body(fixed_size);
    for (std::size_t size = 0; size < fixed_size; ++size) {
        const auto shorter = decode<M>({M::type, std::span{body}.first(size)});
        ASSERT_FALSE(shorter) << message.name;
        EXPECT_EQ(shorter.error().code, wire::WireError::truncated_fixed);
    }
    const auto decoded = decode<M>({M::type, body});
    ASSERT_TRUE(decoded) << message.name;
    EXPECT_EQ(*decoded, M{});
    Bytes bytes;
    ASSERT_TRUE(encode(*decoded, bytes));
    EXPECT_EQ(bytes.size(), wire::header_size + fixed_size);
}

template <class... Ms>
struct Each {
    static void run() { (zero_body_round_trip<Ms>(), ...); }
    static constexpr std::size_t count = sizeof...(Ms);
};

TEST(MrStructs, RefuseEveryShorterFixedPart) {
    EveryStruct<Each>::run();
    EXPECT_EQ(EveryStruct<Each>::count, protocol.messages.size());
}

TEST(MrLimits, AreThoseOfTheWideFraming) { EXPECT_EQ(max_message(), 12500u); }

}  // namespace
