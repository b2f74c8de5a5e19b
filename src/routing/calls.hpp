#pragma once
// Which agent has which connection of which call: GED-188's call events (section 8) told per agent, in the
// engine's words (R-DEC-17, R-DEC-37, R-DEC-39). An agent's call keeps the CallId it was first told with; the
// connection that it has on the wire now may be another one (transfers,
// CALL_DATA_UPDATE_EVENT), so requests ask connection().
//
// Pure. Grows with the calls that the contact center has now; a lost link clears it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "call_table.hpp"
#include "cticonnector/base/current.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "directory.hpp"
#include "item_data.hpp"
#include "oddities.hpp"

namespace cticonnector::routing {

class Calls {
  public:
    Calls(const Current<Settings>& settings, const Directory& directory, std::vector<engine::Event>& events,
          Oddities& odd)
        : settings_(settings), directory_(directory), events_(events), odd_(odd) {}

    /// Returns false for messages that are no call events.
    bool on(const ged188::Frame&, ged188::Version);

    /// MAKE_CALL_CONF decides the dialling agent's connection (R-DEC-37). Returns the CallId that the engine
    /// knows the call by.
    engine::CallId placed(const engine::AgentId&, const engine::CallId&);
    /// A call found by a snapshot.
    void found(const engine::AgentId&, const engine::CallId&, engine::WorkState, const std::string& device,
               const ged188::SnapshotCallConf&);
    /// What is sent for a call of the engine.
    engine::CallId connection(const engine::AgentId&, const engine::CallId&) const;
    /// Whether the contact center has not said END_CALL_EVENT to this connection yet.
    bool live(const engine::CallId& connection) const { return calls_.find(connection) != nullptr; }

    void clear();
    std::size_t size() const { return calls_.size(); }

  private:
    template <class M>
    bool read(const ged188::Frame&);
    void handle(const ged188::BeginCallEvent&);
    void handle(const ged188::CallDeliveredEvent&);
    void handle(const ged188::CallEstablishedEvent&);
    void handle(const ged188::CallHeldEvent&);
    void handle(const ged188::CallRetrievedEvent&);
    void handle(const ged188::CallServiceInitiatedEvent&);
    void handle(const ged188::CallOriginatedEvent&);
    void handle(const ged188::CallFailedEvent&);
    void handle(const ged188::CallConnectionClearedEvent&);
    void handle(const ged188::CallClearedEvent&);
    void handle(const ged188::EndCallEvent&);
    void handle(const ged188::CallTransferredEvent&);
    void handle(const ged188::CallConferencedEvent&);
    void handle(const ged188::CallDataUpdateEvent&);
    void handle(const ged188::AgentPreCallEvent&);
    void handle(const ged188::AgentPreCallAbortEvent&);

    using Text = std::optional<std::string_view>;
    template <class M>
    void read_data(Call&, const M&) const;
    void read_devices(Call&, const Text& calling, const Text& called, std::uint32_t skill_group) const;
    std::optional<engine::AgentId> agent_at(const Text& device) const;

    Call& call_of(const engine::CallId&);
    CallTable::Found party_of(const engine::CallId&, const Text& device);
    Party* dialling(Call&, const Text& calling_device) const;
    Party& add_party(Call&, const engine::AgentId&, const engine::CallId&, const Text& device, Line);

    bool routed(const Call&, const engine::AgentId&);
    engine::ItemInfoPtr info_of(const Call&, const Party&) const;
    void offer(Call&, Party&);
    void dial(Call&, const engine::CallId&, const Text& device, Line);
    void answer(Call&, Party&);
    void tell_dialled(Call&, Party&);
    void resume(const engine::CallId&, const Text& device, Line);
    void end_party(const CallTable::Found&, engine::CallEnding);
    void end_all(Call&, std::uint16_t cause);
    void tell_end(const Party&, engine::CallEnding);
    /// Two calls become one; `mover` is who did it.
    struct Join {
        engine::CallId primary, secondary;
        std::optional<engine::AgentId> mover;
        bool mover_stays = false;
    };
    void join(const Join&, const std::vector<ged188::Party>& remaining);

    const Current<Settings>& settings_;
    const Directory& directory_;
    std::vector<engine::Event>& events_;
    Oddities& odd_;
    CallTable calls_;
    PreCalls pre_calls_;
    ged188::Version version_;
};

}  // namespace cticonnector::routing
