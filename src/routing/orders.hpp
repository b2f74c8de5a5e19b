#pragma once
// The engine's actions for agents, calls and tasks as GED-188 requests and indications (GED-188 section 7,
// arm-task-model section 2; R-DEC-1, R-DEC-2, R-DEC-24, R-DEC-26). One function per action.

#include "calls.hpp"
#include "cti_state.hpp"

namespace cticonnector::routing {

void send(CtiState&, const engine::QueryAgent&);
void send(CtiState&, const engine::Login&);
void send(CtiState&, const engine::Logout&);
void send(CtiState&, const engine::SetVoiceState&);
void send(CtiState&, const engine::LoginMedium&);
void send(CtiState&, const engine::SetTaskLimit&);
void send(CtiState&, const engine::LogoutMedium&);
void send(CtiState&, const engine::ReadyMedium&);
void send(CtiState&, const engine::NotRoutable&);
void send(CtiState&, const engine::NotReadyMedium&);
void send(CtiState&, const engine::StepTask&);
void send(CtiState&, const engine::EndTask&);
void send(CtiState&, const Stray&);

void send(CtiState&, const Calls&, const engine::AnswerCall&);
void send(CtiState&, const Calls&, const engine::ClearCall&);
void send(CtiState&, const Calls&, const engine::ReleaseCall&);
void send(CtiState&, const engine::PlaceCall&);

}  // namespace cticonnector::routing
