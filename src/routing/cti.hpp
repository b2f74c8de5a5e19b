#pragma once
// The contact center's side of the CTI link above the session: the engine's actions become messages, the
// messages become the engine's events. Pure; after each call the caller takes `state().out` to the link
// and `state().events` to the engine.
//
// A wish while the link is down is answered with no_link at once; one that has no answer is dropped.

#include <optional>
#include <string>

#include "calls.hpp"
#include "cti_state.hpp"
#include "find_work.hpp"
#include "interrupts.hpp"
#include "orders.hpp"
#include "resync.hpp"

namespace cticonnector::routing {

class Cti {
  public:
    Cti(const Current<Settings>&, InvokeIds&, engine::LinkId);

    void link_up(engine::Time now);
    void link_down(const std::string& why, engine::Time now);
    void on(const ged188::Frame&, engine::Time now);
    void perform(const engine::CenterAction&, engine::Time now);
    /// Without a link nothing can be done about it; the contact center ends it as not answered.
    void end(const Stray&, engine::Time now);
    void on_time(engine::Time now);
    std::optional<engine::Time> next_deadline() const { return resync_.next_deadline(); }
    /// More of a large block is to be sent; go_on() when the link has taken the last piece.
    bool more() const { return resync_.more(); }
    void go_on(engine::Time now);

    CtiState& state() { return state_; }
    const CtiState& state() const { return state_; }

  private:
    template <class M>
    void read(const ged188::Frame&);
    template <class M>
    void read_answer(const ged188::Frame&);
    void pass_over(const ged188::Frame&);
    template <class M>
    void confirm(const Request&, const M&);
    void refuse(const Request&, Refused);

    void handle(const ged188::AgentStateEvent&);
    void handle(const ged188::AgentMadeNotRoutableEvent&);
    void handle(const ged188::MaxTaskLifetimeExceededEvent&);
    void handle(const ged188::AgentInitReadyEvent&);
    void handle(const ged188::AgentInterruptAdvisoryEvent& e) { interrupts_.on(e); }
    void handle(const ged188::AgentInterruptDoneAdvisoryEvent& e) { interrupts_.on(e); }
    void answer(const Request&, const ged188::QueryAgentStateConf&);
    void answer(const Request&, const ged188::MediaLoginResp&);
    void answer(const Request&, const ged188::MakeCallConf&);
    void answer(const Request&, const ged188::AgentTasksResp&);

    void carry_out(const engine::QueryAgent& a) { send(state_, a); }
    void carry_out(const engine::Login& a) { send(state_, a); }
    void carry_out(const engine::Logout& a) { send(state_, a); }
    void carry_out(const engine::SetVoiceState& a) { send(state_, a); }
    void carry_out(const engine::LoginMedium& a) { send_in_turn(a); }
    void carry_out(const engine::SetTaskLimit& a) { send_in_turn(a); }
    void carry_out(const engine::LogoutMedium& a) { send_in_turn(a); }
    void carry_out(const engine::ReadyMedium& a) { send_in_turn(a); }
    void carry_out(const engine::NotRoutable& a) { send_in_turn(a); }
    void carry_out(const engine::NotReadyMedium& a) { send_in_turn(a); }
    void carry_out(const engine::StepTask& a) { send_in_turn(a); }
    void carry_out(const engine::EndTask& a) { send_in_turn(a); }
    void carry_out(const engine::FindWork& a) { searches_.start(a); }
    void carry_out(const engine::RestoreMedium& a) { resync_.add(a); }
    void carry_out(const engine::RestoreTask& a) { resync_.add(a); }
    void carry_out(const engine::RestoreDone&);
    void carry_out(const engine::AnswerCall& a) { send(state_, calls_, a); }
    void carry_out(const engine::ClearCall& a) { send(state_, calls_, a); }
    void carry_out(const engine::PlaceCall& a) { send(state_, a); }
    void carry_out(const engine::ReleaseCall& a) { send(state_, calls_, a); }
    /// Of an agent's medium: after the block of a resynchronisation that they are in.
    template <class A>
    void send_in_turn(const A& wish) {
        if (!resync_.hold_back(wish, wish.agent, wish.channel)) send(state_, wish);
    }
    void refuse_without_link(const engine::CenterAction&);
    void send_what_was_held_back();

    engine::LinkId link_;
    CtiState state_;
    Calls calls_;
    Searches searches_;
    Resync resync_;
    Interrupts interrupts_;
};

}  // namespace cticonnector::routing
