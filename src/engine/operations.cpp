// Every request to the contact center that waits for an answer: what its outcome does, what silence means,
// and what it means that the link was lost before there was either.

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

void medium_not_ready_lost(Agent& a, const Operation& o) { a.media[o.channel].step(RoutableStep::asked_not); }

// ---- the table

using Kind = PurposeKind;

struct OperationRow {
    Purpose purpose;
    Kind kind;
    std::string_view wanted;
    OperationEnd* outcome;
    OperationEnd* silence;
    void (*lost)(Agent&, const Operation&);
};

constexpr std::array operation_rows{
    OperationRow{Purpose::query, Kind::other, "query", query_outcome, told, forgotten},
    OperationRow{Purpose::authenticate, Kind::other, "check_password", password_outcome, told, forgotten},
    OperationRow{Purpose::login, Kind::log_in, "login", login_outcome, in_or_out_unanswered, presume_in},
    OperationRow{Purpose::medium, Kind::log_in, "login_to_mrd", medium_outcome, in_or_out_unanswered,
                 presume_in},
    OperationRow{Purpose::task_limit, Kind::other, "task_limit", task_limit_outcome, told, forgotten},
    OperationRow{Purpose::find_work, Kind::other, "find_work", found_work_outcome, told, forgotten},
    OperationRow{Purpose::logout_not_ready, Kind::log_out, "not_ready", logout_not_ready_outcome,
                 logout_not_ready_unanswered, presume_in},
    OperationRow{Purpose::logout, Kind::log_out, "logout", logout_outcome, in_or_out_unanswered, presume_in},
    OperationRow{Purpose::logout_medium, Kind::log_out_of_medium, "logout_of_mrd", logout_outcome,
                 logout_of_medium_unanswered, forgotten},
    OperationRow{Purpose::ready, Kind::other, "ready", ready_outcome, ready_unanswered, forgotten},
    OperationRow{Purpose::not_ready, Kind::other, "not_ready", voice_state_outcome, told,
                 voice_not_ready_lost},
    OperationRow{Purpose::medium_not_ready, Kind::other, "not_ready", medium_not_ready_outcome,
                 medium_not_ready_unanswered, medium_not_ready_lost},
    OperationRow{Purpose::medium_not_routable, Kind::other, "not_routable", not_routable_outcome, told,
                 forgotten},
    OperationRow{Purpose::answer, Kind::telephony, "answer", call_outcome, told, forgotten},
    OperationRow{Purpose::clear, Kind::telephony, "clear", call_outcome, told, forgotten},
    OperationRow{Purpose::dial_not_ready, Kind::telephony, "not_ready", dial_not_ready_outcome,
                 dial_not_ready_outcome, forgotten},
    OperationRow{Purpose::dial, Kind::telephony, "dial", dial_outcome, dial_outcome, forgotten},
    OperationRow{Purpose::wrapup, Kind::other, "wrapup", wrapup_outcome, told, forgotten},
    OperationRow{Purpose::leave_wrapup, Kind::other, "leave_wrapup", leave_wrapup_outcome, told, forgotten},
    OperationRow{Purpose::resync_query, Kind::other, "query", resync_outcome, resync_outcome, forgotten},
    OperationRow{Purpose::resync_work, Kind::other, "find_work", resync_work_outcome, resync_work_outcome,
                 forgotten},
};

static_assert(one_row_each(operation_rows, &OperationRow::purpose),
              "a purpose lacks its row, or stands in another order");

const OperationRow& row_of(Purpose purpose) { return operation_rows[static_cast<std::size_t>(purpose)]; }

}  // namespace

PurposeKind kind_of(Purpose purpose) { return row_of(purpose).kind; }
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
