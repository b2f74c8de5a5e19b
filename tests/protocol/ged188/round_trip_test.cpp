// Every message of the description with a body, by its own table: sample values -> bytes -> the same values,
// as a list of fields and, where there is one, as a struct, at each version at which layouts change. What
// cannot make the way is pinned, so that the lists do not grow silently.

#include <gmock/gmock.h>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/protocol/ged188/struct_list.hpp"
#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;

namespace {

using testing::ElementsAre;
constexpr std::array versions{Version{14}, Version{19}, Version{20}, Version{24}, Version{25}};

// Distinct values, so that two fields that change places are noticed.
class Samples {
  public:
    wire::Value next(const wire::FieldDescriptor& field) {
        ++seed_;
        const std::int64_t number = seed_ % 120 + 1;
        const std::size_t room = field.max == 0 ? 20 : field.max;
        switch (field.type) {
            case wire::WireType::type_bool: return std::int64_t{1};
            case wire::WireType::type_int:
            case wire::WireType::type_short:
            case wire::WireType::type_char: return field.array ? run(-number) : wire::Value{-number};
            case wire::WireType::type_string:
                return text("text" + std::to_string(seed_), std::min<std::size_t>(room - 1, 12));
            case wire::WireType::type_unspec:
                return text(std::string("\1\0\2", 3) + std::to_string(seed_), room);
            case wire::WireType::type_named_var: return wire::NamedVariable{text("user.v"), text("value")};
            case wire::WireType::type_named_array:
                return wire::NamedArray{static_cast<std::uint8_t>(number), text("user.a"), text("item")};
            case wire::WireType::type_task_id: return wire::TaskId{seed_, -seed_, seed_ + 1};
            default: return field.array ? run(number) : wire::Value{number};
        }
    }

  private:
    static wire::Value run(std::int64_t first) {
        return std::vector<std::int64_t>{first, first + 1, first + 2};
    }

    // Views into the values need storage that stays where it is.
    std::string_view text(std::string text, std::size_t room = 40) {
        texts_.push_back(std::make_unique<std::string>(text.substr(0, room)));
        return *texts_.back();
    }

