#pragma once
// All that the engine knows, as one value: copying it copies the engine.

#include <memory>

#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/roster.hpp"

namespace cticonnector::engine {

/// Logged off while the contact center could not be told: it will be, when the link is back (R-HA-9).
struct Departed {
    AgentId agent;
    std::string device;
    Secret password;
    PerChannel<bool> in;
};

struct State {
    std::shared_ptr<const Settings> settings;
    Roster roster;
    Items items;
    bool link_up = false;
    bool router_up = false;
    bool stopping = false;
    std::vector<Departed> departed;
    std::optional<Time> link_grace;  ///< agents are logged off in the CRM when it ends (R-DEC-34, reason 2)
    std::vector<Roster::Slot> touched;  ///< by the event at hand
};

}  // namespace cticonnector::engine
