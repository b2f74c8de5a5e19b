#include "cticonnector/protocol/wire/framer.hpp"

#include <gmock/gmock.h>

#include <utility>
#include <vector>

using namespace cticonnector::wire;
using testing::ElementsAre;

namespace {

constexpr std::size_t limit = 4329;  // GED-188 section 1, version 15

using Bytes = std::vector<std::uint8_t>;
using Messages = std::vector<std::pair<std::uint32_t, Bytes>>;

// HEARTBEAT_REQ, a message without a body, CLOSE_REQ.
const Bytes stream{0, 0, 0, 4, 0, 0, 0,    5,    0, 0, 0, 7,  //
                   0, 0, 0, 0, 0, 0, 0x01, 0x15,              //
                   0, 0, 0, 8, 0, 0, 0,    7,    0, 0, 0, 9, 0, 0, 0, 0x10};
const Messages expected{{5, {0, 0, 0, 7}}, {277, {}}, {7, {0, 0, 0, 9, 0, 0, 0, 0x10}}};

void take_all(Framer& framer, Messages& messages) {
    for (auto frame = framer.next(); frame && *frame; frame = framer.next()) {
        messages.emplace_back((*frame)->type, Bytes{(*frame)->body.begin(), (*frame)->body.end()});
    }
}

TEST(Framer, GivesTheSameMessagesWhereverTheStreamIsSplit) {
    for (std::size_t split = 0; split <= stream.size(); ++split) {
        Framer framer{limit};
        Messages messages;
        framer.feed(std::span{stream}.first(split));
        take_all(framer, messages);
        framer.feed(std::span{stream}.subspan(split));
        take_all(framer, messages);
        EXPECT_EQ(messages, expected) << "split at " << split;
        EXPECT_EQ(framer.pending(), 0u);
    }
}

TEST(Framer, TakesBytesOneByOne) {
    Framer framer{limit};
    Messages messages;
    for (const std::uint8_t byte : stream) {
        framer.feed({&byte, 1});
        take_all(framer, messages);
    }
    EXPECT_EQ(messages, expected);
}

TEST(Framer, KeepsTheBeginningOfTheNextMessage) {
    Framer framer{limit};
    framer.feed(std::span{stream}.first(15));
    Messages messages;
    take_all(framer, messages);
    EXPECT_EQ(messages.size(), 1u);
    EXPECT_EQ(framer.pending(), 3u);
}

TEST(Framer, AcceptsTheLargestMessageAndRefusesOneByteMore) {
    Bytes largest(limit);
    largest[2] = (limit - header_size) >> 8;
    largest[3] = (limit - header_size) & 0xFF;
    Framer framer{limit};
    framer.feed(largest);
    const auto frame = framer.next();
    ASSERT_TRUE(frame && *frame);
    EXPECT_EQ((*frame)->body.size(), limit - header_size);

    ++largest[3];
    framer.feed(largest);
    const auto refused = framer.next();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, WireError::message_too_long);
    EXPECT_EQ(refused.error().size, limit + 1);
    EXPECT_EQ(refused.error().limit, limit);
}

TEST(Framer, RefusesALengthThatWrapsAround) {
    Framer framer{limit};
    framer.feed(Bytes(8, 0xFF));
    const auto refused = framer.next();
    ASSERT_FALSE(refused);
    EXPECT_EQ(describe(refused.error()),
              "the message is longer than the largest allowed (4294967303, limit 4329) at byte 0");
}

TEST(Framer, StaysBrokenAfterALengthAboveTheLimit) {
    Framer framer{limit};
    framer.feed(Bytes(8, 0xFF));
    EXPECT_FALSE(framer.next());
    framer.feed(stream);
    EXPECT_FALSE(framer.next());
}

TEST(Framer, RefusesAtTheHeaderWithoutWaitingForTheBody) {
    Framer framer{limit};
    framer.feed(Bytes{0, 1, 0, 0, 0, 0, 0});
    const auto waiting = framer.next();
    ASSERT_TRUE(waiting);
    EXPECT_FALSE(*waiting);
    framer.feed(Bytes{5});
    EXPECT_FALSE(framer.next());
}

}  // namespace
