#pragma once
// The keys of a SAP-side script but its steps (docs/simulators.md, "SAP side"). Errors: ScriptError.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "behaviour.hpp"
#include "connector_client.hpp"
#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim::sap {

struct Settings {
    net::HttpTarget connector;
    ConnectorClient::Limits limits;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string public_host;  // for the appUrl; the address if empty
    std::vector<AgentSpec> agents;
};

Settings read_settings(Object& script);

/// Some members of a Behaviour.
struct BehaviourChange {
    using Member = std::variant<unsigned Behaviour::*, milliseconds Behaviour::*, bool Behaviour::*,
                                Otherwise Behaviour::*>;
    Behaviour values;
    std::vector<Member> given;

    Behaviour applied_to(Behaviour) const;
};

/// Takes all of the object.
BehaviourChange read_behaviour(Object from);
std::vector<std::string_view> behaviour_key_names();

}  // namespace cticonnector::sim::sap
