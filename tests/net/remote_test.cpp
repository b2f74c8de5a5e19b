// Names and addresses to connect to (R-DEC-72), with real sockets on loopback.
#include "cticonnector/net/remote.hpp"

#include <gmock/gmock.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "listeners.hpp"
#include "no_file_handles.hpp"
#include "scripted_names.hpp"

namespace cticonnector::net {
namespace {

using boost::asio::io_context;
using boost::asio::ip::tcp;
using cticonnector::testing::listening;
using cticonnector::testing::NoFileHandles;
using cticonnector::testing::ScriptedNames;
using cticonnector::testing::SwallowingListener;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

/// For what must succeed; far away from what it takes.
constexpr auto plenty = 20s;

class RemoteTest : public ::testing::Test {
  protected:
    Connected connect(Remote& remote, std::chrono::milliseconds limit = plenty) {
        std::optional<Connected> result;
        const auto connecting = remote.connect(limit, [&](Connected got) {
            EXPECT_FALSE(result) << "told twice";
            result = std::move(got);
        });
        EXPECT_FALSE(result) << "told before connect() has returned";
        while (!result) {
            if (io.stopped()) io.restart();
            if (io.run_one() == 0) break;
        }
        EXPECT_TRUE(result) << "not told at all";
        return result ? std::move(*result) : Connected{};
    }
    std::string address_of(const Connected& result) {
        return result.socket ? result.socket->remote_endpoint().address().to_string() : result.failure;
    }
    /// A port that nobody listens on.
    std::uint16_t closed_port() { return listening(io, "127.0.0.1").local_endpoint().port(); }

