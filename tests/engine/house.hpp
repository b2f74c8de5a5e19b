#pragma once
// A house with one agent logged in: the engine, a clock that the test moves, and a contact center that agrees
// with everything until the test tells it otherwise. Each step leaves what the engine did in `last`, what it
// did in answer to the contact center included. Every step also proves rule 9 (no request is answered twice)
// and that the engine itself found nothing broken.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <typeindex>
#include <vector>

#include "cticonnector/engine/engine.hpp"
#include "printed.hpp"

namespace cticonnector::engine::testing {

using namespace std::chrono_literals;

/// What the engine is told, and the profile that subscriptions carry.
struct SiteSettings : Settings {
    CrmProfile crm;
    std::optional<CrmProfile> other{};  ///< of every second agent, where there are many
};
/// A desktop with ten sessions, no buffers, and a default session for calls.
CrmProfile ten_sessions();
/// SAP with all channels and the ceilings of R-LOGIN-6's worked example, widened; direct calls are shown.
SiteSettings house_settings();

class House {
  public:
    enum class Mood { agrees, refuses, silent };
    static constexpr std::string_view pm2c = "12345;xxyyzz;52513;pm2c";

    explicit House(SiteSettings settings = house_settings(), ItemId first_item = {1});
    /// The house with its agent logged in, not ready.
    static House with_agent(std::string_view work_center = pm2c, SiteSettings settings = house_settings());
    /// ... and ready.
    static House ready(std::string_view work_center = pm2c, SiteSettings settings = house_settings());

    // ---- what happens
    void tell(const Event& event);
    void pass(Duration time);
    /// One turn of time, now.
    void turn();
    template <class R>
    RequestId send(R request) {
        request.request = RequestId{++requests_};
        if constexpr (requires { request.user; }) {
            if (request.user == UserId{}) request.user = user;
        }
        if constexpr (requires { request.subscription; }) request.subscription = {++subscriptions_};
        asked_.insert(requests_);
        tell(request);
        return request.request;
    }
    /// Sends the request and returns its answer, which must have come by now.
    template <class R>
    Reply ask(R request) {
        return reply(send(std::move(request)));
    }
    Reply reply(RequestId request) const;
    int replies(RequestId request) const;
    /// Requests that are not answered yet.
    std::size_t unanswered() const { return asked_.size(); }

    Subscribe subscription(std::string_view work_center = pm2c, std::string app_id = "app-1") const;
    Reply workmode(int mode) { return ask(SetWorkmode{.workmode = mode}); }

    // ---- items and calls
    ItemId add(Channel channel, std::vector<UserId> preferred = {});
    TaskId assign(ItemId item);
    /// An item from its arrival to the offer; its key, empty when it was not shown.
    ItemKey offer(Channel channel);
    ItemKey accepted(Channel channel);
    Reply reroute(const ItemKey& key, std::string reason) {
        return ask(Reroute{.item = key, .reason = std::move(reason)});
    }
    /// The CRM answers the item's last event.
    void closed(const ItemKey& key) { tell(LastEventAnswered{agent().subscription, key}); }
    CallId ring(bool routed = true);
    ItemKey ringing(bool routed = true);
    ItemKey talking();
    void state(Channel channel, MediumState state, int reason = 0, std::optional<MediumState> next = {});
    void hang_up(const CallId& call, MediumState after);

    // ---- the contact center
    /// How actions of this kind are taken from now on.
    template <class A>
    void cc(Mood mood, Failure failure = Failure::other) {
        moods_.insert_or_assign(typeid(A), Manner{mood, failure});
    }
    void cc_all(Mood mood, Failure failure = Failure::other);
    /// Answers what the contact center has not answered for the longest time.
    void answer_oldest();
    /// Answers the oldest unanswered action of this kind.
    template <class A>
    void answer(Failure failure = Failure::none) {
        const auto at =
            std::find_if(silent.begin(), silent.end(), [](const Action& a) { return holds<A>(a); });
        ASSERT_NE(at, silent.end()) << "nothing of this kind waits for an answer";
        const Action action = *at;
        silent.erase(at);
        last.clear();
        answer_to(action, failure);
        settle();
    }

    // ---- what the engine did
    template <class A>
    std::vector<A> did() const {
        std::vector<A> found;
        for (const Action& a : last) {
            if (const A* one = as<A>(a)) found.push_back(*one);
        }
        return found;
    }
    template <class A>
    A only() const {
        const auto found = did<A>();
        EXPECT_EQ(found.size(), 1u) << printed(last);
        return found.empty() ? A{} : found.front();
    }
    std::optional<Note> note(What what) const;
    /// The last that the CRM was told of the item by this step.
    std::optional<ItemView> shown(const ItemKey& key) const;
    std::size_t position(const std::function<bool(const Action&)>& match) const;

    const Agent& agent() const;
    bool has_agent() const { return engine.roster().find(user).has_value(); }
    const Session* session(const ItemKey& key) const;
    const Item* item(ItemId wanted) const;
    const Item* item_of(const ItemKey& key) const;
    const Item* call(const CallId& wanted) const;
    CallId call_of(const ItemKey& key) const { return item_of(key)->legs().id; }
    CallId first_call() const { return calls_of(agent()).at(0).legs().id; }
    int workmode_told() const { return agent().told ? agent().told->workmode : 0; }

    ProfilePtr profile;  ///< of subscription()
    Engine engine;
    Time now{1h};
    bool prompt = true;  ///< what the engine wants to do at once follows each event; otherwise see pass()
    Actions last;
    std::vector<Action> silent;  ///< what the contact center has not answered
    std::vector<Event> work;     ///< what FindWork finds
    AgentFound query_answer;     ///< what QueryAgent is answered with
    const UserId user = user_id("MILLER");
    const AgentId id{5000, "12345"};

  private:
    struct Manner {
        Mood mood = Mood::agrees;
        Failure failure = Failure::other;
    };
    void step(const Event& event);
    void turns(Time end);
    void take(std::size_t from);
    void settle();
    void answer_to(const Action& action, Failure failure);

    std::map<std::type_index, Manner> moods_;  ///< of kinds of actions
    Manner mood_;                              ///< of the others
    std::vector<Action> queue_;
    std::map<std::uint64_t, Reply> replies_;
    std::map<std::uint64_t, int> reply_counts_;
    std::set<std::uint64_t> asked_;
    std::uint64_t requests_ = 0;
    std::uint64_t subscriptions_ = 0;
    std::int32_t tasks_ = 0;
    std::uint32_t calls_ = 0;
};

}  // namespace cticonnector::engine::testing
