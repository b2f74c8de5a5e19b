// Every request to the contact center that waits for an answer: what its outcome does, what silence means,
// and what it means that the link was lost before there was either.

#include <algorithm>
#include <array>

#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

// ---- when nobody has answered: the CRM had its fault; a late answer counts for log-ins and log-outs alone

/// A line in the log; late events still count (R-DEC-35).
void told(Turn& t, Slot slot, const Operation& o, const Outcome& silence) {
    t.request_failed(slot, o, silence);
}

void ready_unanswered(Turn& t, Slot slot, const Operation& o, const Outcome& silence) {
    t.request_failed(slot, o, silence);
    t.agent(slot).ready_after_call = false;  // nobody says that they are ready again
    t.tell_user(slot);
}

void medium_not_ready_unanswered(Turn& t, Slot slot, const Operation& o, const Outcome& silence) {
    t.request_failed(slot, o, silence);
    not_ready_answered(t.agent(slot), o.channel);
}

/// Never answered is not never done.
void in_or_out_unanswered(Turn& t, Slot slot, const Operation& o, const Outcome& silence) {
    if (!o.late) t.request_failed(slot, o, silence);
    logout_unanswered(t, slot, o);
}

/// Its answer is the state there.
void logout_of_medium_unanswered(Turn& t, Slot slot, const Operation& o, const Outcome&) {
    logout_unanswered(t, slot, o);
}

// ---- when the link was lost meanwhile

void forgotten(Agent&, const Operation&) {}

/// Not Ready of our own accord is said again when the link is back. The agent's own is theirs to repeat.
void voice_not_ready_lost(Agent& a, const Operation& o) {
    if (o.request) return;
    a.media[Channel::voice].want_not_ready(o.reason);
}

void medium_not_ready_lost(Agent& a, const Operation& o) {
    Medium& m = a.media[o.channel];
    if (m.routable == Routable::yes) m.routable = Routable::no_at_our_request;
}

// ---- the table

struct OperationRow {
    Purpose purpose;
    std::string_view wanted;
    void (*outcome)(Turn&, Slot, const Operation&, const Outcome&);
    void (*silence)(Turn&, Slot, const Operation&, const Outcome&);
    void (*lost)(Agent&, const Operation&);
};

constexpr std::array operation_rows{
    OperationRow{Purpose::query, "query", query_outcome, told, forgotten},
    OperationRow{Purpose::authenticate, "check_password", password_outcome, told, forgotten},
    OperationRow{Purpose::login, "login", login_outcome, in_or_out_unanswered, presume_in},
    OperationRow{Purpose::medium, "login_to_mrd", medium_outcome, in_or_out_unanswered, presume_in},
    OperationRow{Purpose::task_limit, "task_limit", task_limit_outcome, told, forgotten},
    OperationRow{Purpose::find_work, "find_work", found_work_outcome, told, forgotten},
    OperationRow{Purpose::logout_not_ready, "not_ready", logout_not_ready_outcome,
                 logout_not_ready_unanswered, presume_in},
    OperationRow{Purpose::logout, "logout", logout_outcome, in_or_out_unanswered, presume_in},
    OperationRow{Purpose::logout_medium, "logout_of_mrd", logout_outcome, logout_of_medium_unanswered,
                 forgotten},
    OperationRow{Purpose::ready, "ready", ready_outcome, ready_unanswered, forgotten},
    OperationRow{Purpose::not_ready, "not_ready", voice_state_outcome, told, voice_not_ready_lost},
    OperationRow{Purpose::medium_not_ready, "not_ready", medium_not_ready_outcome,
                 medium_not_ready_unanswered, medium_not_ready_lost},
    OperationRow{Purpose::medium_not_routable, "not_routable", not_routable_outcome, told, forgotten},
    OperationRow{Purpose::answer, "answer", call_outcome, told, forgotten},
    OperationRow{Purpose::clear, "clear", call_outcome, told, forgotten},
    OperationRow{Purpose::dial_not_ready, "not_ready", dial_not_ready_outcome, dial_not_ready_outcome,
                 forgotten},
    OperationRow{Purpose::dial, "dial", dial_outcome, dial_outcome, forgotten},
    OperationRow{Purpose::wrapup, "wrapup", wrapup_outcome, told, forgotten},
    OperationRow{Purpose::leave_wrapup, "leave_wrapup", leave_wrapup_outcome, told, forgotten},
    OperationRow{Purpose::resync_query, "query", resync_outcome, resync_outcome, forgotten},
    OperationRow{Purpose::resync_work, "find_work", resync_work_outcome, resync_work_outcome, forgotten},
};

static_assert(one_row_each(operation_rows, &OperationRow::purpose),
              "a purpose lacks its row, or stands in another order");

const OperationRow& row_of(Purpose purpose) { return operation_rows[static_cast<std::size_t>(purpose)]; }

}  // namespace

std::string_view wanted(Purpose purpose) { return row_of(purpose).wanted; }

void on(Turn& t, const Outcome& outcome) {
    const auto found = t.take(outcome.operation);
    if (found) row_of(found->operation.purpose).outcome(t, found->slot, found->operation, outcome);
}

void unanswered(Turn& t, Slot slot, const Operation& o) {
    const Outcome silence{.operation = o.id, .failure = Failure::other, .text = {}, .silence = true};
    if (o.request) {
        t.fault(*o.request, Fault::unavailable, {TextId::may_take_effect});
    }
    Operation answered = o;
    answered.request.reset();
    row_of(o.purpose).silence(t, slot, answered, silence);
}

void lost_with_link(Agent& a, const Operation& o) { row_of(o.purpose).lost(a, o); }

}  // namespace cticonnector::engine
