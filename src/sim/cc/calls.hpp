#pragma once
// Phone calls: queued and direct ones from outside, those that agents dial, and what can be done with them by
// a client, at the phone or by the caller. Each operation checks, confirms, and then acts, so that a client
// gets its confirmation before the events. Consult, transfer and conference would be more operations on
// the same parties.
// Source: GED-188 sections 7, 8 and the call messages of section 13; R-DEC-37.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "agents.hpp"
#include "call_events.hpp"
#include "data.hpp"
#include "voice.hpp"

namespace cticonnector::sim::cc {

struct Party {
    std::string device;      // extension, or the number outside
    std::string connection;  // ConnectionDeviceID: opaque, unique
    Agent* agent = nullptr;
    std::uint16_t state = ged188::LocalConnectionState::LCS_NULL;
};

// A call belongs to the contact center until its END_CALL_EVENT.
struct Call {
    std::uint32_t id = 0;
    std::uint16_t type = ged188::CallType::CALLTYPE_ACD_IN;
    wire::TaskId key;  // RouterCallKey: day, call id, sequence number
    std::string name;  // in the script
    std::string ani;
    std::string dnis;
    std::string dialed_number;
    std::string wrap_up_data;
    Data data;
    std::optional<std::uint32_t> wanted_group;
    const SkillGroup* group = nullptr;  // that it was routed to
    bool routed = false;                // by the routing script, not direct
    bool ended = false;                 // all parties are gone
    std::vector<Party> parties;
    milliseconds talk{0};                      // then the caller hangs up; 0 = they do not
    std::optional<milliseconds> answer_after;  // the agent answers at their phone
    Timers::TimerId ring_timer, talk_timer, patience_timer, answer_timer;
    Router::Ticket ticket;  // while queued

    bool inbound() const { return type != ged188::CallType::CALLTYPE_OUT; }
    Party* party_of(const Agent& agent);
};

// A call from outside, or inside a direct one.
struct NewCall {
    std::string name;
    std::string ani;
    std::string dnis;
    std::optional<std::string> to;  // extension: a direct call
    std::optional<std::uint32_t> skill_group;
    Data data;
    milliseconds talk{0};
    milliseconds patience{0};  // of the caller while they wait; 0 = unlimited
    std::optional<milliseconds> answer_after;
};

using Confirm = std::function<void(Call&)>;
// For what is done at the phone.
inline const Confirm unconfirmed = [](Call&) {};

class Calls {
  public:
    Calls(const Settings& settings, Timers& timers, Agents& agents, Router& router, Voice& voice,
          CallEvents& events, Outside& outside);

    Call* find(std::uint32_t id);
    Call* named(std::string_view name);  // the youngest; an empty name: the youngest of all
    std::size_t size() const { return calls_.size(); }

    Call& place(const NewCall& call);
    // The outcome of MAKE_CALL_REQ; confirm comes before the events.
    Refusal dial(Agent& agent, std::string number, const Data& data, const Confirm& confirm);
    Refusal answer(Call& call, Party& party, const Confirm& confirm);
    Refusal hold(Call& call, Party& party, const Confirm& confirm);
    Refusal retrieve(Call& call, Party& party, const Confirm& confirm);
    Refusal alternate(Call& active, Party& mine, Call& held, Party& other, const Confirm& confirm);
    // One party leaves; with two parties that is the end of the call.
    Refusal drop(Call& call, Party& party, const Confirm& confirm);
    Refusal clear(Call& call, const Confirm& confirm);
    void caller_hangs_up(Call& call);
    // After a change of call.data and the like.
    void data_changed(Call& call);
    // RELEASE_CALL_REQ, or wrap-up is over: nothing more will be said about an ended call.
    void release(Call& call);
    // All calls of an agent who is logged out by force.
    void drop_all(Agent& agent);

  private:
    Call& create(std::uint16_t type);
    Party& add_party(Call& call, std::string_view device, Agent* agent, std::uint16_t state);
    void enqueue(Call& call, bool first);
    void offer(Call& call, Agent& agent, const SkillGroup* group);
    void ring(Call& call, Party& party);
    void no_answer(Call& call, Party& party);
    void connect(Call& call, Party& party);
    void dial_outside(Call& call, const Number& number);
    bool has_connected_call(const Agent& agent) const;
    // `first` is the party that leaves; the other one has nobody left to talk to.
    void end(Call& call, Party& first, std::uint16_t cause, Parting how);
    void stop_timers(Call& call);
    const Number* number_for(std::string_view number) const;

    const Settings& settings_;
    Timers& timers_;
    Agents& agents_;
    Router& router_;
    Voice& voice_;
    CallEvents& events_;
    Outside& outside_;
    std::unordered_map<std::uint32_t, std::unique_ptr<Call>> calls_;
    std::map<std::string, std::uint32_t, std::less<>> names_;
    std::uint32_t last_call_ = 1000;
};

}  // namespace cticonnector::sim::cc
