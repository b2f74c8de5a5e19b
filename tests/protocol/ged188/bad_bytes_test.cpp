// What a decoder answers to bytes that are not as described: an error for a broken structure, a counter for
// what is skipped or odd inside a sound one.

#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using wire::WireError;

namespace {

constexpr Version wide{24};
constexpr Version narrow{19};

Bytes hex(std::string_view text) { return read_hex(text).bytes; }

Bytes operator+(Bytes left, const Bytes& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

// END_CALL_EVENT has 16 fixed bytes and ConnectionDeviceID (tag 25).
const Bytes end_call = hex("00000000 00001388 0011 0000 0000002A");

struct Decoded {
    Bytes body;  // the message's texts are views into it
    wire::Result<EndCallEvent> message;
    Notes notes;
};

Decoded decode_end_call(Bytes body, Version version = wide) {
    Notes notes;
    auto message = decode<EndCallEvent>({EndCallEvent::type, body}, version, notes);
    return {std::move(body), std::move(message), notes};
}

wire::Error error_of(const Bytes& body, Version version = wide) {
    return decode_end_call(body, version).message.error();
}

TEST(BadBytes, TruncatedFixedPartNamesFieldAndPlace) {
    EXPECT_EQ(error_of(hex("00000000 0000")),
              (wire::Error{WireError::truncated_fixed, "PeripheralID", 4, 2, 4}));
    EXPECT_EQ(error_of({}), (wire::Error{WireError::truncated_fixed, "MonitorID", 0, 0, 4}));
}

TEST(BadBytes, TruncatedFloatingHeader) {
    EXPECT_EQ(error_of(end_call + hex("00 19 00")),
              (wire::Error{WireError::truncated_floating, "END_CALL_EVENT", 16, 3, 4}));
    EXPECT_EQ(error_of(end_call + hex("19"), narrow),
              (wire::Error{WireError::truncated_floating, "END_CALL_EVENT", 16, 1, 2}));
}

TEST(BadBytes, TruncatedFloatingDataNamesTheField) {
    EXPECT_EQ(error_of(end_call + hex("00 19 00 05 32 30")),
              (wire::Error{WireError::truncated_floating, "ConnectionDeviceID", 16, 2, 5}));
    EXPECT_EQ(error_of(end_call + hex("00 FA FF FF")),
              (wire::Error{WireError::truncated_floating, "END_CALL_EVENT", 16, 0, 65535}));
}

TEST(BadBytes, AFrameOfAnotherTypeIsRefused) {
    const auto refused = decode<EndCallEvent>({HeartbeatReq::type, end_call}, wide);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, WireError::wrong_message);
}

TEST(BadBytes, UnknownTagsAreSkippedAndCounted) {
    const auto decoded = decode_end_call(end_call + hex("FFFF 0003 010203  0019 0002 4100  0001 0000"));
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, "A");
    EXPECT_EQ(decoded.notes, Notes{.unknown_tags = 2});
}

TEST(BadBytes, ATextWithoutNulIsKeptWholeAndCounted) {
    const auto decoded = decode_end_call(end_call + hex("0019 0004 32303031"));
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, "2001");
    EXPECT_EQ(decoded.notes, Notes{.unterminated = 1});
}

TEST(BadBytes, ATextEndsAtItsFirstNul) {
    const auto decoded = decode_end_call(end_call + hex("0019 0004 32 00 30 00"));
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, "2");
    EXPECT_EQ(decoded.notes, Notes{});
}

TEST(BadBytes, ATextOfLengthZeroIsEmptyAndPresent) {
    const auto decoded = decode_end_call(end_call + hex("0019 0000"));
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, "");
    EXPECT_EQ(decoded.notes, Notes{});
}

TEST(BadBytes, ARepeatedFieldKeepsItsFirstValue) {
    const auto decoded = decode_end_call(end_call + hex("0019 0002 4100  0019 0002 4200"));
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, "A");
    EXPECT_EQ(decoded.notes, Notes{.repeated_fields = 1});
}

TEST(BadBytes, AnOversizedFieldIsKeptAndCounted) {
    Bytes text(70, 'x');
    text.back() = 0;
    const auto decoded = decode_end_call(end_call + hex("0019 0046") + text);
    ASSERT_TRUE(decoded.message);
    EXPECT_EQ(decoded.message->connection_device_id, std::string(69, 'x'));
    EXPECT_EQ(decoded.notes, Notes{.oversized = 1});
}

TEST(BadBytes, AnIntegerOfAnotherSizeIsSkippedAndCounted) {
    // MaxBeyondTaskLimit (tag 266) is a UINT.
    const Bytes body = hex("00000001 00000000 00000000 00000000 00000000 010A 0002 0001");
    Notes notes;
    const auto decoded = decode<MediaLoginReq>({MediaLoginReq::type, body}, wide, notes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->max_beyond_task_limit, std::nullopt);
    EXPECT_EQ(notes, Notes{.bad_fields = 1});
}

