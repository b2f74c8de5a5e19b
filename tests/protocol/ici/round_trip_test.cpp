// Every operation, reply and event is read as it was written.

#include <gtest/gtest.h>

#include <string>

#include "cticonnector/protocol/ici/codec.hpp"
#include "filled.hpp"

namespace cticonnector::ici {
namespace {

class RequestRoundTrip : public testing::TestWithParam<Request> {};

TEST_P(RequestRoundTrip, ReadsWhatWasWritten) {
    const RequestMessage message{{"O'<Neil>", "DE"}, GetParam()};
    const auto read = read_request(write_request(message));
    ASSERT_TRUE(read) << read.error().fault.text;
    EXPECT_EQ(*read, message);
}

const auto request_name = [](const auto& test) {
    return std::string(operation_name(operation_of(test.param)));
};
INSTANTIATE_TEST_SUITE_P(Filled, RequestRoundTrip, testing::ValuesIn(AllOf<Request>::filled()), request_name);
INSTANTIATE_TEST_SUITE_P(Empty, RequestRoundTrip, testing::ValuesIn(AllOf<Request>::empty()), request_name);

class EventRoundTrip : public testing::TestWithParam<Event> {};

TEST_P(EventRoundTrip, ReadsWhatWasWritten) {
    const auto read = read_event(write_event(GetParam()));
    ASSERT_TRUE(read) << read.error().fault.text;
    EXPECT_EQ(*read, GetParam());
}

TEST_P(EventRoundTrip, IsAnsweredWithAText) {
    EXPECT_EQ(read_event_reply(write_event_reply(kind_of(GetParam()))), Answer(Reply("")));
    EXPECT_EQ(read_event_reply(write_event_reply(kind_of(GetParam()), "<note>")), Answer(Reply("<note>")));
}

const auto event_test_name = [](const auto& test) { return std::string(event_name(kind_of(test.param))); };
INSTANTIATE_TEST_SUITE_P(Filled, EventRoundTrip, testing::ValuesIn(AllOf<Event>::filled()), event_test_name);
INSTANTIATE_TEST_SUITE_P(Empty, EventRoundTrip, testing::ValuesIn(AllOf<Event>::empty()), event_test_name);

template <class T>
class ReplyRoundTrip : public testing::Test {};

template <class>
struct TypesOf;
template <class... M>
struct TypesOf<std::variant<M...>> {
    using type = testing::Types<M...>;
};
TYPED_TEST_SUITE(ReplyRoundTrip, TypesOf<Request>::type);

TYPED_TEST(ReplyRoundTrip, ReadsWhatWasWritten) {
    const auto operation = operation_of(Request(TypeParam{}));
    const Reply empty = typename TypeParam::Returns{};
    EXPECT_EQ(read_reply(operation, write_reply(operation, empty)), Answer(empty));
    const Reply full = filled<typename TypeParam::Returns>();
    EXPECT_EQ(read_reply(operation, write_reply(operation, full)), Answer(full));
}

TEST(RoundTrip, KeepsNumbersExactly) {
    for (double period : {0.0, 0.1, 1.0 / 3, 1e300, -2.5, 5e-324}) {
        request::SubscribeMonitor monitor;
        monitor.time_period = period;
        const auto read = read_request(write_request({{}, monitor}));
        ASSERT_TRUE(read);
        EXPECT_EQ(std::get<request::SubscribeMonitor>(read->request).time_period, period);
    }
}

TEST(RoundTrip, ReplacesWhatXmlCannotCarry) {
    const auto read = read_request(write_request({{}, request::Accept{std::string("a\0\x01\xFF", 4) + "b"}}));
    ASSERT_TRUE(read);
    EXPECT_EQ(std::get<request::Accept>(read->request).item_id,
              "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
              "b");
}

}  // namespace
}  // namespace cticonnector::ici