    io_context io;
    ScriptedNames names;
};

TEST_F(RemoteTest, ConnectsToAnAddress) {
    const auto listener = listening(io, "127.0.0.1");
    Remote remote(io, "127.0.0.1", listener.local_endpoint().port());
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

TEST_F(RemoteTest, PassesAnAddressThatSwallowsPackets_R_DEC_72) {
    const auto listener = listening(io, "127.0.0.1");
    const SwallowingListener swallowing(io, "127.0.0.2", listener.local_endpoint().port());
    names.set("two.test", {"127.0.0.2", "127.0.0.1"});
    Remote remote(io, "two.test", swallowing.port());
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

TEST_F(RemoteTest, TriesTheLastWinnerFirst_R_DEC_72) {
    const auto listener = listening(io, "127.0.0.1");
    SwallowingListener swallowing(io, "127.0.0.2", listener.local_endpoint().port());
    names.set("two.test", {"127.0.0.2", "127.0.0.1"});
    Remote remote(io, "two.test", swallowing.port());
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
    swallowing.recover();  // now whoever is tried first wins
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
    Remote without_memory(io, "two.test", swallowing.port());
    EXPECT_EQ(address_of(connect(without_memory)), "127.0.0.2");
}

TEST_F(RemoteTest, GoesOnAtOnceWhenAnAddressRefuses_R_DEC_72) {
    const auto listener = listening(io, "127.0.0.1");
    std::vector<std::string> addresses;
    for (int i = 1; i <= 80; ++i) addresses.push_back("127.0.1." + std::to_string(i));
    addresses.emplace_back("127.0.0.1");
    names.set("many.test", addresses);
    Remote remote(io, "many.test", listener.local_endpoint().port());
    const auto waiting_250_ms_each = 80 * 250ms;
    EXPECT_EQ(address_of(connect(remote, waiting_250_ms_each)), "127.0.0.1");
}

TEST_F(RemoteTest, AConnectionThatComesTogetherWithTheLimitCounts) {  // R-DEC-72
    const auto listener = listening(io, "127.0.0.1");
    Remote remote(io, "127.0.0.1", listener.local_endpoint().port());
    std::vector<std::string> told;
    const auto limit = std::chrono::steady_clock::now() + 20ms;
    const auto connecting = remote.connect(20ms, [&](Connected got) { told.push_back(address_of(got)); });
    boost::asio::post(io, [&] {  // by now it connects; when the loop looks again, both have happened
        while (std::chrono::steady_clock::now() < limit + 5ms) {
        }
    });
    io.run();
    EXPECT_THAT(told, ElementsAre("127.0.0.1"));
}

TEST_F(RemoteTest, NamesTheReasonOfEachAddress_R_DEC_72) {
    const SwallowingListener swallowing(io, "127.0.0.2");
    names.set("two.test", {"127.0.0.2", "127.0.0.3"});
    Remote remote(io, "two.test", swallowing.port());
    const std::string port = std::to_string(swallowing.port());
    const Connected result = connect(remote, 1s);
    EXPECT_FALSE(result.socket);
    EXPECT_FALSE(result.no_handles);
    EXPECT_EQ(result.failure,
              "127.0.0.2:" + port + ": no answer; 127.0.0.3:" + port + ": connection refused");
}

TEST_F(RemoteTest, SaysThatThereIsNoSuchName) {
    Remote remote(io, "no-such-host.invalid", 42027);
    EXPECT_THAT(connect(remote).failure, HasSubstr("no-such-host.invalid: host not found"));
}

TEST_F(RemoteTest, LooksUpOnceForAllWhoWait) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("one.test", {"127.0.0.1"});
    Remote remote(io, "one.test", listener.local_endpoint().port());
    int connected = 0;
    std::vector<Connecting> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(remote.connect(plenty, [&](Connected got) { connected += got.socket ? 1 : 0; }));
    io.run();
    EXPECT_EQ(connected, 5);
    connect(remote);
    EXPECT_EQ(names.asked("one.test"), 1);
}

TEST_F(RemoteTest, LooksUpAgainWhenNobodyAnswers) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("moving.test", {"127.0.0.3"});
    Remote remote(io, "moving.test", listener.local_endpoint().port());
    EXPECT_THAT(connect(remote).failure, HasSubstr("connection refused"));
    names.set("moving.test", {"127.0.0.1"});
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

TEST_F(RemoteTest, UsesWhatItKnowsWhileALookupHangs) {
    const std::uint16_t port = closed_port();
    names.set("one.test", {"127.0.0.1"});
    Remote remote(io, "one.test", port);
    EXPECT_THAT(connect(remote).failure, HasSubstr("connection refused"));
    const auto listener = listening(io, "127.0.0.1", port);
    names.hang("one.test");
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

TEST_F(RemoteTest, TakesAddressesThatComeWhileOthersAreTried) {
    const SwallowingListener swallowing(io, "127.0.0.2");
    names.set("moving.test", {"127.0.0.2"});
    Remote remote(io, "moving.test", swallowing.port());
    EXPECT_THAT(connect(remote, 1ms).failure, HasSubstr("no answer"));
    EXPECT_THAT(connect(remote, 300ms).failure, HasSubstr("127.0.0.2:"));
    const auto listener = listening(io, "127.0.0.1", swallowing.port());
    names.hang("moving.test");
    names.set("moving.test", {"127.0.0.1"});
    boost::asio::steady_timer later(io, 400ms);  // the known address is being tried by then
    later.async_wait([&](auto) { names.let_go("moving.test"); });
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

// ---- look-ups that hang

TEST_F(RemoteTest, WaitsForALookupWithinTheLimit_R_DEC_72) {
    names.set("hanging.test", {"127.0.0.1"});
    names.hang("hanging.test");
    Remote remote(io, "hanging.test", 42027);
    EXPECT_EQ(connect(remote, 50ms).failure, "hanging.test: no answer from the name service");
    EXPECT_EQ(connect(remote, 50ms).failure, "hanging.test: no answer from the name service");
    EXPECT_EQ(names.asked("hanging.test"), 1) << "the first look-up is still out";
}

TEST_F(RemoteTest, AHangingLookupDoesNotHoldOtherNames) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("hanging.test", {"127.0.0.1"});
    names.set("one.test", {"127.0.0.1"});
    names.hang("hanging.test");
    Remote hanging(io, "hanging.test", 42027);
    const auto connecting = hanging.connect(plenty, [](Connected) { ADD_FAILURE(); });
    Remote remote(io, "one.test", listener.local_endpoint().port());
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

TEST_F(RemoteTest, ALookupOfACancelledAttemptDoesNotMeetTheEndOfTheLoop) {  // for the thread sanitizer
    names.set("slow.test", {"127.0.0.1"});
    for (int i = 0; i < 50; ++i) {
        names.hang("slow.test");
        io_context ended;
        Remote remote(ended, "slow.test", 42027);
        const auto connecting = remote.connect(plenty, [](Connected) { ADD_FAILURE(); });
        ended.run_one();
        names.let_go("slow.test");
    }
}

TEST_F(RemoteTest, AHangingLookupDoesNotHoldTheEnd_R_DEC_72) {
    names.set("hanging.test", {"127.0.0.1"});
    names.hang("hanging.test");
    {
        io_context ended;
        Remote remote(ended, "hanging.test", 42027);
        const auto connecting = remote.connect(plenty, [](Connected) { ADD_FAILURE(); });
        ended.poll();
        names.await_asked("hanging.test");
    }
    names.let_go("hanging.test");  // its answer goes nowhere
}

// ---- cancelling

TEST_F(RemoteTest, TellsNothingOnceItIsDropped) {
    const SwallowingListener swallowing(io, "127.0.0.2");
    Remote remote(io, "127.0.0.2", swallowing.port());
    {
        const auto connecting = remote.connect(plenty, [](Connected) { ADD_FAILURE(); });
        io.run_one();
    }
    EXPECT_LT(io.run(), 10u) << "nothing holds the loop";
}

TEST_F(RemoteTest, TellsNothingOnceItIsReplacedOrCancelled) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("one.test", {"127.0.0.1"});
    Remote remote(io, "one.test", listener.local_endpoint().port());
    bool second = false;
    auto connecting = remote.connect(plenty, [](Connected) { ADD_FAILURE() << "replaced"; });
    connecting = remote.connect(plenty, [&](Connected got) { second = got.socket.has_value(); });
    auto cancelled = remote.connect(plenty, [](Connected) { ADD_FAILURE() << "cancelled"; });
    cancelled.cancel();
    io.run();
    EXPECT_TRUE(second);
}

TEST_F(RemoteTest, MayBeDroppedBeforeItsAttempt) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("one.test", {"127.0.0.1"});
    std::optional<Connected> result;
    Connecting connecting;
    {
        Remote remote(io, "one.test", listener.local_endpoint().port());
        connecting = remote.connect(plenty, [&](Connected got) { result = std::move(got); });
    }
    io.run();
    ASSERT_TRUE(result);
    EXPECT_EQ(address_of(*result), "127.0.0.1");
}

// ---- no handles left (R-DEC-74)

TEST_F(RemoteTest, SaysWhenNoHandleIsLeft_R_DEC_74) {
    const auto listener = listening(io, "127.0.0.1");
    names.set("one.test", {"127.0.0.1"});
    Remote remote(io, "one.test", listener.local_endpoint().port());
    Remote unknown(io, "no-such-host.invalid", 42027);
    {
        const NoFileHandles none;
        const Connected result = connect(remote);
        EXPECT_TRUE(result.no_handles);
        EXPECT_THAT(result.failure, MatchesRegex("127.0.0.1:[0-9]+: too many open files"));
        const Connected not_found = connect(unknown);
        EXPECT_TRUE(not_found.no_handles) << "the name service needs handles as well";
        EXPECT_THAT(not_found.failure, HasSubstr("no-such-host.invalid: too many open files"));
    }
    EXPECT_EQ(address_of(connect(remote)), "127.0.0.1");
}

}  // namespace
}  // namespace cticonnector::net
