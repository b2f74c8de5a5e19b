#pragma once
// The engine's actions for agents, calls and tasks as GED-188 requests and indications (GED-188 section 7,
// arm-task-model section 2; R-DEC-1, R-DEC-2, R-DEC-24, R-DEC-26). One function per action.

#include "calls.hpp"
#include "exchange.hpp"

namespace cticonnector::routing {

void send(Exchange&, const engine::QueryAgent&);
void send(Exchange&, const engine::Login&);
void send(Exchange&, const engine::Logout&);
void send(Exchange&, const engine::SetVoiceState&);
void send(Exchange&, const engine::LoginMedium&);
void send(Exchange&, const engine::SetTaskLimit&);
void send(Exchange&, const engine::LogoutMedium&);
void send(Exchange&, const engine::ReadyMedium&);
void send(Exchange&, const engine::NotRoutable&);
void send(Exchange&, const engine::NotReadyMedium&);
void send(Exchange&, const engine::StepTask&);
void send(Exchange&, const engine::EndTask&);
void send(Exchange&, const Stray&);

void send(Exchange&, const Calls&, const engine::AnswerCall&);
void send(Exchange&, const Calls&, const engine::ClearCall&);
void send(Exchange&, const Calls&, const engine::ReleaseCall&);
void send(Exchange&, const engine::PlaceCall&);

}  // namespace cticonnector::routing
