#pragma once
// All that the engine knows, as one value: copying it copies the engine.

#include <memory>

#include "cticonnector/engine/engine.hpp"
#include "cticonnector/engine/errands.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/roster.hpp"

namespace cticonnector::engine {

struct State {
    std::shared_ptr<const Settings> settings;
    Halves halves{};
    Roster roster{};
    Items items;
    bool link = false;       ///< to the contact center, is up. Rules ask Turn::link_up
    bool router_up = false;  ///< the link to the router
    End end = End::none;
    std::optional<Time> link_grace{};  ///< agents are logged off in the CRM when it ends (R-DEC-34, reason 2)
    std::optional<LinkId> restoring{};         ///< until every agent's link_back is done: RestoreDone is owed
    Errands errands{};                         ///< of everybody
    std::vector<LeftErrands> left{};           ///< by the rule at hand, for when it is over
    std::vector<HalfAction> passed{};          ///< ... and what it has passed between the halves
    std::optional<Time> records_wait_since{};  ///< for what concerns all; the next turn may come at once
    std::vector<Roster::Slot> touched{};       ///< by the event at hand

    bool ended() const { return end != End::none; }
    /// An action item or chat, whoever has it.
    const Item* item(ItemId id) const {
        const Item* waiting = items.find(id);
        return waiting ? waiting : roster.item(id);
    }
    const Item* item(const ItemKey& key) const {
        const auto parts = read_key(key.value);
        const Item* found = parts ? item(parts->id) : nullptr;
        return found && found->channel == parts->channel ? found : nullptr;
    }
    /// As whom the user is logged on here (R-CLU-79).
    std::optional<AgentId> agent_of(const UserId& user) const {
        const auto slot = roster.find(user);
        const bool in = slot && roster.at(*slot).phase == Phase::logged_in;
        return in ? std::optional{roster.at(*slot).id} : std::nullopt;
    }
};

}  // namespace cticonnector::engine
