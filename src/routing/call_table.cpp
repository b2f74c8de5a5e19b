#include "call_table.hpp"

#include <algorithm>
#include <iterator>

#include "wire_ids.hpp"

namespace cticonnector::routing {

using engine::AgentId;
using engine::CallId;

template <class Map, class Key>
void CallTable::use(Map& map, const Key& key, Call& call) {
    Uses& uses = map[key];
    const auto known = std::ranges::find(uses, &call, &Uses::value_type::first);
    known == uses.end() ? void(uses.emplace_back(&call, 1)) : void(++known->second);
}

template <class Map, class Key>
void CallTable::release(Map& map, const Key& key, Call& call) {
    const auto found = map.find(key);
    const auto known = std::ranges::find(found->second, &call, &Uses::value_type::first);
    if (--known->second > 0) return;
    found->second.erase(known);
    if (found->second.empty()) map.erase(found);
}

Call& CallTable::add(const CallId& begin) {
    Call& call = calls_.emplace_back(Call{.begin = begin});
    call.place = std::prev(calls_.end());
    use(by_number_, begin.call, call);
    return call;
}

void CallTable::remove(Call& call) {
    while (!call.parties.empty()) remove_party(call, call.parties.back());
    release(by_number_, call.begin.call, call);
    calls_.erase(call.place);
}

void CallTable::clear() {
    by_number_.clear();
    by_agent_.clear();
    calls_.clear();
}

Call* CallTable::find(const CallId& id) const {
    const auto found = names_nothing(id) ? by_number_.end() : by_number_.find(id.call);
    if (found == by_number_.end()) return nullptr;
    Call* by_number = nullptr;
    for (const auto& [call, uses] : found->second) {
        if (call->begin == id ||
            std::ranges::find(call->parties, id, &Party::connection) != call->parties.end())
            return call;
        if (!by_number || by_number->has_destination) by_number = call;
    }
    return by_number;
}

Call* CallTable::begun(const CallId& begin) {
    const auto found = by_number_.find(begin.call);
    if (found == by_number_.end()) return nullptr;
    const auto known =
        std::ranges::find_if(found->second, [&](const auto& use) { return use.first->begin == begin; });
    return known == found->second.end() ? nullptr : known->first;
}

CallTable::Found CallTable::with_connection(const CallId& connection) {
    const auto found = by_number_.find(connection.call);
    if (found == by_number_.end()) return {};
    for (const auto& [call, uses] : found->second) {
        const auto party = std::ranges::find(call->parties, connection, &Party::connection);
        if (party != call->parties.end()) return {call, &*party};
    }
    return {};
}

const Party* CallTable::told(const AgentId& agent, const CallId& id) const {
    const auto found = by_agent_.find(agent);
    if (found == by_agent_.end()) return nullptr;
    for (const auto& [call, uses] : found->second) {
        for (const Party& party : call->parties) {
            if (party.agent == agent && party.id == id) return &party;
        }
    }
    return nullptr;
}

Party& CallTable::add_party(Call& call, Party party) {
    use(by_number_, party.connection.call, call);
    use(by_agent_, party.agent, call);
    return call.parties.emplace_back(std::move(party));
}

void CallTable::remove_party(Call& call, Party& party) {
    release(by_number_, party.connection.call, call);
    release(by_agent_, party.agent, call);
    call.parties.erase(call.parties.begin() + (&party - call.parties.data()));
}

void CallTable::move_parties(Call& from, Call& to) {
    while (!from.parties.empty()) {
        add_party(to, from.parties.front());
        remove_party(from, from.parties.front());
    }
}

void CallTable::rename(Call& call, const CallId& begin) {
    use(by_number_, begin.call, call);
    release(by_number_, call.begin.call, call);
    call.begin = begin;
}

void CallTable::rename(Call& call, Party& party, const CallId& connection) {
    use(by_number_, connection.call, call);
    release(by_number_, party.connection.call, call);
    party.connection = connection;
}

}  // namespace cticonnector::routing
