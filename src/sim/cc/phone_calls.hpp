#pragma once
// Phone calls as records, and who is in them. Everything is addressed by id: a call by its ConnectionCallID,
// a party by its call and its number there, an agent by their index. Nobody keeps a pointer or a reference:
// whoever comes back later looks up again, and may find that call or party are gone. An agent can be a party
// of several calls, a call can have any number of parties. What happens with calls: switchboard.hpp.
// Source: GED-188 sections 7 and 8.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cticonnector/base/id.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "data.hpp"
#include "router.hpp"
#include "settings.hpp"
#include "timers.hpp"

namespace cticonnector::sim::cc {

using CallId = Id<struct CallTag, std::uint32_t>;  // ConnectionCallID

// Numbers rise and are not given again: a party keeps its own when others come and go.
struct PartyId {
    CallId call;
    std::uint32_t number = 0;
    auto operator<=>(const PartyId&) const = default;
};

struct Party {
    PartyId id;
    std::string device;                                            // extension, or the number outside
    std::string connection;                                        // ConnectionDeviceID: opaque, unique
    std::optional<AgentIndex> agent;                               // nothing: somebody outside
    std::uint16_t state = ged188::LocalConnectionState::LCS_NULL;  // LCS_NULL: has left
    Timers::TimerId ring_timer, answer_timer;                      // while it alerts

    bool is_live() const { return state != ged188::LocalConnectionState::LCS_NULL; }
};

// A call belongs to the contact center until its END_CALL_EVENT.
struct Call {
    CallId id;
    std::uint16_t type = ged188::CallType::CALLTYPE_ACD_IN;
    wire::TaskId key;  // RouterCallKey: day, call id, sequence number
    std::string name;  // in the script
    std::string ani;
    std::string dnis;
    std::string dialed_number;
    std::string wrap_up_data;
    Data data;
    GroupNumber wanted_group;
    GroupNumber group;           // that it was routed to
    bool routed = false;         // by the routing script, not direct
    bool ended = false;          // all parties are gone
    std::vector<Party> parties;  // in the order of joining, those that have left too
    std::uint32_t last_party = 0;
    milliseconds talk{0};                      // then the caller hangs up; 0 = they do not
    std::optional<milliseconds> answer_after;  // agents answer at their phones
    Timers::TimerId talk_timer, patience_timer;
    Router::Ticket ticket;  // while queued

    bool inbound() const { return type != ged188::CallType::CALLTYPE_OUT; }
    Party* party(PartyId id);
    Party* party_of(AgentIndex agent);
    const Party* party_of(AgentIndex agent) const;
};

class PhoneCalls {
  public:
    Call& create(std::uint16_t type);
    // The reference holds until the next one joins.
    Party& join(Call& call, std::string_view device, std::optional<AgentIndex> agent, std::uint16_t state);
    // Makes it the youngest of its name.
    void enter_name(const Call& call);
    void remove(CallId id);

    Call* find(CallId id);
    const Call* find(CallId id) const;
    Party* find(PartyId id);
    // An agent's end of a call.
    const Party* find(CallId id, AgentIndex agent) const;
    Call* named(std::string_view name);  // the youngest; an empty name: the youngest of all
    std::size_t size() const { return calls_.size(); }

  private:
    std::unordered_map<CallId, Call> calls_;
    std::map<std::string, CallId, std::less<>> names_;
    std::uint32_t last_call_ = 1000;
};

}  // namespace cticonnector::sim::cc
