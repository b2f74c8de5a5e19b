// What the simulator says to people (--plain).
#include <array>
#include <span>

#include "program.hpp"

namespace cticonnector::sim::cc {

namespace {

constexpr std::array table{
    Sentence{"cti.listening", "CTI server side {side} listens on port {port}"},
    Sentence{"cti.connected", "session {session} connects to side {side}"},
    Sentence{"cti.opened", "session {session} of {client} is open on side {side}, version {version}"},
    Sentence{"cti.refused", "session {session} is refused: {name} ({status})"},
    Sentence{"cti.close_requested", "session {session} asks to be closed, status {status}"},
    Sentence{"cti.closed", "session {session} on side {side} is gone"},
    Sentence{"cti.dropped", "session {session} is dropped with status {status}"},
    Sentence{"cti.broken", "session {session} sent what cannot be read: {text}"},
    Sentence{"cti.unsendable", "a message to session {session} could not be written: {text}"},
    Sentence{"side.active", "side {side} is the active one now"},
    Sentence{"side.down", "side {side} is down"},
    Sentence{"peripheral", "the peripheral is online: {online}"},
    Sentence{"request.refused", "request refused: {failure} ({code}), peripheral error {peripheral}"},
    Sentence{"agent.login", "agent {agent} logs in at {device}"},
    Sentence{"agent.login_refused", "agent {agent} may not log in at {device}"},
    Sentence{"agent.authenticated", "the password of agent {agent} is right"},
    Sentence{"agent.logout", "agent {agent} logs out, reason {reason}"},
    Sentence{"agent.asked", "agent {agent} asks for {state}, reason {reason}"},
    Sentence{"agent.state", "agent {agent} in MRD {mrd}: {state}, {tasks} tasks, routable {routable}"},
    Sentence{"media.login", "agent {agent} signs into MRD {mrd} for {limit} tasks, status {status}"},
    Sentence{"media.logout", "agent {agent} signs out of MRD {mrd}"},
    Sentence{"arm.refused", "FAILURE_RESP with status {status}"},
    Sentence{"application.lost", "the application of path {path} is lost (session {session})"},
    Sentence{"resync.begin", "session {session} begins to tell its agents and tasks"},
    Sentence{"resync.agent", "agent {agent} is back in MRD {mrd}"},
    Sentence{"resync.end", "session {session} has told all, {ended} tasks ended"},
    Sentence{"interrupt.advised", "agent {agent} is interrupted in MRD {mrd}"},
    Sentence{"interrupt.done", "the interruption of agent {agent} in MRD {mrd} is over"},
    Sentence{"call.arrived", "call {call} arrives from {ani} for {dnis}"},
    Sentence{"call.delivered", "call {call} rings at {device}"},
    Sentence{"call.established", "call {call} is answered at {device}"},
    Sentence{"call.held", "call {call} is held at {device}"},
    Sentence{"call.retrieved", "call {call} is retrieved at {device}"},
    Sentence{"call.failed", "call {call} from {device} failed"},
    Sentence{"call.dialled", "agent {agent} dials at {device}: call {call}"},
    Sentence{"call.not_answered", "agent {agent} does not answer call {call}"},
    Sentence{"call.caller_left", "the caller of call {call} hangs up"},
    Sentence{"call.connection_cleared", "{device} leaves call {call}"},
    Sentence{"call.ended", "call {call} is over at {device}"},
    Sentence{"call.data_set", "data of call {call} is set, wrap-up data \"{wrapup}\""},
    Sentence{"mr.connected", "the MR PIM is connected to {host}:{port}"},
    Sentence{"mr.opened", "the MR session is open"},
    Sentence{"mr.lost", "the MR connection is lost: {text}"},
    Sentence{"task.new", "task {task} arrives for {selector} (dialogue {dialogue}), {string1} {string2}"},
    Sentence{"task.refused", "the task of dialogue {dialogue} is refused: {name} ({class})"},
    Sentence{"task.cancelled", "task {task} is cancelled (dialogue {dialogue})"},
    Sentence{"task.routed", "task {task} goes to agent {agent} {label}"},
    Sentence{"task.state", "task {task} of agent {agent}: {state}"},
    Sentence{"task.ended", "task {task} of agent {agent} ends with disposition {disposition}"},
    Sentence{"load.started", "load begins: {rate} per second over {agents} agents"},
    Sentence{"load.finished", "load is over: {events} events"},
    Sentence{"state",
             "{on_voice} of {agents} agents on voice, {on_media} on media; {sessions} sessions, {calls} "
             "calls, {tasks} tasks, {waiting} waiting"},
    Sentence{"state.agent", "agent {agent} in MRD {mrd}: {state}, {tasks} tasks, routable {routable}"},
    Sentence{"error", "error: {text}"},
};

}  // namespace

const std::span<const Sentence> sentences{table};

}  // namespace cticonnector::sim::cc
