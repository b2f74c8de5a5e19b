#pragma once
// All simulated agents and their agent sessions: events and answers in, requests out. Pure: no socket, no
// clock, no chance (behaviour.md sections 1 to 3; ici.md sections 8 and 9; R-DEC-10, R-DEC-19, R-DEC-20).
//
//     desks.log_on(agent, {}, now);
//     for (auto& send : desks.take()) ...              // one request per agent at a time, in order
//     desks.on_answer(agent, answer, now);             // makes room for the next
//     desks.on_item(agent, item_event, now);
//     desks.on_time(now); desks.next_deadline();
//
// Whatever changes an agent costs time in proportion to that agent's items, never to the number of agents.

#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "behaviour.hpp"
#include "cticonnector/base/described.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "item_event.hpp"

namespace cticonnector::sim::sap {

/// What an agent's items came to.
struct Counts {
    std::size_t seen = 0;        // offered
    std::size_t accepted = 0;    // shown as accepted
    std::size_t rejected = 0;    // by hand, M0
    std::size_t refused = 0;     // by SAP itself, A0 or A1
    std::size_t ignored = 0;     // left to ring
    std::size_t completed = 0;   // accepted ones that ended
    std::size_t lost = 0;        // gone before they were accepted, without a refusal of ours
    std::size_t overbooked = 0;  // shown as accepted while no agent session was free
};

enum class Presence : std::uint8_t { off, logging_on, on, logging_off };
BOOST_DESCRIBE_ENUM(Presence, off, logging_on, on, logging_off)

/// How far an item has come, as its events tell it.
enum class Phase : std::uint8_t { alerting, working, wrap_up };

/// What the agent, or SAP for them, does next about an item.
enum class Move : std::uint8_t { none, accept, reject, refuse_sessions, refuse_http, finish, end_wrap_up };

struct Item {
    std::string id;
    ici::Channel channel{};
    std::string action_item_id;
    Phase phase{};
    bool seated = false;  // holds an agent session
    bool accepted = false;
    bool refused = false;
    Move move = Move::none;
    std::optional<Time> due;  // of the move
};

struct Job {
    ici::Request request;
    std::string item;  // whose move this is, empty for requests about the agent
    Move move = Move::none;
};

struct Agent {
    AgentSpec spec;
    Presence presence = Presence::off;
    std::string app_id;    // of the live or latest subscription
    std::string workmode;  // as the CMS last told
    bool wants_ready = false;
    unsigned manual_sessions = 0;
    unsigned offers = 0;  // counted for accept_every
    std::vector<Item> items;
    std::deque<Time> tabs;  // of items that are over: when End is pressed, in order
    std::deque<Job> jobs;   // the first is under way if waiting
    bool waiting = false;
    std::optional<Time> ready_due, check_due, log_on_due;
    Counts counts;
};

struct Send {
    AgentIndex agent{};
    ici::Request request;
};

/// No answer that could be read.
struct NoAnswer {
    std::string why;
};
using Outcome = std::variant<ici::Reply, ici::Fault, NoAnswer>;

/// How a log-on differs from the usual one.
struct LogOn {
    bool same_app_id = false;
    std::optional<Secret> workcenter;
};

class Desks {
  public:
    /// app_id_seed tells the application IDs of one run from those of another.
    Desks(std::string app_url, std::uint64_t app_id_seed)
        : app_url_(std::move(app_url)), seed_(app_id_seed) {}

    AgentIndex add(AgentSpec);
    const std::vector<Agent>& agents() const { return agents_; }

    void log_on(AgentIndex, const LogOn&, Time now);  // once more if the agent is on
    void log_off(AgentIndex, bool workmode_first);
    void set_workmode(AgentIndex, const std::string& workmode);
    void set_manual_sessions(AgentIndex, unsigned count);
    void behave(AgentIndex, const Behaviour&, Time now);

    void on_item(AgentIndex, const ItemEvent&, Time now);
    void on_user(AgentIndex, const ici::User&, Time now);
    void on_subscription_ended(AgentIndex, const std::string& app_id, Time now);
    void on_answer(AgentIndex, const Outcome&, Time now);

    std::vector<Send> take() { return std::exchange(sends_, {}); }
    void on_time(Time now);
    std::optional<Time> next_deadline() const;

    const Counts& totals() const { return totals_; }
    std::size_t logged_on() const { return logged_on_; }
    std::size_t ready() const { return ready_; }
    std::size_t open_items() const { return open_items_; }
    std::size_t open_requests() const { return open_requests_; }

  private:
    void count(Agent&, std::size_t Counts::*);
    void set_presence(Agent&, Presence);
    void show_workmode(Agent&, const std::string& workmode, Time now);
    void subscription_over(Agent&, Time now);
    void drop_items(Agent&);

    void push(Agent&, ici::Request, std::string item = {}, Move = Move::none);
    void drop_jobs(Agent&);
    void send_next(Agent&);
    void arm(Agent&, std::optional<Time>& due, Time at);
    void run_due(Agent&, Time now);

    void offer(Agent&, Item&, Time now);
    void show(Agent&, Item&, const ItemEvent&, Time now);
    void plan(Agent&, Item&, Move, milliseconds delay, Time now);
    void end(Agent&, std::size_t item, const std::string& processing_status, Time now);
    void make_move(Agent&, Item&);
    void move_answered(Agent&, const Job&, const Outcome&, Time now);

    void subscribed(Agent&, const ici::request::Subscribe&, const Outcome&, Time now);
    void unsubscribed(Agent&, const Outcome&, Time now);
    std::string new_app_id();
    AgentIndex index_of(const Agent& agent) const { return static_cast<AgentIndex>(&agent - agents_.data()); }

    using Deadline = std::pair<Time, AgentIndex>;

    std::string app_url_;
    std::uint64_t seed_;
    std::uint64_t app_ids_ = 0;
    std::vector<Agent> agents_;
    std::vector<Send> sends_;
    std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
    Counts totals_;
    std::size_t logged_on_ = 0, ready_ = 0, open_items_ = 0, open_requests_ = 0;
};

}  // namespace cticonnector::sim::sap
