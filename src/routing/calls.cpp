#include "calls.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>

namespace cticonnector::routing {

namespace {

using namespace engine;
using ged188::CallType;
using ged188::EventCause;

template <class M>
std::optional<RouterKey> router_key_in(const M& m) {
    if (!m.router_call_key_day || !m.router_call_key_call_id) return std::nullopt;
    return RouterKey{*m.router_call_key_day, *m.router_call_key_call_id};
}

/// R-DEC-17: the types of a call that the contact center routed to an agent.
constexpr std::array routed_types{CallType::CALLTYPE_ACD_IN, CallType::CALLTYPE_PREROUTE_ACD_IN,
                                  CallType::CALLTYPE_PREROUTE_DIRECT_AGENT, CallType::CALLTYPE_OVERFLOW_IN};

constexpr std::array redirecting_causes{EventCause::CEC_REDIRECTED,
                                        EventCause::CEC_CALL_NOT_ANSWERED,
                                        EventCause::CEC_CALL_FORWARD,
                                        EventCause::CEC_CALL_FORWARD_BUSY,
                                        EventCause::CEC_CALL_PICKUP,
                                        EventCause::CECX_REDIRECTED,
                                        EventCause::CEC_TIME_OUT,
                                        EventCause::CECX_RING_NO_ANSWER,
                                        EventCause::CEC_CALL_FORWARD_NO_ANSWER,
                                        EventCause::CEC_CALL_FORWARD_ALWAYS};
constexpr std::array failing_causes{EventCause::CEC_BUSY,
                                    EventCause::CEC_DEST_NOT_OBTAINABLE,
                                    EventCause::CEC_INCOMPATIBLE_DESTINATION,
                                    EventCause::CEC_REORDER_TONE,
                                    EventCause::CEC_NETWORK_NOT_OBTAINABLE,
                                    EventCause::CEC_NETWORK_CONGESTION,
                                    EventCause::CEC_TRUNKS_BUSY,
                                    EventCause::CEC_RESOURCES_NOT_AVAILABLE,
                                    EventCause::CECX_BUSY,
                                    EventCause::CEC_NETWORK_ERROR,
                                    EventCause::CEC_NETWORK_ERROR_BEFORE_ANSWER};

template <class Set>
bool contains(const Set& set, std::uint16_t value) {
    return std::ranges::find(set, value) != set.end();
}

}  // namespace

bool Calls::on(const ged188::Frame& frame, ged188::Version version) {
    using namespace ged188;
    version_ = version;
    switch (frame.type) {
        case BeginCallEvent::type: return read<BeginCallEvent>(frame);
        case CallDeliveredEvent::type: return read<CallDeliveredEvent>(frame);
        case CallEstablishedEvent::type: return read<CallEstablishedEvent>(frame);
        case CallHeldEvent::type: return read<CallHeldEvent>(frame);
        case CallRetrievedEvent::type: return read<CallRetrievedEvent>(frame);
        case CallServiceInitiatedEvent::type: return read<CallServiceInitiatedEvent>(frame);
        case CallOriginatedEvent::type: return read<CallOriginatedEvent>(frame);
        case CallFailedEvent::type: return read<CallFailedEvent>(frame);
        case CallConnectionClearedEvent::type: return read<CallConnectionClearedEvent>(frame);
        case CallClearedEvent::type: return read<CallClearedEvent>(frame);
        case EndCallEvent::type: return read<EndCallEvent>(frame);
        case CallTransferredEvent::type: return read<CallTransferredEvent>(frame);
        case CallConferencedEvent::type: return read<CallConferencedEvent>(frame);
        case CallDataUpdateEvent::type: return read<CallDataUpdateEvent>(frame);
        case AgentPreCallEvent::type: return read<AgentPreCallEvent>(frame);
        case AgentPreCallAbortEvent::type: return read<AgentPreCallAbortEvent>(frame);
        default: return false;
    }
}

/// Calls of other peripherals of the gateway are none of ours.
template <class M>
bool Calls::read(const ged188::Frame& frame) {
    const auto message = odd_.read<M>(frame, version_);
    if (!message) return true;
    if constexpr (requires { message->peripheral_id; }) {
        if (message->peripheral_id != settings_->peripheral) return true;
    }
    if constexpr (requires { message->connection_call_id; }) {
        if (names_nothing(connection_in(*message))) {
            odd_.nameless(*M::binding.message, "names no call");
            return true;
        }
    }
    handle(*message);
    return true;
}

// ---- what a call is about

template <class M>
void Calls::read_data(Call& call, const M& m) const {
    const auto replace = [&](std::string& text, const Text& field) {
        if (field) text = to_utf8(*field, settings_->code_page);
    };
    replace(call.ani, m.ani);
    replace(call.dnis, m.dnis);
    if (call.dnis.empty()) replace(call.dnis, m.dialed_number);
    read_call_variables(m, *settings_, call.info);
    read_ecc(m, *settings_, call.info, true);
}

void Calls::read_devices(Call& call, const Text& calling, const Text& called,
                         std::uint32_t skill_group) const {
    if (calling) call.calling_device = to_utf8(*calling, settings_->code_page);
    if (called) call.called_device = to_utf8(*called, settings_->code_page);
    if (auto queue = queue_id(skill_group); !queue.empty()) call.info.queue = std::move(queue);
}

ItemInfoPtr Calls::info_of(const Call& call, const Party& party) const {
    ItemInfo info = call.info;
    info.media_id = std::to_string(party.id.call);
    info.local_number = party.device;
    info.outbound = party.outbound;
    info.called_number = call.dnis.empty() ? call.called_device : call.dnis;
    const std::string& far = party.outbound ? (call.called_device.empty() ? call.dnis : call.called_device)
                             : call.ani.empty() ? call.calling_device
                                                : call.ani;
    if (!far.empty()) info.remote_numbers = {far};
    return std::make_shared<const ItemInfo>(std::move(info));
}

/// R-DEC-17. The pre-call has done its work with the first call that it can belong to.
bool Calls::routed(const Call& call, const AgentId& agent) {
    return contains(routed_types, call.type) || pre_calls_.take(agent, call.router_key);
}

// ---- a call begins

void Calls::handle(const ged188::BeginCallEvent& m) {
    const CallId id = connection_in(m);
    Call* const known = calls_.begun(id);
    Call& call = known ? *known : calls_.add(id);
    call.type = m.call_type;
    if (const auto key = router_key_in(m)) call.router_key = key;
    read_data(call, m);
}

void Calls::handle(const ged188::CallDeliveredEvent& m) {
    CallId id = connection_in(m);
    Call& call = call_of(id);
    read_data(call, m);
    read_devices(call, m.calling_device_id, m.called_device_id, m.skill_group_number);
    if (Party* caller = dialling(call, m.calling_device_id)) tell_dialled(call, *caller);
    if (m.local_connection_state == ged188::LocalConnectionState::LCS_INITIATE) return;
    call.has_destination = true;
    const auto agent = agent_at(m.alerting_device_id);
    if (!agent || std::ranges::find(call.parties, *agent, &Party::agent) != call.parties.end()) return;
    if (!m.connection_device_id) id = call.begin;  // R-DEC-37
    offer(call, add_party(call, *agent, id, m.alerting_device_id, Line::alerting));
}

void Calls::offer(Call& call, Party& party) {
    events_.push_back(CallOffered{party.agent, party.id, routed(call, party.agent), info_of(call, party)});
}

void Calls::handle(const ged188::CallServiceInitiatedEvent& m) {
    Call& call = call_of(connection_in(m));
    read_devices(call, m.calling_device_id, {}, m.skill_group_number);
    dial(call, connection_in(m), m.calling_device_id, Line::initiated);
}

void Calls::handle(const ged188::CallOriginatedEvent& m) {
    Call& call = call_of(connection_in(m));
    read_devices(call, m.calling_device_id, m.called_device_id, m.skill_group_number);
    dial(call, connection_in(m), m.calling_device_id, Line::initiated);
    if (Party* caller = dialling(call, m.calling_device_id)) tell_dialled(call, *caller);
}

void Calls::dial(Call& call, const CallId& id, const Text& device, Line line) {
    const auto agent = agent_at(device);
    if (!agent || std::ranges::find(call.parties, *agent, &Party::agent) != call.parties.end()) return;
    add_party(call, *agent, id, device, line);
}

void Calls::tell_dialled(Call& call, Party& party) {
    if (party.line != Line::initiated) return;
    party.line = Line::dialled;
    events_.push_back(CallDialled{party.agent, party.id, info_of(call, party)});
}

// ---- a call lives

void Calls::handle(const ged188::CallEstablishedEvent& m) {
    const CallId id = connection_in(m);
    Call& call = call_of(id);
    call.has_destination = true;
    read_devices(call, m.calling_device_id, m.called_device_id, m.skill_group_number);
    if (Party* caller = dialling(call, m.calling_device_id)) answer(call, *caller);
    const auto agent = agent_at(m.answering_device_id);
    if (!agent) return;
    auto party = std::ranges::find(call.parties, *agent, &Party::agent);
    if (party != call.parties.end()) return answer(call, *party);
    Party& missed = add_party(call, *agent, id, m.answering_device_id, Line::alerting);
    offer(call, missed);
    answer(call, missed);
}

/// A party who talks or holds already is told nothing:
/// the event was about somebody else, or a repetition (EventCause 50).
void Calls::answer(Call& call, Party& party) {
    tell_dialled(call, party);
    if (party.line != Line::alerting && party.line != Line::dialled) return;
    party.line = Line::connected;
    events_.push_back(CallConnected{party.agent, party.id});
}

void Calls::handle(const ged188::CallHeldEvent& m) {
    resume(connection_in(m), m.holding_device_id, Line::held);
}
void Calls::handle(const ged188::CallRetrievedEvent& m) {
    resume(connection_in(m), m.retrieving_device_id, Line::connected);
}

void Calls::resume(const CallId& id, const Text& device, Line line) {
    Party* party = party_of(id, device).party;
    if (!party) {  // a call from before the link was lost
        const auto agent = agent_at(device);
        if (!agent) return;
        party = &add_party(call_of(id), *agent, id, device, line);
    }
    party->line = line;
    if (line == Line::held) {
        events_.push_back(CallHeld{party->agent, party->id});
    } else {
        events_.push_back(CallRetrieved{party->agent, party->id});
    }
}

void Calls::handle(const ged188::CallDataUpdateEvent& m) {
    const CallId id = connection_in(m);
    Call* call = calls_.find(id);
    if (!call) return;
    if (m.call_type != 0 && m.call_type != ged188::SpecialValues::NULL_CALLTYPE) call->type = m.call_type;
    if (const auto key = router_key_in(m)) call->router_key = key;
    if (version_.number >= 22) call->info.ecc.clear();  // from then on always the whole set (section 8)
    read_data(*call, m);
    const CallId renamed{m.new_connection_call_id, m.new_connection_device_id_type,
                         std::string(m.new_connection_device_id.value_or(std::string_view{}))};
    if (m.new_connection_device_id_type != ged188::ConnectionDeviceIDType::CONNECTION_ID_NONE &&
        m.new_connection_call_id != ged188::SpecialValues::NULL_CALL_ID && !names_nothing(renamed)) {
        if (call->begin == id) calls_.rename(*call, renamed);
        for (Party& party : call->parties) {
            if (party.connection == id) calls_.rename(*call, party, renamed);
        }
    }
    for (const Party& party : call->parties) {
        if (party.line != Line::initiated)
            events_.push_back(CallData{party.agent, party.id, info_of(*call, party)});
    }
}

// ---- a call ends

void Calls::tell_end(const Party& party, CallEnding ending) {
    if (party.line != Line::initiated) events_.push_back(CallEnded{party.agent, party.id, ending});
}

namespace {

CallEnding ending_of(std::uint16_t cause, bool alerting, bool dialling) {
    if (alerting && contains(redirecting_causes, cause)) return CallEnding::redirected;
    if (dialling && contains(failing_causes, cause)) return CallEnding::failed;
    return CallEnding::cleared;
}

}  // namespace

void Calls::handle(const ged188::CallConnectionClearedEvent& m) {
    const CallId id = connection_in(m);
    const CallTable::Found found = party_of(id, m.releasing_device_id);
    if (found.party) {
        const bool alerting = found.party->line == Line::alerting;
        return end_party(found, ending_of(m.event_cause, alerting, found.party->line == Line::dialled));
    }
    // a call from before the link was lost: whoever still knows it hears that it is over
    if (const auto agent = agent_at(m.releasing_device_id); agent && !calls_.find(id))
        events_.push_back(CallEnded{*agent, id, CallEnding::cleared});
}

void Calls::handle(const ged188::CallFailedEvent& m) {
    const CallId id = connection_in(m);
    if (const CallTable::Found found = party_of(id, m.failing_device_id); found.party)
        return end_party(found, CallEnding::failed);
    Call* call = calls_.find(id);
    if (!call) return;
    if (Party* caller = dialling(*call, {})) end_party({call, caller}, CallEnding::failed);
}

void Calls::end_party(const CallTable::Found& of, CallEnding ending) {
    tell_end(*of.party, ending);
    calls_.remove_party(*of.call, *of.party);
}

void Calls::end_all(Call& call, std::uint16_t cause) {
    while (!call.parties.empty()) {
        Party& party = call.parties.front();
        end_party({&call, &party},
                  ending_of(cause, party.line == Line::alerting, party.line == Line::dialled));
    }
}

void Calls::handle(const ged188::CallClearedEvent& m) {
    if (Call* call = calls_.find(connection_in(m))) end_all(*call, m.event_cause);
}

/// No event of the call comes after this one, so nobody may go on waiting for its end.
void Calls::handle(const ged188::EndCallEvent& m) {
    Call* call = calls_.find(connection_in(m));
    if (!call) return;
    end_all(*call, EventCause::CEC_NONE);
    calls_.remove(*call);
}

// ---- pre-calls of the voice routing domain; those of tasks decide nothing (R-DEC-27)

void Calls::handle(const ged188::AgentPreCallEvent& m) {
    if (m.mrd_id != static_cast<std::int32_t>(settings_->voice_mrd)) return;
    auto agent = directory_.agent(static_cast<std::int32_t>(m.agent_skill_target_id));
    if (std::string name = identity_of(m.agent_id, settings_->code_page); !agent && !name.empty())
        agent = AgentId{settings_->peripheral, std::move(name)};
    if (!agent) agent = agent_at(m.agent_instrument);
    if (agent) pre_calls_.add(*agent, router_key_in(m));
}

void Calls::handle(const ged188::AgentPreCallAbortEvent& m) {
    if (const auto key = router_key_in(m)) pre_calls_.abort(*key);
}

// ---- after a restart or a lost link

void Calls::found(const AgentId& agent, const CallId& id, WorkState state, const std::string& device,
                  const ged188::SnapshotCallConf& m) {
    Call& call = call_of(id);
    call.type = m.call_type;
    call.has_destination = true;
    read_data(call, m);
    auto party = std::ranges::find(call.parties, agent, &Party::agent);
    if (party == call.parties.end()) {
        add_party(call, agent, id, std::string_view(device), Line::connected);
        party = std::prev(call.parties.end());
    }
    calls_.rename(call, *party, id);
    party->line = state == WorkState::alerting ? Line::alerting
                  : state == WorkState::held   ? Line::held
                                               : Line::connected;
    events_.push_back(CallFound{agent, party->id, state, info_of(call, *party)});
}

void Calls::clear() {
    calls_.clear();
    pre_calls_.clear();
}

}  // namespace cticonnector::routing
