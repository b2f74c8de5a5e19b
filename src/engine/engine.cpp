#include "cticonnector/engine/engine.hpp"

#include <algorithm>
#include <concepts>
#include <utility>

#include "cticonnector/engine/invariants.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// The item that an event is about.
template <class E>
std::optional<ItemId> item_of(const State& state, const E& event) {
    if constexpr (std::is_same_v<E, DeleteItem>) {
        return state.items.id_of(event.external_id);
    } else if constexpr (requires {
                             { event.item } -> std::same_as<const ItemId&>;
                         }) {
        return event.item;
    } else {
        return std::nullopt;
    }
}

/// The agent whom an event is about.
template <class E>
std::optional<Slot> concerned(State& state, const E& event) {
    if constexpr (std::is_same_v<E, ItemHandedOver>) {
        const auto* given = std::get_if<ForAgent>(&event.what);
        return given ? state.roster.find(given->agent) : state.roster.find(event.id);
    } else if constexpr (requires { event.user.value; }) {
        return state.roster.find(event.user);
    } else if constexpr (requires { event.agent.name; }) {
        return state.roster.find(event.agent);
    } else if constexpr (requires { event.subscription.value; }) {
        return state.roster.find(event.subscription);
    } else if constexpr (requires { event.operation.value; }) {
        return state.roster.find(event.operation);
    } else {
        const auto item = item_of(state, event);
        return item ? state.roster.find(*item) : std::nullopt;
    }
}

/// What concerns everybody is done for agent and item of an event before the event itself.
template <class E>
void catch_up(Turn& t, const E& event) {
    if (!t.state.errands.empty()) {
        if (const auto slot = concerned(t.state, event)) carry_out(t, *slot);
    }
    if (!t.state.items.seeing()) return;
    const auto id = item_of(t.state, event);
    Item* item = id ? t.state.items.find(*id) : nullptr;
    if (item && t.state.items.unseen(*item)) router_changed(t, *item);
}

bool records_wait(const State& state) { return errands_wait(state) || state.items.seeing(); }

/// After every event: what is due goes out, deadlines follow the records,
/// and what must always hold is looked at.
void finish(Turn& t) {
    request_routes(t);
    State& state = t.state;
    for (const Slot slot : state.touched) {
        if (!state.roster.holds(slot)) continue;
        state.roster.reschedule(slot);
        if (auto broken = broken_invariant(state.roster.at(slot), t.settings)) {
            Note note = t.note_about(slot, What::invariant_broken);
            note.because = Owned(*std::move(broken));
            note.text = as_told(describe(state.roster.at(slot)));
            t.act(std::move(note));
        }
    }
    state.touched.clear();
    if (!records_wait(state)) {
        state.records_wait_since.reset();
    } else if (!state.records_wait_since) {
        state.records_wait_since = t.now;
    }
}

/// Somebody else goes on with what was here.
bool over(End end) { return end == End::released || end == End::abandoned; }

/// Then nothing is heard any more, but who asks is sent on.
bool over(Turn& t, const Event& event) {
    if (t.state.end == End::released) {
        std::visit(
            [&](const auto& e) {
                if constexpr (requires { e.request.value; })
                    t.fault(e.request, Fault::unavailable, {TextId::moving_on});
            },
            event);
    }
    return over(t.state.end);
}

std::optional<Time> earliest(std::optional<Time> a, std::optional<Time> b) {
    if (!a) return b;
    return b && *b < *a ? b : a;
}

}  // namespace

Engine::Engine(Settings settings, ItemId first_item, std::uint64_t seed, Halves halves) {
    auto shared = std::make_shared<const Settings>(std::move(settings));
    state_ = std::make_unique<State>(
        State{.settings = shared, .halves = halves, .roster = {}, .items = Items(shared, first_item, seed)});
}
Engine::Engine(const Engine& other) : state_(std::make_unique<State>(*other.state_)) {}
Engine& Engine::operator=(const Engine& other) {
    *state_ = *other.state_;
    return *this;
}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

void Engine::on(const Event& event, Time now, Actions& out) {
    Turn turn(*state_, now, out);
    if (over(turn, event)) return;
    std::visit(
        [&](const auto& what) {
            catch_up(turn, what);
            engine::on(turn, what);
            carry_out_left(turn);
        },
        event);
    finish(turn);
}

void Engine::on_time(Time now, Actions& out) {
    if (over(state_->end)) return;
    Turn turn(*state_, now, out);
    expire_link(turn);
    run_errands(turn);
    see_items(turn);
    for (int left = turn.settings.records_per_turn; left > 0; --left) {
        const auto slot = state_->roster.overdue(now);
        if (!slot) break;
        carry_out(turn, *slot);
        if (!state_->roster.holds(*slot)) continue;
        expire(turn, *slot);
        carry_out_left(turn);
        if (state_->roster.holds(*slot)) state_->roster.reschedule(*slot);
    }
    finish(turn);
}

std::optional<Time> Engine::next_deadline() const {
    if (over(state_->end)) return std::nullopt;
    const auto routes = state_->router_up && !state_->ended() ? state_->items.next_due() : std::nullopt;
    return earliest(earliest(state_->roster.next_deadline(), state_->link_grace),
                    earliest(state_->records_wait_since, routes));
}

const Settings& Engine::settings() const { return *state_->settings; }
const Roster& Engine::roster() const { return state_->roster; }
const Items& Engine::items() const { return state_->items; }
const Item* Engine::item(ItemId id) const { return state_->item(id); }
const Item* Engine::item(const ItemKey& key) const { return state_->item(key); }
const Item* Engine::item(const std::string& external_id) const {
    const auto id = state_->items.id_of(external_id);
    return id ? state_->item(*id) : nullptr;
}
std::vector<Engine::Held> Engine::all_items() const {
    std::vector<Held> all;
    for (const auto& [id, item] : state_->items.all()) all.push_back({&*item, nullptr});
    state_->roster.each([&](Roster::Slot slot) {
        const Agent& agent = state_->roster.at(slot);
        for (const ItemPtr& item : agent.items) {
            if (!item->is_call()) all.push_back({&*item, &agent});
        }
    });
    std::ranges::sort(all, {}, [](const Held& held) { return held.item->id; });
    return all;
}
const Errands& Engine::errands() const { return state_->errands; }
bool Engine::link_up(LinkId id) const { return id == state_->settings->link && state_->link; }
bool Engine::router_up(LinkId id) const { return id == state_->settings->router && state_->router_up; }

namespace {
Where here_if(bool known) { return known ? Where::here : Where::unknown; }
}  // namespace

Where Engine::where(const UserId& user) const { return here_if(state_->roster.find(user).has_value()); }
/// A call's key is known to its agent alone, whose name stands in it: "call-12345-17".
Where Engine::where(const ItemKey& key) const {
    if (state_->item(key)) return Where::here;
    constexpr std::string_view call = "call-";
    const std::string_view text = key.value;
    if (!text.starts_with(call)) return Where::unknown;
    for (auto end = text.rfind('-'); end > call.size(); end = text.rfind('-', end - 1)) {
        const AgentId agent{settings().peripheral, std::string(text.substr(call.size(), end - call.size()))};
        const auto slot = state_->roster.find(agent);
        if (slot && state_->roster.at(*slot).session(key)) return Where::here;
    }
    return Where::unknown;
}
Where Engine::where(const std::string& external_id) const {
    if (item(external_id)) return Where::here;
    return state_->items.id_of(external_id) ? Where::moving : Where::unknown;
}

}  // namespace cticonnector::engine
