// Which call and which agent's connection a message means, and what moves them from one call to another.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "calls.hpp"

namespace cticonnector::routing {

using namespace engine;

// ---- which call, which agent

std::optional<AgentId> Calls::agent_at(const Text& device) const {
    if (!device) return std::nullopt;
    return directory_.at_device(identity_of(device, settings_->code_page));
}

Call& Calls::call_of(const CallId& id) {
    Call* const known = calls_.find(id);
    return known ? *known : calls_.add(id);
}

/// The agent's own connection that an event is about: by its id, else by the device (R-DEC-37).
CallTable::Found Calls::party_of(const CallId& id, const Text& device) {
    if (const CallTable::Found found = calls_.with_connection(id); found.party) return found;
    const auto agent = agent_at(device);
    Call* call = agent ? calls_.find(id) : nullptr;
    if (!call) return {};
    const auto party = std::ranges::find(call->parties, *agent, &Party::agent);
    if (party == call->parties.end()) return {};
    return {call, &*party};
}

Party* Calls::dialling(Call& call, const Text& calling_device) const {
    const auto agent = agent_at(calling_device);
    for (Party& party : call.parties) {
        const bool early = party.line == Line::initiated || party.line == Line::dialled;
        if (early && (!calling_device || party.agent == agent)) return &party;
    }
    return nullptr;
}

Party& Calls::add_party(Call& call, const AgentId& agent, const CallId& id, const Text& device, Line line) {
    return calls_.add_party(call, {.agent = agent,
                                   .id = id,
                                   .connection = id,
                                   .device = utf8_of(device, settings_->code_page),
                                   .line = line,
                                   .outbound = line == Line::initiated || line == Line::dialled});
}

// ---- two calls become one

void Calls::handle(const ged188::CallTransferredEvent& m) {
    join({{m.primary_call_id, m.primary_device_id_type, std::string(m.primary_device_id.value_or(""))},
          {m.secondary_call_id, m.secondary_device_id_type, std::string(m.secondary_device_id.value_or(""))},
          agent_at(m.transferring_device_id),
          false},
         m.parties);
}

void Calls::handle(const ged188::CallConferencedEvent& m) {
    join({{m.primary_call_id, m.primary_device_id_type, std::string(m.primary_device_id.value_or(""))},
          {m.secondary_call_id, m.secondary_device_id_type, std::string(m.secondary_device_id.value_or(""))},
          agent_at(m.controller_device_id),
          true},
         m.parties);
}

/// Who did it leaves both calls, or with a conference keeps the first one (R-DEC-38); everybody else goes on
/// in the first, with its data.
void Calls::join(const Join& wanted, const std::vector<ged188::Party>& remaining) {
    Call* primary = calls_.find(wanted.primary);
    Call* secondary = calls_.find(wanted.secondary);
    if (!primary || !secondary) return;
    const auto leave = [&](Call& call) {
        for (std::size_t i = call.parties.size(); i-- > 0;) {
            if (call.parties[i].agent == wanted.mover)
                end_party({&call, &call.parties[i]}, CallEnding::cleared);
        }
    };
    if (secondary != primary) {
        leave(*secondary);
        if (!wanted.mover_stays) leave(*primary);
        calls_.move_parties(*secondary, *primary);
        if (!remaining.empty() && remaining.front().connected_party_call_id == secondary->begin.call)
            calls_.rename(*primary, secondary->begin);
        calls_.remove(*secondary);
    } else if (!wanted.mover_stays) {
        leave(*primary);
    }
    for (Party& party : primary->parties) {
        for (const ged188::Party& named : remaining) {
            if (party.connection.device.empty() ||
                named.connected_party_device_id != std::string_view(party.connection.device)) {
                continue;
            }
            const CallId& now = party.connection;
            calls_.rename(*primary, party,
                          {named.connected_party_call_id.value_or(now.call),
                           named.connected_party_device_id_type.value_or(now.device_type), now.device});
        }
        if (party.line != Line::initiated)
            events_.push_back(CallData{party.agent, party.id, info_of(*primary, party)});
    }
}

// ---- what the engine knows, and what is on the wire

CallId Calls::placed(const AgentId& agent, const CallId& id) {
    Call& call = call_of(id);
    const auto party = std::ranges::find(call.parties, agent, &Party::agent);
    if (party != call.parties.end()) {
        calls_.rename(call, *party, id);
        return party->id;
    }
    const std::string device = directory_.instrument(agent);
    add_party(call, agent, id, std::string_view(device), Line::initiated);
    return id;
}

CallId Calls::connection(const AgentId& agent, const CallId& id) const {
    const Party* party = calls_.told(agent, id);
    return party ? party->connection : id;
}

}  // namespace cticonnector::routing
