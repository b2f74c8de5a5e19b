// What concerns all agents is done for some of them at a time,
// and whoever an event is about comes first (docs/architecture.md, "Errands").

#include <set>

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

AgentId agent(int i) { return {5000, std::to_string(20'000 + i)}; }
UserId user(int i) { return user_id("USER" + std::to_string(i)); }

/// A house with `count` ready agents, in which nothing is done before its turn.
House site(int count, SiteSettings settings = house_settings()) {
    House house(std::move(settings));
    for (int i = 0; i < count; ++i) {
        Subscribe s = house.subscription(agent(i).name + ";pw;" + std::to_string(50'000 + i) + ";pm2c");
        s.user = user(i);
        EXPECT_EQ(house.ask(s).fault, Fault::none);
        EXPECT_EQ(house.ask(SetWorkmode{.user = user(i), .workmode = 2}).fault, Fault::none);
    }
    house.prompt = false;
    return house;
}
House small_site() {
    SiteSettings settings = house_settings();
    settings.records_per_turn = 3;
    return site(10, settings);
}

const Agent& record(const House& house, int i) {
    return house.engine.roster().at(*house.engine.roster().find(user(i)));
}
std::size_t subscribed(const House& house) {
    std::size_t count = 0;
    house.engine.roster().each(
        [&](Roster::Slot slot) { count += house.engine.roster().at(slot).subscribed(); });
    return count;
}
bool due_now(const House& house) {
    return house.engine.next_deadline() && *house.engine.next_deadline() <= house.now;
}

/// Agents spoken of by the actions of kind A, in each turn from now until nothing is due.
template <class A>
std::vector<std::size_t> per_turn(House& house) {
    std::vector<std::size_t> counts;
    while (due_now(house)) {
        house.turn();
        std::set<std::string> agents;
        for (const A& action : house.did<A>()) {
            if constexpr (requires { action.subscription; }) {
                agents.insert(std::to_string(action.subscription.value));
            } else {
                agents.insert(action.agent.name);
            }
        }
        counts.push_back(agents.size());
    }
    return counts;
}

TEST(Errands, OneTurnTakes256Agents) {
    House house = site(600);
    house.cc_all(House::Mood::silent);
    house.tell(LinkDown{});
    EXPECT_THAT(house.last, IsEmpty()) << "the event itself speaks of nobody";
    EXPECT_EQ(per_turn<UserChanged>(house), (std::vector<std::size_t>{256, 256, 88}));
    EXPECT_FALSE(due_now(house));

    house.tell(LinkUp{});
    EXPECT_THAT(house.last, IsEmpty());
    const auto restored = per_turn<RestoreMedium>(house);
    EXPECT_EQ((std::vector<std::size_t>{restored.begin(), restored.begin() + 3}),
              (std::vector<std::size_t>{256, 256, 88}));

    house.tell(LinkDown{});
    while (due_now(house)) house.turn();
    house.now = *house.engine.next_deadline();
    EXPECT_EQ(per_turn<Note>(house), (std::vector<std::size_t>{256, 256, 88})) << "the end of the grace time";
    EXPECT_EQ(subscribed(house), 0u);

    house.tell(LinkUp{});  // R-HA-9: those who left meanwhile are logged out behind the block
    EXPECT_EQ(per_turn<Logout>(house), (std::vector<std::size_t>{0, 0, 168, 256, 176}));
}

TEST(Errands, DeadlinesOfAllAgentsAtOnceTakeTurnsToo) {
    House house = small_site();
    for (int i = 0; i < 10; ++i)
        house.tell(SubscriptionLost{record(house, i).subscription, false, "refused"});
    house.cc_all(House::Mood::silent);
    house.now = *house.engine.next_deadline();
    EXPECT_EQ(per_turn<EndSubscription>(house), (std::vector<std::size_t>{3, 3, 3, 1}));
}

// arm-task-model.md 6.8: the block is closed behind the last agent; what could not be said follows it.
TEST(Errands, R_DEC_41_TheBlockIsClosedBehindTheLastAgent) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    house.tell(LinkDown{});
    while (due_now(house)) house.turn();
    house.tell(SubscriptionLost{record(house, 0).subscription, false, "refused"});
    house.tell(LinkUp{});
    std::size_t media = 0, done = 0;
    while (due_now(house)) {
        house.turn();
        media += house.did<RestoreMedium>().size();
        done += house.did<RestoreDone>().size();
        if (!house.did<RestoreDone>().empty()) {
            EXPECT_EQ(media, 20u);
        }
        if (done == 0) {
            EXPECT_THAT(house.did<NotReadyMedium>(), IsEmpty());
        }
    }
    EXPECT_EQ(done, 1u);
}

TEST(Errands, R_HA_6_WhoAsksIsServedFirst) {
    House house = small_site();
    house.tell(LinkDown{});
    EXPECT_TRUE(house.ask(ReadUser{.user = user(9)}).user->contact_center_lost);
    EXPECT_EQ(house.ask(SetWorkmode{.user = user(8), .workmode = 3}).fault, Fault::unavailable);
    EXPECT_FALSE(record(house, 7).stale) << "the others wait for their turn";
    EXPECT_TRUE(due_now(house));
    house.pass(0s);
    EXPECT_TRUE(record(house, 7).stale);
    EXPECT_FALSE(due_now(house));
}

TEST(Errands, ACallInBetweenFindsItsAgentInOrder) {
    House house = small_site();
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    house.cc<QueryAgent>(House::Mood::silent);
    house.tell(CallOffered{agent(9), {77, 0, "50009"}, true, nullptr});
    EXPECT_TRUE(record(house, 9).stale) << "learned that the link was lost, then that it is back";
    EXPECT_THAT(house.did<QueryAgent>(), SizeIs(1));
    EXPECT_EQ(house.did<ItemChanged>().size(), 1u);
    EXPECT_EQ(house.ask(Accept{.user = user(9), .item = {"call-20009-77"}}).fault, Fault::none);
}

// R-DEC-35: the answer is not known, though the link is up again before the agent's turn has come.
TEST(Errands, R_DEC_35_ARequestThatTheLostLinkTookIsAnsweredThoughTheLinkIsBack) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    const RequestId asked = house.send(SetWorkmode{.user = user(9), .workmode = 3});
    const OperationId operation = house.only<SetVoiceState>().operation;
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    house.tell(Outcome{operation, Failure::none, ""});  // late
    EXPECT_EQ(house.reply(asked).fault, Fault::unavailable);
    EXPECT_TRUE(record(house, 9).stale);
}

TEST(Errands, R_HA_9_ALogOnThatTheLostLinkTookFailsAndSaysNothingOverTheNewOne) {
    House house = small_site();
    house.cc<LoginMedium>(House::Mood::silent);
    const RequestId log_on = house.send(house.subscription());
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    house.tell(Outcome{house.silent.empty() ? OperationId{} : as<LoginMedium>(house.silent[0])->operation,
                       Failure::none, ""});
    EXPECT_EQ(house.reply(log_on).fault, Fault::unavailable);
    EXPECT_THAT(house.did<LogoutMedium>(), IsEmpty()) << "the outcome is of the old link";
    house.pass(0s);
    const auto out = house.did<LogoutMedium>();
    EXPECT_EQ(std::count_if(out.begin(), out.end(), [&](const auto& one) { return one.agent == house.id; }),
              2)
        << "what may have come in is logged out behind the block";
    EXPECT_FALSE(house.has_agent());
}

TEST(Errands, ASecondLossBeforeTheFirstReturnWasToldIsLearnedOnce) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    house.tell(LinkDown{});
    house.turn();  // three agents know
    house.tell(LinkUp{});
    house.turn();  // ... and three more know that it was lost and is back
    house.tell(LinkDown{});
    std::size_t told = 0;
    while (due_now(house)) {
        house.turn();
        told += house.did<UserChanged>().size();
        for (const Action& action : house.last)
            EXPECT_TRUE(holds<UserChanged>(action) || holds<Note>(action)) << printed(action);
    }
    EXPECT_EQ(told, 4u) << "who knew already is told nothing";
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(record(house, i).stale);

    house.tell(LinkUp{});
    std::size_t queries = 0;
    while (due_now(house)) {
        house.turn();
        queries += house.did<QueryAgent>().size();
    }
    EXPECT_EQ(queries, 10u);
}

TEST(Errands, R_DEC_34_WhoIsStillOnWhenTheLinkIsBackStaysOn) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    house.tell(LinkDown{});
    while (due_now(house)) house.turn();
    house.now = *house.engine.next_deadline();
    house.turn();
    EXPECT_EQ(house.did<EndSubscription>().size(), 3u);
    house.tell(LinkUp{});
    while (due_now(house)) {
        house.turn();
        EXPECT_THAT(house.did<EndSubscription>(), IsEmpty());
    }
    EXPECT_EQ(subscribed(house), 7u);
}

TEST(Errands, ALogOutInBetweenTakesTheErrandWithIt) {
    House house = small_site();
    house.tell(LinkDown{});
    EXPECT_EQ(house.ask(Unsubscribe{.user = user(9)}).fault, Fault::none);
    EXPECT_FALSE(record(house, 9).subscribed());
    house.tell(LinkUp{});
    Subscribe again = house.subscription(agent(9).name + ";pw;50009;p");
    again.user = user(9);
    EXPECT_EQ(house.ask(again).fault, Fault::none) << "the successor at their place owes nothing";
    EXPECT_FALSE(record(house, 9).stale);
    house.query_answer.logged_in = true;
    house.pass(0s);
    EXPECT_EQ(house.engine.roster().size(), 10u);
}

// R-DEC-35: the work center string of a log-on names an agent, too; it waits for the end of their log-out.
TEST(Errands, ALogOnAsAnAgentWhoIsLeavingFindsThemInOrder) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    house.send(Unsubscribe{.user = user(9)});
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    house.cc_all(House::Mood::agrees);
    Subscribe next = house.subscription(agent(9).name + ";pw;50009;pm2c");
    next.user = user_id("OTHER");
    const RequestId request = house.send(next);
    house.pass(0s);
    EXPECT_EQ(house.reply(request).fault, Fault::none) << sentence(house.reply(request).text);
    EXPECT_EQ(house.engine.roster().find(next.user), house.engine.roster().find(agent(9)));
}
// R-DEC-6: whoever holds an agent has learned what the link did before they are in somebody's way.
TEST(Errands, R_DEC_6_ALogOnThatTheLostLinkTookIsInNobodysWay) {
    House house = small_site();
    house.cc<Login>(House::Mood::silent);
    const RequestId lost = house.send(house.subscription());
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    house.cc<Login>(House::Mood::agrees);
    Subscribe next = house.subscription();
    next.user = user_id("OTHER");
    const RequestId request = house.send(next);
    EXPECT_EQ(house.reply(lost).fault, Fault::unavailable);
    house.pass(0s);
    EXPECT_EQ(house.reply(request).fault, Fault::none) << sentence(house.reply(request).text);
}
// R-DEC-55: an event about an item is an event about the agent who has it.
TEST(Errands, AnItemThatIsWithdrawnFindsItsAgentInOrder) {
    House house = small_site();
    house.cc_all(House::Mood::silent);
    const ItemId item = house.add(Channel::action);
    house.tell(TaskAssigned{item, Channel::action, agent(9), {1, 2, 3}, nullptr});
    house.tell(LinkDown{});
    house.ask(DeleteItem{.external_id = house.item(item)->external_id});
    EXPECT_TRUE(record(house, 9).stale);
    EXPECT_EQ(record(house, 9).sessions.at(0).state, SessionState::closing);
}

}  // namespace
}  // namespace cticonnector::engine::testing
