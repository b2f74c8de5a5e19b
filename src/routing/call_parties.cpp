// Which call and which agent's connection a message means, and what moves them from one call to another.
#include <algorithm>

#include "calls.hpp"

namespace cticonnector::routing {

using namespace engine;

// ---- which call, which agent

std::optional<AgentId> Calls::agent_at(const Text& device) const {
    if (!device) return std::nullopt;
    return directory_.at_device(to_utf8(*device, settings_.code_page));
}

/// By the connection itself, which may be any party's; else by the call number, and of two live calls with
/// one number it is the one that has no destination yet (GED-188 section 7).
Calls::Call* Calls::find(const CallId& id) {
    if (names_nothing(id)) return nullptr;
    Call* by_number = nullptr;
    for (Call& call : calls_) {
        bool same_number = call.begin.call == id.call;
        if (call.begin == id) return &call;
        for (const Party& party : call.parties) {
            if (party.connection == id) return &call;
            same_number = same_number || party.connection.call == id.call;
        }
        if (same_number && (!by_number || by_number->has_destination)) by_number = &call;
    }
    return by_number;
}

Calls::Call& Calls::call_of(const CallId& id) {
    if (Call* known = find(id)) return *known;
    calls_.push_back({.begin = id});
    return calls_.back();
}

/// The agent's own connection that an event is about: by its id, else by the device (R-DEC-37).
Calls::Party* Calls::party_of(const CallId& id, const Text& device) {
    for (Call& call : calls_) {
        for (Party& party : call.parties) {
            if (party.connection == id) return &party;
        }
    }
    const auto agent = agent_at(device);
    Call* call = agent ? find(id) : nullptr;
    if (!call) return nullptr;
    const auto party = std::ranges::find(call->parties, *agent, &Party::agent);
    return party == call->parties.end() ? nullptr : &*party;
}

Calls::Party* Calls::dialling(Call& call, const Text& calling_device) const {
    const auto agent = agent_at(calling_device);
    for (Party& party : call.parties) {
        const bool early = party.line == Line::initiated || party.line == Line::dialled;
        if (early && (!calling_device || party.agent == agent)) return &party;
    }
    return nullptr;
}

Calls::Party& Calls::add_party(Call& call, const AgentId& agent, const CallId& id, const Text& device,
                               Line line) const {
    call.parties.push_back({.agent = agent,
                            .id = id,
                            .connection = id,
                            .device = utf8_of(device, settings_.code_page),
                            .line = line,
                            .outbound = line == Line::initiated || line == Line::dialled});
    return call.parties.back();
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
    Call* primary = find(wanted.primary);
    Call* secondary = find(wanted.secondary);
    if (!primary || !secondary) return;
    const auto leave = [&](Call& call) {
        std::erase_if(call.parties, [&](const Party& party) {
            if (party.agent != wanted.mover) return false;
            tell_end(party, CallEnding::cleared);
            return true;
        });
    };
    if (secondary != primary) {
        leave(*secondary);
        if (!wanted.mover_stays) leave(*primary);
        for (Party& party : secondary->parties) primary->parties.push_back(std::move(party));
        if (!remaining.empty() && remaining.front().connected_party_call_id == secondary->begin.call)
            primary->begin = secondary->begin;
        calls_.remove_if([&](const Call& c) { return &c == secondary; });
    } else if (!wanted.mover_stays) {
        leave(*primary);
    }
    for (Party& party : primary->parties) {
        for (const ged188::Party& named : remaining) {
            if (party.connection.device.empty() ||
                named.connected_party_device_id != std::string_view(party.connection.device)) {
                continue;
            }
            party.connection.call = named.connected_party_call_id.value_or(party.connection.call);
            party.connection.device_type =
                named.connected_party_device_id_type.value_or(party.connection.device_type);
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
        party->connection = id;
        return party->id;
    }
    const std::string device = directory_.instrument(agent);
    add_party(call, agent, id, std::string_view(device), Line::initiated);
    return id;
}

CallId Calls::connection(const AgentId& agent, const CallId& id) const {
    for (const Call& call : calls_) {
        for (const Party& party : call.parties) {
            if (party.agent == agent && party.id == id) return party.connection;
        }
    }
    return id;
}

}  // namespace cticonnector::routing
