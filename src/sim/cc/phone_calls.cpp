#include "phone_calls.hpp"

#include <algorithm>

namespace cticonnector::sim::cc {

namespace {

constexpr std::int32_t router_call_key_day = 151'635;

template <class Parties, class Wanted, class Member>
auto* look_up(Parties& parties, const Wanted& wanted, Member member) {
    const auto found = std::ranges::find(parties, wanted, member);
    return found == parties.end() ? nullptr : &*found;
}

}  // namespace

Party* Call::party(PartyId wanted) { return look_up(parties, wanted, &Party::id); }
Party* Call::party_of(AgentIndex agent) { return look_up(parties, agent, &Party::agent); }
const Party* Call::party_of(AgentIndex agent) const { return look_up(parties, agent, &Party::agent); }

Call& PhoneCalls::create(std::uint16_t type) {
    const CallId id{++last_call_};
    Call& call = calls_[id];
    call.id = id;
    call.type = type;
    call.key = {router_call_key_day, static_cast<std::int32_t>(id.value), 1};
    return call;
}

Party& PhoneCalls::join(Call& call, std::string_view device, std::optional<AgentIndex> agent,
                        std::uint16_t state) {
    Party& party = call.parties.emplace_back();
    party.id = {call.id, ++call.last_party};
    party.device = device;
    party.connection = party.device + "/" + std::to_string(call.id.value);
    party.agent = agent;
    party.state = state;
    return party;
}

void PhoneCalls::enter_name(const Call& call) {
    names_[call.name] = call.id;
    names_[""] = call.id;
}

void PhoneCalls::remove(CallId id) {
    const auto call = calls_.find(id);
    if (call == calls_.end()) return;
    if (const auto name = names_.find(call->second.name); name != names_.end() && name->second == id)
        names_.erase(name);
    calls_.erase(call);
}

const Call* PhoneCalls::find(CallId id) const {
    const auto found = calls_.find(id);
    return found == calls_.end() ? nullptr : &found->second;
}

Call* PhoneCalls::find(CallId id) {
    const auto found = calls_.find(id);
    return found == calls_.end() ? nullptr : &found->second;
}

Party* PhoneCalls::find(PartyId id) {
    Call* call = find(id.call);
    return call == nullptr ? nullptr : call->party(id);
}

const Party* PhoneCalls::find(CallId id, AgentIndex agent) const {
    const Call* call = find(id);
    return call == nullptr ? nullptr : call->party_of(agent);
}

Call* PhoneCalls::named(std::string_view name) {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : find(found->second);
}

}  // namespace cticonnector::sim::cc
