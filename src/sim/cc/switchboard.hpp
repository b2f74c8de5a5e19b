#pragma once
// What happens with phone calls: queued and direct ones from outside, those that agents dial, and what can be
// done with them by a client, at the phone or by the caller. Each operation checks, confirms, and then acts,
// so that a client gets its confirmation before the events. Consult, transfer and conference would be more
// operations on the same parties.
// Source: GED-188 sections 7, 8 and the call messages of section 13; R-DEC-37.

#include <functional>
#include <optional>
#include <string>

#include "agents.hpp"
#include "call_events.hpp"
#include "phone_calls.hpp"
#include "voice.hpp"

namespace cticonnector::sim::cc {

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

// Says to the client who asked that it will be done, to the party it is about.
using Confirm = std::function<void(const Party&)>;
// For what is done at the phone.
inline const Confirm unconfirmed = [](const Party&) {};

class Switchboard {
  public:
    Switchboard(const Settings& settings, Timers& timers, PhoneCalls& calls, Router& router, Agents& agents,
                Voice& voice, CallEvents& events, Outside& outside);

    CallId place(const NewCall& call);
    // The outcome of MAKE_CALL_REQ; confirm comes before the events.
    Refusal dial(AgentIndex agent, const std::string& number, const Data& data, const Confirm& confirm);
    // What is not there cannot be answered, held, ...: refused as in the wrong state.
    Refusal answer(PartyId id, const Confirm& confirm);
    Refusal hold(PartyId id, const Confirm& confirm);
    Refusal retrieve(PartyId id, const Confirm& confirm);
    Refusal alternate(PartyId active, PartyId held, const Confirm& confirm);
    // One party leaves; with two parties that is the end of the call.
    Refusal drop(PartyId id, const Confirm& confirm);
    Refusal clear(CallId id, const Confirm& confirm);
    void caller_hangs_up(CallId id);
    // After a change of call.data and the like.
    void data_changed(CallId id);
    // RELEASE_CALL_REQ, or wrap-up is over: nothing more will be said about an ended call.
    void release(CallId id);
    // All calls of an agent who is logged out by force.
    void drop_all(const Agent& agent);

  private:
    using Act = void (Switchboard::*)(Call&, Party&);
    // Does nothing when call or party are gone by then.
    Timers::TimerId later(milliseconds wait, PartyId id, Act act);

    // Known by its name, with the caller as its first party.
    Call& enter(const NewCall& wanted);
    Party& join(Call& call, std::string_view device, std::optional<AgentIndex> agent, std::uint16_t state);
    void leave(Call& call, Party& party);
    void enqueue(Call& call, bool first);
    void offer(Call& call, AgentIndex agent, GroupNumber group);
    void ring(Call& call, Party& party);
    void stop_ringing(Party& party);
    void no_answer(Call& call, Party& party);
    void connect(Call& call, Party& party);
    void dial_outside(Call& call, Party& dialling, const Number& number);
    bool has_connected_call(AgentIndex agent) const;
    // `first` is the party that leaves; the other one has nobody left to talk to.
    void end(Call& call, Party& first, std::uint16_t cause, Parting how);
    void stop_timers(Call& call);
    const Number* number_for(std::string_view number) const;

    const Settings& settings_;
    Timers& timers_;
    PhoneCalls& calls_;
    Router& router_;
    Agents& agents_;
    Voice& voice_;
    CallEvents& events_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
