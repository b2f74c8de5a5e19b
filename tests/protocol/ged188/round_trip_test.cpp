// Every message of the description with a body, by its own table: sample values -> bytes -> the same values,
// as a list of fields and, where there is one, as a struct, at each version at which layouts change. What
// cannot make the way is pinned, so that the lists do not grow silently.

#include <gmock/gmock.h>

#include <set>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/protocol/ged188/struct_list.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;

namespace {

using Bytes = std::vector<std::uint8_t>;
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
    wire::FieldList list{&message, {}, {}};
    const auto add = [&](std::size_t i) {
        const auto& field = message.fields[i];
        list.fields.push_back(
            {&field, counts_something(message, i) ? wire::Value{entries} : samples.next(field)});
    };
    for (std::size_t i = 0; i < message.fixed_count; ++i) {
        if (exists(message.fields[i], version)) add(i);
    }
    for (std::size_t i = message.fixed_count; i < message.fields.size();) {
        const std::uint8_t count = message.fields[i].count;
        std::size_t end = i + 1;
        while (count != wire::no_count && end < message.fields.size() && message.fields[end].count == count)
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

wire::Frame frame_of(const Bytes& bytes) {
    const wire::Header header = wire::read_header(std::span{bytes}.first<wire::header_size>());
    EXPECT_EQ(header.length, bytes.size() - wire::header_size);
    return {header.type, std::span{bytes}.subspan(wire::header_size)};
}

TEST(RoundTrip, EveryMessageAsFieldList) {
    for (const Version version : versions) {
        int sent = 0;
        for (const auto& message : protocol.messages) {
            if (message.body == wire::Body::raw || message.since > version.number) continue;
            SCOPED_TRACE(std::string{message.name} + " at version " + std::to_string(version.number));
            Samples samples;
            const wire::FieldList list = sample(message, version, samples);
            Bytes bytes;
            const auto encoded = encode(list, version, bytes);
            ASSERT_TRUE(encoded) << describe(encoded.error());
            Notes notes;
            const auto decoded = decode_fields(frame_of(bytes), version, notes);
            ASSERT_TRUE(decoded) << describe(decoded.error());
            EXPECT_EQ(decoded->fields, list.fields);
            EXPECT_EQ(notes.unknown_tags + notes.repeated_fields + notes.bad_fields + notes.unterminated, 0u);
            ++sent;
        }
        EXPECT_GT(sent, 150);
    }
}

}  // namespace
