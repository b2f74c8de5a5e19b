#include "cticonnector/engine/errands.hpp"

#include "carriers.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

// ---- the queue

void Errands::add(Slot slot, Errand errand) {
    const std::size_t at = Roster::place(slot);
    if (at >= entries_.size()) entries_.resize(at + 1);
    Entry& entry = entries_[at];
    if (entry.slot != slot) {
        take(entry.slot);  // who has left
        entry.slot = slot;
    }
    if (entry.errands.has(errand)) return;
    entry.errands.add(errand);
    ++open_[static_cast<std::size_t>(errand)];
    if (entry.queued) return;
    entry.queued = true;
    (empty() ? head_ : entries_[tail_].after) = at;
    tail_ = at;
}

ErrandSet Errands::of(Slot slot) const {
    const std::size_t at = Roster::place(slot);
    return at < entries_.size() && entries_[at].slot == slot ? entries_[at].errands : ErrandSet{};
}

ErrandSet Errands::take(Slot slot) {
    const ErrandSet taken = of(slot);
    if (taken.empty()) return taken;
    entries_[Roster::place(slot)].errands = {};
    for (std::size_t i = 0; i < errand_count; ++i) open_[i] -= taken.has(static_cast<Errand>(i));
    return taken;
}

std::optional<Errands::Slot> Errands::next() {
    while (!empty()) {
        Entry& entry = entries_[head_];
        head_ = entry.after;
        entry.after = nowhere;
        entry.queued = false;
        if (!entry.errands.empty()) return entry.slot;
    }
    return std::nullopt;
}

// ---- what the errands are

namespace {

struct ErrandRow {
    Errand errand;
    void (*carry_out)(Turn&, Slot);
};
constexpr std::array errand_rows{
    ErrandRow{Errand::link_lost, link_lost},          ErrandRow{Errand::grace_over, grace_over},
    ErrandRow{Errand::not_ready, say_not_ready_due},  ErrandRow{Errand::log_out, log_out_after_items},
    ErrandRow{Errand::end_log_out, end_log_out},      ErrandRow{Errand::ready_again, ready_again},
    ErrandRow{Errand::waiting_offers, offer_waiting}, ErrandRow{Errand::link_back, link_back},
    ErrandRow{Errand::say_unsaid, say_unsaid}};

static_assert(one_row_each(errand_rows, &ErrandRow::errand),
              "an errand lacks its row, or stands in another order");

}  // namespace

void carry_out_left(Turn& t) {
    deliver(t);
    std::vector<LeftErrands>& left = t.state.left;
    for (std::size_t at = 0; at < left.size();) {
        const Slot slot = left[at].slot;
        if (left[at].errands.empty() || !t.state.roster.holds(slot)) {
            ++at;
            continue;
        }
        const Errand errand = left[at].errands.take_first();
        t.link_up = t.state.link && !left[at].errands.has(Errand::link_back);
        errand_rows[static_cast<std::size_t>(errand)].carry_out(t, slot);
        deliver(t);
    }
    left.clear();
    t.link_up = t.state.link;
}

void carry_out(Turn& t, Slot slot) {
    t.state.left.push_back({slot, t.state.errands.take(slot)});
    carry_out_left(t);
}

bool errands_wait(const State& state) { return !state.errands.empty() || state.restoring; }

void run_errands(Turn& t) {
    for (int left = t.settings.records_per_turn; left > 0 && errands_wait(t.state); --left) {
        if (t.state.restoring && !t.state.errands.any(Errand::link_back)) {
            t.act(RestoreDone{*t.state.restoring});
            t.state.restoring.reset();
        }
        if (const auto slot = t.state.errands.next()) carry_out(t, *slot);
    }
}

}  // namespace cticonnector::engine
