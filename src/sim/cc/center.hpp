#pragma once
// The contact center as one pure thing: connections, messages, script steps and time go in, messages and
// reports come out through Outside. Every input ends with settle(): what changed is published, the router
// gives waiting items to ready agents. Owns all parts; they refer to each other in order of dependency.
// Source: GED-188, ARM and MR fact sheets; docs/simulators.md.

#include <functional>
#include <optional>

#include "agent_events.hpp"
#include "agents.hpp"
#include "call_events.hpp"
#include "client_sessions.hpp"
#include "control.hpp"
#include "media.hpp"
#include "media_events.hpp"
#include "phone_calls.hpp"
#include "pim_dialogues.hpp"
#include "router.hpp"
#include "switchboard.hpp"
#include "tasks.hpp"
#include "timers.hpp"
#include "voice.hpp"

namespace cticonnector::sim::cc {

class Center {
  public:
    Center(Settings settings, Outside& outside);
    Center(const Center&) = delete;
    Center& operator=(const Center&) = delete;

    ClientSessionId connected(SideName side, Time now);
    void disconnected(ClientSessionId id, Time now);
    void on_message(ClientSessionId id, const wire::Frame& frame, Time now);
    void broken(ClientSessionId id, std::string_view what, Time now);
    wire::Version version_of(ClientSessionId id) const;

    void on_mr_message(const wire::Frame& frame, Time now);
    void mr_lost(Time now);

    void on_time(Time now);
    std::optional<Time> next_deadline() const { return timers.next(); }
    // Anything else that happens to the parts below, for script steps: act, then settle.
    void act(Time now, const std::function<void()>& action);

    Settings settings;
    Outside& outside;
    Timers timers;
    ClientSessions sessions{settings, timers, outside};
    Router router{settings};
    PhoneCalls calls;
    Tasks tasks;
    AgentEvents agent_events{settings, calls, sessions, outside};
    Agents agents{settings, tasks, router, agent_events};
    Voice voice{timers, calls, agents, outside};
    CallEvents call_events{settings, sessions, agents, outside};
    Switchboard switchboard{settings, timers, calls, router, agents, voice, call_events, outside};
    MediaEvents media_events{settings, sessions, agents, outside};
    Media media{settings, timers, sessions, agents, tasks, media_events, outside};
    Control control{settings, sessions, agents, voice, calls, switchboard, outside};
    PimDialogues dialogues{settings, timers, router, agents, tasks, media, media_events, outside};

  private:
    void settle();
};

}  // namespace cticonnector::sim::cc
