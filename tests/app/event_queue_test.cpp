#include "event_queue.hpp"

#include <gtest/gtest.h>

namespace cticonnector::app {
namespace {

EventQueue with(std::size_t events) {
    EventQueue queue;
    for (std::size_t n = 1; n <= events; ++n) queue.push({engine::ItemStored{engine::ItemId{n}}, {}});
    return queue;
}

std::size_t taken_in_one_round(EventQueue& queue) {
    std::size_t taken = 0;
    queue.start_round();
    while (queue.take()) ++taken;
    return taken;
}

TEST(EventQueue, GivesEventsInTheOrderOfTheirArrival) {
    EventQueue queue = with(3);
    queue.start_round();
    for (std::uint64_t n = 1; n <= 3; ++n) {
        const auto next = queue.take();
        ASSERT_TRUE(next);
        EXPECT_EQ(std::get<engine::ItemStored>(next->event).item, engine::ItemId{n});
    }
    EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, LetsTheSocketsBeReadAfterEachRound) {
    EventQueue queue = with(EventQueue::round + 10);
    EXPECT_EQ(taken_in_one_round(queue), EventQueue::round);
    EXPECT_EQ(taken_in_one_round(queue), 10U);
}

TEST(EventQueue, ReadsNothingMoreWhileTooManyEventsWait) {
    EventQueue queue = with(EventQueue::most_waiting + 3 * EventQueue::round);
    EXPECT_EQ(taken_in_one_round(queue), 3 * EventQueue::round);
    EXPECT_EQ(taken_in_one_round(queue), EventQueue::round);
}

}  // namespace
}  // namespace cticonnector::app