TEST(BadBytes, ARunOfHalfAnElementIsSkippedAndCounted) {
    // FltEnabledServices (tag 309) is a run of USHORT.
    const Bytes body = Bytes(34) + hex("0135 0003 000100");
    Notes notes;
    const auto decoded = decode<AgentPreCallEvent>({AgentPreCallEvent::type, body}, wide, notes);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(decoded->flt_enabled_services.empty());
    EXPECT_EQ(notes, Notes{.bad_fields = 1});
}

TEST(BadBytes, ANamedVariableWithoutItsNameEndIsSkippedAndCounted) {
    // BEGIN_CALL_EVENT: 26 fixed bytes, NumNamedVariables at 12.
    Bytes body(26);
    body[13] = 1;
    Notes notes;
    const Bytes bad = body + hex("0052 0003 414243") + hex("0052 0002 0000");
    const auto decoded = decode<BeginCallEvent>({BeginCallEvent::type, bad}, wide, notes);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(decoded->named_variables.empty());
    EXPECT_EQ(notes, (Notes{.bad_fields = 2, .count_mismatches = 1}));
}

TEST(BadBytes, ACountThatDisagreesIsCountedAndTheEntriesAreKept) {
    Bytes body(26);
    const Bytes entry = hex("0052 0004 4100 3100");
    for (const std::uint8_t count : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{3}}) {
        body[13] = count;
        const Bytes bad = body + entry + entry;
        Notes notes;
        const auto decoded = decode<BeginCallEvent>({BeginCallEvent::type, bad}, wide, notes);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->named_variables.size(), 2u);
        EXPECT_EQ(notes, Notes{.count_mismatches = 1});

        Notes list_notes;
        EXPECT_TRUE(decode_fields({BeginCallEvent::type, bad}, wide, list_notes));
        EXPECT_EQ(list_notes, notes);
    }
}

TEST(BadBytes, AnEntryEndsWhereTheOrderBeginsAgain) {
    // CALL_CONFERENCED_EVENT: parties without their optional device (tag 41),
    // the second without its call id (39).
    Bytes body(46);
    body[31] = 2;
    const Bytes bad = body + hex("0027 0004 00000065  0028 0002 0000") + hex("0028 0002 FFFF");
    Notes notes;
    const auto decoded = decode<CallConferencedEvent>({CallConferencedEvent::type, bad}, wide, notes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->parties, (std::vector<Party>{{101, 0, {}}, {{}, 0xFFFF, {}}}));
    EXPECT_EQ(notes, Notes{});
}

TEST(BadBytes, AMissingRequiredFieldIsCounted) {
    const Bytes body(44);
    Notes notes;
    ASSERT_TRUE(decode<OpenReq>({OpenReq::type, body}, wide, notes));
    EXPECT_EQ(notes, Notes{.missing_required = 2});
}

TEST(BadBytes, AnUnknownMessageIsAnErrorOfItsOwn) {
    Notes notes;
    const auto unknown = decode_fields({9999, end_call}, wide, notes);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error(), (wire::Error{WireError::unknown_message, {}, 0, 9999, 0}));
    EXPECT_EQ(name_of(9999), "");
}

TEST(BadBytes, AMessageWithoutAPublishedBodyIsCarriedRaw) {
    const Bytes body = hex("01 02 03");
    Notes notes;
    const auto legacy = decode_fields({189, body}, wide, notes);  // AGENT_LEGACY_PRE_CALL_EVENT
    ASSERT_TRUE(legacy);
    EXPECT_EQ(Bytes(legacy->raw.begin(), legacy->raw.end()), body);
    Bytes again;
    ASSERT_TRUE(encode(*legacy, wide, again));
    EXPECT_EQ(again, hex("00000003 000000BD 010203"));
}

TEST(FailureConf, ItsLengthSelectsTheLayout) {
    const auto decoded = [](std::string_view body) {
        const Bytes bytes = hex(body);
        return decode<FailureConf>({FailureConf::type, bytes}, wide);
    };
    EXPECT_EQ(*decoded("00000001 00000024"), (FailureConf{.invoke_id = 1, .status = 36}));
    EXPECT_EQ(*decoded("00000001 000C 00002774"),
              (FailureConf{.invoke_id = 1, .failure_code = 12, .peripheral_error_code = 10100}));
    EXPECT_EQ(decoded("00000001 00000024 00").error().code, WireError::truncated_floating);
    EXPECT_EQ(decoded("00000001 000000").error().code, WireError::truncated_fixed);
}

TEST(AgentStateEvent, TakesTheClientSignatureUnderBothTags) {
    // GED-188 section 11, conflict 4: tag 3 by the tag table, 23 by the field's name.
    for (const char* tag : {"0003", "0017"}) {
        const Bytes body = Bytes(62) + hex(tag) + hex("0002 4100");
        Notes notes;
        const auto decoded = decode<AgentStateEvent>({AgentStateEvent::type, body}, wide, notes);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->cti_client_signature, "A");
        EXPECT_EQ(notes, Notes{});
    }
}

}  // namespace
