#pragma once
// Agents, their CRM, a contact center and a router that behave sensibly most of the time and absurdly now and
// then: answers come late or never, events come twice, or speak of agents, items and calls that nobody knows.
// All of it follows from one seed.

#include <deque>
#include <random>
#include <string>
#include <vector>

#include "center.hpp"
#include "cticonnector/engine/engine.hpp"
#include "house.hpp"
#include "watch.hpp"

namespace cticonnector::engine::testing {

class World {
  public:
    World(const SiteSettings& settings, std::uint64_t seed, int agents);

    /// One event, with the time that passes before it. False when a rule was broken.
    bool step();
    /// Lets every deadline pass; then nothing may be open.
    bool finish();
    bool ok() const { return !watch_.breach() && !breach_; }
    /// The breach, the seed and the last events.
    std::string report() const;
    /// From now on every action is printed to `out` as well.
    void record(std::string* out) { record_ = out; }
    const Engine& engine() const { return engine_; }
    /// One in the same state goes on in its place.
    void replace(Engine engine) { engine_ = std::move(engine); }
    /// What the engine was told and when, from now on; without an event it was its time.
    struct Told {
        Time time{};
        std::optional<Event> event;
    };
    void keep(std::vector<Told>* told) { kept_ = told; }
    /// From now on nothing that is due waits for the next event.
    void be_punctual() { punctual_ = true; }
    /// What the engine wrote to the log so far: shows that the run came everywhere.
    const std::set<What>& seen() const { return seen_; }

  private:
    struct Player {
        AgentId id;
        UserId user;
        std::string device;
        ProfilePtr profile;
    };
    struct Move {
        int weight;
        void (World::*make)();
    };
    static const std::vector<Move>& moves();

    std::uint64_t below(std::uint64_t n) { return random_() % n; }
    bool chance(int percent) { return static_cast<int>(below(100)) < percent; }
    template <class T>
    const T& any(const std::vector<T>& list) {
        return list[below(list.size())];
    }

    void tell(const Event& event);
    void pass(Duration time);
    void turn();
    void note_actions(const Event* event);
    void take(const Action& action);

    // ---- who
    const Player& player() { return any(players_); }
    const Agent* record_of(const Player& p) const;
    ItemKey key_of(const Player& p);
    TaskId task_of(const Player& p);
    CallId call_of(const Player& p);
    RequestId request() { return RequestId{++requests_}; }
    ItemInfoPtr info() const { return info_; }

    // ---- moves
    void cc_answers();
    void answer(const Action&, Failure);
    std::size_t next_to_answer();
    void in_silence(const Action&, bool link_lost);
    void crm_answers();
    void store_answers();
    void router_answers();
    void subscribe();
    void unsubscribe();
    void set_workmode();
    void item_request();
    void item_data();
    void make_call();
    void read_user();
    void add_item();
    void delete_item();
    void customer_leaves();
    void retry_item();
    void call_event();
    void call_offered();
    void agent_state();
    void task_trouble();
    void delivery();
    void manual_sessions();
    void link();
    void router();
    void work_found();
    void again();
    void long_wait();

    Engine engine_;
    Watch watch_;
    Center center_;
    std::optional<std::string> breach_;  ///< of a rule of the center
    std::mt19937_64 random_;
    std::uint64_t seed_;
    std::vector<Player> players_;
    Time now_{std::chrono::hours{1}};
    Actions actions_;
    ItemInfoPtr info_ = std::make_shared<ItemInfo>();
    std::string* record_ = nullptr;
    std::vector<Told>* kept_ = nullptr;
    bool punctual_ = false;
    std::set<What> seen_;

    std::vector<Action> unanswered_;              ///< by the contact center
    std::vector<Event> late_;                     ///< outcomes of log-ins and log-outs that take their time
    std::vector<LastEventAnswered> last_events_;  ///< not answered by the CRM yet
    std::vector<ItemId> unstored_, unrouted_;
    std::deque<Event> history_;  ///< the latest events
    std::uint64_t requests_ = 0, subscriptions_ = 0, external_ids_ = 0, steps_ = 0;
    std::int32_t tasks_ = 0;
    std::uint32_t calls_ = 0;
};

}  // namespace cticonnector::engine::testing
