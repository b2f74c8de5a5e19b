// Why an agent is ready or not ready (R-DEC-82), and the line that says so.

#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

NotReadyBy set_by(Why why) {
    switch (why) {
        case Why::A0:
        case Why::A1:
        case Why::no_reason: return NotReadyBy::reject;
        case Why::crm_gone: return NotReadyBy::crm_gone;
        default: return NotReadyBy::nobody;
    }
}

Cause Agent::shown_cause() const {
    return phase == Phase::logged_in && stale ? Cause{Why::link_lost, Origin::connector, {}} : cause;
}

/// What was asked for and what came of it: without a wish for it, somebody in the contact center did it.
void Turn::find_cause(Agent& a, const Readiness& found) {
    if (found == a.readiness || a.phase != Phase::logged_in) return;
    a.readiness = found;
    const bool ours = a.asked_for && a.asked_for->readiness.ready == found.ready &&
                      (found.ready || found.reason == 0 || found.reason == a.asked_for->readiness.reason);
    a.cause = ours ? a.asked_for->cause : Cause{Why::supervisor, Origin::cc, {}};
    if (!ours) a.asked_for.reset();
}

/// The CRM's own id of the item that caused something, so that it is found by that, too (R-DEC-83).
std::string Turn::external_id(const Agent& a, const ItemKey& key) const {
    const Session* session = a.session(key);
    const Item* item = session ? a.item(session->item) : nullptr;
    if (!item) item = state.item(key);
    return item ? item->external_id : "";
}

void Turn::note_state(Slot slot, const UserView& view) {
    const Agent& a = state.roster.at(slot);
    Note note = note_about(slot, What::agent_state);
    note.state = name(view.status);
    note.workmode = view.workmode;
    Cause cause = a.shown_cause();
    if (!view.contact_center_lost && a.told && a.told->contact_center_lost)
        cause = {Why::link_back, Origin::connector, {}};
    note.why = name(cause.why);
    note.origin = cause.origin;
    note.item = cause.item;
    note.external_id = external_id(a, cause.item);
    const bool of_its_own = view.contact_center_lost || !view.logged_on;
    const int reason = of_its_own ? 0 : a.readiness.reason;
    if (reason != 0) note.reason = std::to_string(reason);
    act(std::move(note));
}

}  // namespace cticonnector::engine