    std::int32_t seed_ = 0;
    std::vector<std::unique_ptr<std::string>> texts_;
};

constexpr std::int64_t entries = 2;

bool counts_something(const wire::MessageDescriptor& message, std::size_t index) {
    return std::ranges::any_of(message.floating(), [&](const auto& f) { return f.count == index; });
}

// All fields that exist at this version; two entries in every list.
wire::FieldList sample(const wire::MessageDescriptor& message, Version version, Samples& samples) {
    wire::FieldList list{.message = &message};
    const auto add = [&](std::size_t i) {
        const auto& field = message.fields[i];
        // A count inside a list counts for its own entry: one for each of the two.
        const std::int64_t count = field.count == wire::no_count ? entries : 1;
        list.fields.push_back(
            {&field, counts_something(message, i) ? wire::Value{count} : samples.next(field)});
    };
    for (std::size_t i = 0; i < message.fixed_count; ++i) {
        if (exists(message.fields[i], version)) add(i);
    }
    for (std::size_t i = message.fixed_count; i < message.fields.size();) {
        const std::uint8_t count = message.fields[i].count;
        std::size_t end = i + 1;
        while (count < wire::any_count && end < message.fields.size() && message.fields[end].count == count)
            ++end;
        for (int entry = 0; entry < (count == wire::no_count ? 1 : entries); ++entry) {
            for (std::size_t k = i; k < end; ++k) {
                if (sendable(message.fields[k], protocol, version)) add(k);
            }
        }
        i = end;
    }
    return list;
}

// Bytes of the sample, or the reason why there are none.
wire::Result<Bytes> sample_bytes(const wire::MessageDescriptor& message, Version version) {
    Samples samples;
    Bytes bytes;
    if (const auto done = encode(sample(message, version, samples), version, bytes); !done)
        return done.error();
    return bytes;
}

class RoundTrip : public testing::TestWithParam<Version> {};

TEST_P(RoundTrip, EveryMessageAsFieldList) {
    for (const auto& message : protocol.messages) {
        if (message.body == wire::Body::raw || message.since > GetParam().number) continue;
        SCOPED_TRACE(message.name);
        Samples samples;
        const wire::FieldList list = sample(message, GetParam(), samples);
        Bytes bytes;
        const auto encoded = encode(list, GetParam(), bytes);
        ASSERT_TRUE(encoded) << describe(encoded.error());
        Notes notes;
        const auto decoded = decode_fields(frame_of(bytes), GetParam(), notes);
        ASSERT_TRUE(decoded) << describe(decoded.error());
        EXPECT_EQ(decoded->fields, list.fields);
        EXPECT_EQ(notes, Notes{});
        Bytes again;
        ASSERT_TRUE(encode(*decoded, GetParam(), again));
        EXPECT_EQ(again, bytes);
    }
}

template <class M>
void round_trip_as_struct(Version version) {
    const wire::MessageDescriptor& message = *protocol.find(M::type);
    ASSERT_EQ(M::name, message.name);
    SCOPED_TRACE(message.name);
    const auto bytes = sample_bytes(message, version);
    if (message.since > version.number) {
        ASSERT_FALSE(bytes);
        EXPECT_EQ(bytes.error().code, wire::WireError::not_in_version);
        return;
    }
    ASSERT_TRUE(bytes) << describe(bytes.error());
    Notes notes;
    const auto decoded = decode<M>(frame_of(*bytes), version, notes);
    ASSERT_TRUE(decoded) << describe(decoded.error());
    EXPECT_EQ(notes, Notes{});
    Bytes again;
    const auto encoded = encode(*decoded, version, again);
    ASSERT_TRUE(encoded) << describe(encoded.error());
    EXPECT_EQ(wire::print_hex(again), wire::print_hex(*bytes));
}

template <class... Ms>
struct EachRoundTrip {
    static void run(Version version) { (round_trip_as_struct<Ms>(version), ...); }
    static constexpr std::size_t count = sizeof...(Ms);
};

TEST_P(RoundTrip, EveryStruct) { EveryStruct<EachRoundTrip>::run(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Versions, RoundTrip, testing::ValuesIn(versions),
                         [](const auto& test) { return "v" + std::to_string(test.param.number); });

using Names = std::vector<std::string>;

TEST(Pinned, MessagesWithoutABody) {
    Names raw;
    for (const auto& message : protocol.messages) {
        if (message.body == wire::Body::raw) raw.emplace_back(message.name);
    }
    EXPECT_THAT(
        raw, ElementsAre("SUPERVISOR_ASSIST_EVENT", "AGENT_TEAM_CONFIG_REQ", "AGENT_TEAM_CONFIG_CONF",
                         "AGENT_LEGACY_PRE_CALL_EVENT", "TASK_MONITOR_START_REQ", "TASK_MONITOR_START_CONF",
                         "TASK_MONITOR_STOP_REQ", "TASK_MONITOR_STOP_CONF", "CHANGE_TASK_MONITOR_MASK_REQ",
                         "CHANGE_TASK_MONITOR_MASK_CONF", "SET_APP_PATH_DATA_IND", "ROUTE_REGISTER_EVENT",
                         "ROUTE_REGISTER_REPLY_EVENT", "ROUTE_REQUEST_EVENT", "ROUTE_SELECT_EVENT",
                         "ROUTE_END_EVENT", "TEAM_CONFIG_REQ", "TEAM_CONFIG_EVENT", "TEAM_CONFIG_CONF",
                         "CALL_TERMINATION_EVENT", "AGENT_TASKS_EVENT", "SNAPSHOT_TASK_EVENT",
                         "AGENT_TASKS_REQUEST_EVENT", "AGENT_TASKS_END_EVENT", "DESKTOP_CONNECTED_IND"));
}

TEST(Pinned, FieldsWithoutATag) {
    Names fields;
    for (const auto& message : protocol.messages) {
        for (const auto& field : message.floating()) {
            if (field.tag == 0) fields.push_back(std::string{message.name} + '.' + std::string{field.name});
        }
    }
    EXPECT_THAT(fields, ElementsAre("OPEN_REQ.UniqueInstanceID", "CONFIG_SKILL_GROUP_EVENT.AutoWork",
                                    "CALL_AGENT_GREETING_EVENT.GreetingType",
                                    "SET_AGENT_SERVICE_DATA_REQ.TotalAnswersSuggestion"));
}

// From 19 on their text goes into the address fields of 64 bytes, and the tags are free again.
TEST(Pinned, FieldsThatEndWithAVersion) {
    Names fields;
    for (const auto& message : protocol.messages) {
        for (const auto& field : message.fields) {
            if (field.until == 0) continue;
            fields.push_back(std::string{message.name} + '.' + std::string{field.name} + ' ' +
                             std::to_string(field.tag) + ": " + std::to_string(field.since) + ".." +
                             std::to_string(field.until));
        }
    }
    EXPECT_THAT(fields, ElementsAre("RTP_STARTED_EVENT.ClientAddressIPV6 226: 14..18",
                                    "RTP_STARTED_EVENT.SendingAddressIPV6 227: 14..18",
                                    "RTP_STOPPED_EVENT.ClientAddressIPV6 226: 14..18",
                                    "RTP_STOPPED_EVENT.SendingAddressIPV6 227: 14..18"));
}

TEST(Versions, ATagIsUnknownBehindTheLastVersionOfItsField) {
    const wire::MessageDescriptor& message = *protocol.find("RTP_STOPPED_EVENT");
    wire::FieldList list{.message = &message};
    ASSERT_TRUE(list.add("ClientAddressIPV6", std::string_view{"2001:db8::1"}));
    ASSERT_TRUE(list.add("SendingAddressIPV6", std::string_view{"2001:db8::2"}));
    for (const Version version : {Version{14}, Version{18}}) {
        SCOPED_TRACE(version.number);
        Bytes bytes;
        ASSERT_TRUE(encode(list, version, bytes));
        Notes notes;
        const auto decoded = decode_fields(frame_of(bytes), version, notes);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(*decoded->find("ClientAddressIPV6"), wire::Value{std::string_view{"2001:db8::1"}});
        EXPECT_EQ(*decoded->find("SendingAddressIPV6"), wire::Value{std::string_view{"2001:db8::2"}});
        EXPECT_EQ(notes, Notes{});
    }
    Bytes narrow;
    ASSERT_TRUE(encode(list, Version{18}, narrow));
    Notes notes;
    const auto decoded = decode_fields(frame_of(narrow), Version{19}, notes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->find("ClientAddressIPV6"), nullptr);
    EXPECT_EQ(decoded->find("SendingAddressIPV6"), nullptr);
    EXPECT_EQ(notes, Notes{.unknown_tags = 2});
    Bytes sent, plain;
    ASSERT_TRUE(encode(list, Version{19}, sent));
    ASSERT_TRUE(encode({.message = &message}, Version{19}, plain));
    EXPECT_EQ(sent, plain) << "nothing is sent under a tag that is not its field's any more";
}

TEST(Pinned, TagsAbove255ThatNoVersionDelays) {
    Names fields;
    for (const auto& message : protocol.messages) {
        for (const auto& field : message.floating()) {
            if (field.tag > 255 && field.since < protocol.wide_since) fields.emplace_back(field.name);
        }
    }
    EXPECT_THAT(fields, ElementsAre());
}

TEST(Pinned, MessagesThatComeWithALaterVersion) {
    const auto absent = [](Version version) {
        return std::ranges::count_if(protocol.messages,
                                     [&](const auto& m) { return m.since > version.number; });
    };
    EXPECT_EQ(absent(Version{14}), 42);
    EXPECT_EQ(absent(Version{19}), 29);
    EXPECT_EQ(absent(Version{20}), 24);
    EXPECT_EQ(absent(Version{24}), 0);
}

TEST(Pinned, SizeOfTheDescription) {
    const auto provisional =
        std::ranges::count(protocol.messages, wire::Body::provisional, &wire::MessageDescriptor::body);
    EXPECT_EQ(protocol.messages.size(), 244u);
    EXPECT_EQ(provisional, 56);
    EXPECT_EQ(protocol.profile, "arm-provisional-1");
    EXPECT_EQ(EveryStruct<EachRoundTrip>::count, 118u);
    EXPECT_EQ(protocol.max_message(Version{19}), 4329u);
    EXPECT_EQ(protocol.max_message(Version{20}), 12500u);
}

}  // namespace
