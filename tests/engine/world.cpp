#include "world.hpp"

#include <algorithm>
#include <array>

#include "printed.hpp"

namespace cticonnector::engine::testing {

namespace {

constexpr std::size_t history_length = 40;
constexpr std::size_t items_at_most = 150;

Settings few_at_a_time(SiteSettings settings) {
    if (settings.records_per_turn == Settings{}.records_per_turn) settings.records_per_turn = 3;
    return settings;
}

template <class T>
T take_from(std::vector<T>& list, std::size_t at) {
    T one = std::move(list[at]);
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return one;
}

}  // namespace

World::World(const SiteSettings& settings, std::uint64_t seed, int agents)
    : engine_(few_at_a_time(settings), ItemId{1}, seed), random_(seed), seed_(seed) {
    const auto one = std::make_shared<const CrmProfile>(settings.crm);
    const auto other = settings.other ? std::make_shared<const CrmProfile>(*settings.other) : one;
    for (int i = 0; i < agents; ++i) {
        const std::string n = std::to_string(i);
        players_.push_back({{5000, "A" + n}, user_id("U" + n), "D" + n, i % 2 == 0 ? one : other});
    }
    tell(LinkUp{});
    tell(RouterUp{});
}

// ---- the run

bool World::step() {
    if (const auto due = engine_.next_deadline(); due && *due <= now_ && chance(80)) {
        if (chance(30)) turn();  // what concerns all agents is done for a few; the rest waits
    } else {
        pass(Duration{below(4) == 0 ? below(400) : below(20)});
    }
    int total = 0;
    for (const Move& m : moves()) total += m.weight;
    int pick = static_cast<int>(below(static_cast<std::uint64_t>(total)));
    for (const Move& m : moves()) {
        pick -= m.weight;
        if (pick >= 0) continue;
        (this->*m.make)();
        break;
    }
    if (++steps_ % 1000 == 0) watch_.whole(engine_);
    return ok();
}

bool World::finish() {
    while (!unstored_.empty()) store_answers();
    if (!engine_.link_up({})) tell(LinkUp{});
    for (int round = 0; round < 3; ++round) {
        while (ok() && (!unanswered_.empty() || !late_.empty())) cc_answers();
        pass(std::chrono::minutes{5});
    }
    watch_.whole(engine_);
    watch_.nothing_open();
    return ok();
}

void World::tell(const Event& event) {
    if (!ok()) return;  // the report shows what came last
    history_.push_back(event);
    if (history_.size() > history_length) history_.pop_front();
    // States of who is not in are told, too: nonsense. But not during a log-on, which goes by them.
    if (const auto* state = std::get_if<AgentState>(&event)) {
        const auto slot = engine_.roster().find(state->agent);
        if (slot && engine_.roster().at(*slot).phase == Phase::logging_in)
            center_.log_in(state->agent, state->channel);
    }
    center_.told(event);
    actions_.clear();
    if (kept_) kept_->push_back({now_, event});
    engine_.on(event, now_, actions_);
    note_actions(&event);
    if (punctual_) pass(Duration{0});
}

void World::pass(Duration time) {
    const Time end = now_ + time;
    for (auto due = engine_.next_deadline(); due && *due <= end; due = engine_.next_deadline()) {
        now_ = std::max(now_, *due);
        turn();
        if (!ok()) return;
    }
    now_ = end;
}

void World::turn() {
    actions_.clear();
    if (kept_) kept_->push_back({now_, std::nullopt});
    engine_.on_time(now_, actions_);
    note_actions(nullptr);
}

void World::note_actions(const Event* event) {
    watch_.seen(engine_, event, actions_);
    center_.asked(actions_, now_);
    breach_ = center_.breach(engine_);
    if (record_) *record_ += (event ? printed(*event) : "time") + '\n' + printed(actions_);
    for (const Action& action : actions_) take(action);
}

void World::take(const Action& action) {
    if (const auto* line = as<Note>(action)) seen_.insert(line->what);
    if (const auto* store = as<StoreItem>(action)) unstored_.push_back(store->item);
    if (const auto* route = as<RouteItem>(action)) unrouted_.push_back(route->item);
    if (const auto* item = as<ItemChanged>(action); item && item->item.last())
        last_events_.push_back({item->subscription, item->item.key});
    const bool answered = visit_each(
        [](const auto& a) {
            return requires { a.operation; }
            || std::is_same_v<decltype(a), const ReadyMedium&> ||
                std::is_same_v<decltype(a), const LogoutMedium&>;
        },
        action);
    if (answered) unanswered_.push_back(action);
    if (unanswered_.size() <= 400) return;
    std::for_each(unanswered_.begin(), unanswered_.begin() + 200,
                  [&](const Action& a) { in_silence(a, false); });
    unanswered_.erase(unanswered_.begin(), unanswered_.begin() + 200);
}

std::string World::report() const {
    std::string text = watch_.breach().value_or(breach_.value_or("nothing broken")) + "\nseed " +
                       std::to_string(seed_) + ", step " + std::to_string(steps_) + ", the last events:\n";
    for (const Event& e : history_) text += printed(e) + '\n';
    return text + "the last actions:\n" + printed(actions_);
}

// ---- who

const Agent* World::record_of(const Player& p) const {
    const auto slot = engine_.roster().find(p.id);
    return slot ? &engine_.roster().at(*slot) : nullptr;
}

ItemKey World::key_of(const Player& p) {
    const Agent* a = record_of(p);
    if (a && !a->sessions.empty() && chance(95)) return any(a->sessions).key;
    if (chance(10)) return {};
    return last_events_.empty() ? ItemKey{"act-unknown"} : any(last_events_).item;
}

TaskId World::task_of(const Player& p) {
    const Agent* a = record_of(p);
    if (a && !a->sessions.empty() && chance(90)) {
        const Item* item = a->item(any(a->sessions).item);
        return item && !item->is_call() ? item->task().id : no_task;
    }
    if (chance(10)) return no_task;
    return {1, 1, static_cast<std::int32_t>(below(static_cast<std::uint64_t>(tasks_) + 1))};
}

CallId World::call_of(const Player& p) {
    const Agent* a = record_of(p);
    const std::vector<Item> calls = a ? calls_of(*a) : std::vector<Item>{};
    if (!calls.empty() && chance(95)) return any(calls).legs().id;
    if (chance(10)) return {};
    return {static_cast<std::uint32_t>(below(calls_ + 1u)), 0, p.device};
}

// ---- moves

const std::vector<World::Move>& World::moves() {
    static const std::vector<Move> all{{300, &World::cc_answers},    {60, &World::crm_answers},
                                       {30, &World::store_answers},  {90, &World::router_answers},
                                       {25, &World::subscribe},      {2, &World::unsubscribe},
                                       {25, &World::set_workmode},   {140, &World::item_request},
                                       {6, &World::item_data},       {6, &World::make_call},
                                       {6, &World::read_user},       {40, &World::add_item},
                                       {3, &World::delete_item},     {4, &World::customer_leaves},
                                       {4, &World::retry_item},      {80, &World::call_event},
                                       {30, &World::call_offered},   {30, &World::agent_state},
                                       {8, &World::task_trouble},    {10, &World::delivery},
                                       {2, &World::manual_sessions}, {2, &World::link},
                                       {1, &World::router},          {4, &World::work_found},
                                       {10, &World::again},          {2, &World::long_wait}};
    return all;
}

/// Any, but log-ins and log-outs of one agent in their order, and before a query that follows them.
std::size_t World::next_to_answer() {
    const std::size_t at = chance(80) ? 0 : below(unanswered_.size());
    if (!logs_in_or_out(unanswered_[at]) && !holds<QueryAgent>(unanswered_[at])) return at;
    const auto agent_of = [](const Action& action) {
        return visit_each(
            [](const auto& a) {
                if constexpr (requires { a.agent; }) return a.agent;
                return AgentId{};
            },
            action);
    };
    const auto last = unanswered_.begin() + static_cast<std::ptrdiff_t>(at);
    const auto first = std::find_if(unanswered_.begin(), last, [&](const Action& other) {
        return logs_in_or_out(other) && agent_of(other) == agent_of(unanswered_[at]);
    });
    return static_cast<std::size_t>(first - unanswered_.begin());
}

/// Done or not, and no word of it. Over a link that is up nothing gets lost: not done is ignored.
void World::in_silence(const Action& action, bool link_lost) {
    if (chance(50)) return void(center_.carry_out(action));
    link_lost ? center_.lose(action, now_) : center_.ignore(action);
}

void World::cc_answers() {
    if (!late_.empty() && chance(10)) return tell(take_from(late_, 0));
    if (unanswered_.empty()) {
        if (!late_.empty()) tell(take_from(late_, 0));
        return;
    }
    const Action action = take_from(unanswered_, next_to_answer());
    if (chance(2)) return in_silence(action, false);  // no answer: the deadline will tell
    static constexpr std::array failures{Failure::unknown_agent,
                                         Failure::wrong_password,
                                         Failure::invalid_device,
                                         Failure::already_logged_on,
                                         Failure::already_in_medium,
                                         Failure::task_on_its_way,
                                         Failure::task_unknown,
                                         Failure::invalid_destination,
                                         Failure::no_link,
                                         Failure::unsent,
                                         Failure::other};
    Failure failure = chance(10) ? failures[below(failures.size())] : Failure::none;
    if (failure == Failure::none) {
        failure = center_.carry_out(action);
    } else if (failure == Failure::no_link) {
        center_.ignore(action);
    } else {
        center_.refuse(engine_, action);
    }
    if (is_in_already(failure)) center_.log_in_instead(action);
    answer(action, failure);
}

void World::answer(const Action& action, Failure failure) {
    visit_each(
        [&](const auto& a) {
            using A = std::remove_cvref_t<decltype(a)>;
            if constexpr (std::is_same_v<A, ReadyMedium>) {
                tell(AgentState{a.agent, a.channel, MediumState::ready, 0, {}});
            } else if constexpr (std::is_same_v<A, LogoutMedium>) {
                if (failure != Failure::none)
                    return tell(MediumRefused{a.agent, a.channel, failure, "refused"});
                tell(AgentState{a.agent, a.channel, MediumState::logged_out, 0, {}});
            } else if constexpr (requires { a.operation; }) {
                if (logs_in_or_out(action) && chance(5))
                    return late_.push_back(Outcome{a.operation, failure, "late"});
                if (failure != Failure::none) return tell(Outcome{a.operation, failure, "refused"});
                if constexpr (std::is_same_v<A, QueryAgent>) {
                    const std::string device = chance(90) ? "D" + a.agent.name.substr(1) : "elsewhere";
                    if (chance(30)) center_.log_in(a.agent, Channel::voice);
                    const bool in = center_.in(a.agent, Channel::voice);
                    if (in) center_.found(engine_, action);
                    return tell(AgentFound{a.operation, in, device, device});
                }
                if constexpr (std::is_same_v<A, PlaceCall>) {
                    const CallId call = chance(3) ? CallId{} : CallId{++calls_, 0, a.device};
                    if (chance(50)) tell(CallDialled{a.agent, call, info()});
                    tell(CallPlaced{a.operation, call});
                    if (chance(50)) tell(CallDialled{a.agent, call, info()});
                    return;
                }
                if constexpr (std::is_same_v<A, FindWork>) {
                    if (chance(50)) work_found();
                }
                tell(Outcome{a.operation, Failure::none, ""});
                if constexpr (std::is_same_v<A, SetVoiceState>) {
                    static constexpr std::array states{MediumState::ready, MediumState::not_ready,
                                                       MediumState::work_ready, MediumState::work_not_ready};
                    tell(AgentState{
                        a.agent, Channel::voice, states[static_cast<std::size_t>(a.wish)], a.reason, {}});
                }
                if constexpr (std::is_same_v<A, NotReadyMedium>)
                    tell(AgentState{a.agent, a.channel, MediumState::not_ready, a.reason, {}});
                if constexpr (std::is_same_v<A, AnswerCall>) tell(CallConnected{a.agent, a.call});
                if constexpr (std::is_same_v<A, ClearCall>)
                    tell(CallEnded{a.agent, a.call, CallEnding::cleared});
            }
        },
        action);
}

void World::crm_answers() {
    while (!last_events_.empty()) {
        const std::size_t at = chance(80) ? 0 : below(last_events_.size());
        tell(take_from(last_events_, at));
        if (chance(40)) return;
    }
}

void World::store_answers() {
    if (unstored_.empty()) return;
    tell(ItemStored{take_from(unstored_, below(unstored_.size()))});
}

void World::router_answers() {
    if (unrouted_.empty()) return;
    const ItemId item = take_from(unrouted_, chance(80) ? 0 : below(unrouted_.size()));
    const std::uint64_t dice = below(100);
    if (dice < 2) return tell(TaskLabelled{item, RouteLabel::timeout, "TIMEOUT"});
    if (dice < 4) return tell(TaskLabelled{item, RouteLabel::route_error, "ROUTE_ERROR"});
    if (dice < 5) return tell(TaskLabelled{item, RouteLabel::other, "?"});
    if (dice < 6) return tell(RouteFailed{item, as_told("failure 13")});
    const Item* known = engine_.item(item);
    const Channel channel = known ? known->channel : Channel::chat;
    const Player* chosen = &player();
    for (int tries = 0; tries < 20; ++tries) {  // most often one who is ready
        const Agent* a = record_of(*chosen);
        if (a && a->told && a->told->workmode == 2 && a->in(channel)) break;
        chosen = &player();
    }
    tell(TaskAssigned{item, channel, chance(98) ? chosen->id : AgentId{5000, "nobody"},
                      chance(1) ? no_task : TaskId{1, 1, ++tasks_}, info()});
}

void World::subscribe() {
    const Player& p = player();
    if (const Agent* a = record_of(p); a && a->phase == Phase::logged_in && chance(80)) return;
    static constexpr std::array media{"pm2c", "p", "m6", "c5", "pm4", "pc3", "m2c2", "pmc2", "mc"};
    const std::size_t index = static_cast<std::size_t>(&p - players_.data());
    const std::string work_center = p.id.name + ";pw;" + p.device + ';' +
                                    media[(index + (chance(10) ? 1 : 0)) % media.size()] +
                                    (index % 10 == 9 ? "SL" : "");
    tell(Subscribe{.request = request(),
                   .subscription = {++subscriptions_},
                   .user = chance(97) ? p.user : player().user,
                   .user_name = p.user.value,
                   .app_id = chance(70) ? "app" : "app-" + std::to_string(subscriptions_),
                   .work_center = Secret{work_center},
                   .profile = p.profile});
}

void World::unsubscribe() { tell(Unsubscribe{request(), player().user}); }

void World::set_workmode() {
    static constexpr std::array modes{2, 2, 2, 2, 2, 2, 3, 3, 1, 1007, 4, 99};
    tell(SetWorkmode{request(), player().user, modes[below(modes.size())]});
}

void World::item_request() {
    const Player& p = player();
    const ItemKey key = key_of(p);
    switch (below(16)) {
        case 0:
        case 1: {
            static constexpr std::array reasons{"A0", "A1", "A1", "M0", "M0", "", "X"};
            return tell(Reroute{request(), p.user, key, reasons[below(reasons.size())]});
        }
        case 2: return tell(Forward{request(), p.user, key, "Script", false});
        case 3: return tell(Forward{request(), p.user, key, player().user.value, true});
        case 4:
        case 5:
        case 6: return tell(Complete{request(), p.user, key});
        case 7: return tell(Drop{request(), p.user, key});
        case 8: return tell(RequireWrapup{request(), p.user, key});
        case 9:
        case 10: return tell(EndWrapup{request(), p.user, key});
        default: return tell(Accept{request(), p.user, key});
    }
}

void World::item_data() {
    const Player& p = player();
    if (chance(50)) return tell(ReadItemData{request(), p.user, key_of(p)});
    tell(SetItemData{request(), p.user, key_of(p), std::make_shared<Document>(), {}});
}

void World::make_call() { tell(MakeCall{request(), player().user, chance(95) ? "4711" : "", nullptr}); }

void World::read_user() {
    if (chance(50)) return tell(ReadUser{request(), player().user});
    tell(RefreshUser{request(), player().user});
}

void World::add_item() {
    if (engine_.all_items().size() > items_at_most) return;
    const std::uint64_t number = chance(97) ? ++external_ids_ : external_ids_;
    tell(AddItem{request(),
                 chance(50) ? Channel::action : Channel::chat,
                 "ext-" + std::to_string(number),
                 "Script",
                 {player().user},
                 info()});
}

void World::delete_item() {
    const std::string number = std::to_string(below(external_ids_ + 1));
    tell(DeleteItem{request(), chance(90) ? "ext-" + number : ""});
}

void World::customer_leaves() {
    const auto items = engine_.all_items();
    if (!items.empty()) tell(CustomerLeft{any(items).item->id});
}

void World::retry_item() {
    for (const auto& [id, item] : engine_.items().all()) {
        if (item->state == ItemState::parked) return tell(RetryItem{id});
    }
}

void World::call_event() {
    const Player& p = player();
    const CallId call = call_of(p);
    switch (below(8)) {
        case 0:
        case 1: return tell(CallConnected{p.id, call});
        case 2: return tell(CallHeld{p.id, call});
        case 3: return tell(CallRetrieved{p.id, call});
        case 4: return tell(CallData{p.id, call, info()});
        default: return tell(CallEnded{p.id, call, chance(80) ? CallEnding::cleared : CallEnding::failed});
    }
}

void World::call_offered() {
    const Player& p = player();
    const CallId call = chance(2) ? CallId{} : CallId{++calls_, 0, p.device};
    if (chance(20)) return tell(CallDialled{p.id, call, info()});
    tell(CallOffered{p.id, call, chance(70), info()});
}

void World::agent_state() {
    static constexpr std::array states{
        MediumState::not_ready,  MediumState::ready,          MediumState::ready,
        MediumState::reserved,   MediumState::active,         MediumState::active,
        MediumState::paused,     MediumState::work_ready,     MediumState::work_ready,
        MediumState::work_ready, MediumState::work_not_ready, MediumState::interrupted};
    const Player& p = player();
    const MediumState state = chance(2) ? MediumState::logged_out : states[below(states.size())];
    const bool pending = chance(20);
    const Channel channel = channels[below(channel_count)];
    if (state != MediumState::logged_out && chance(20)) center_.log_in(p.id, channel);  // by somebody else
    tell(AgentState{
        p.id, channel, state, static_cast<int>(below(3)),
        pending ? std::optional{chance(50) ? MediumState::ready : MediumState::not_ready} : std::nullopt});
}

void World::task_trouble() {
    const Player& p = player();
    const TaskId task = task_of(p);
    switch (below(3)) {
        case 0: return tell(TaskRefused{p.id, task, Failure::task_unknown, "18"});
        case 1: return tell(TaskGone{p.id, task, "lifetime exceeded"});
        default: return tell(MadeNotRoutable{p.id, chance(50) ? Channel::action : Channel::chat, task});
    }
}

void World::delivery() {
    const Agent* a = record_of(player());
    if (!a) return;
    switch (below(5)) {
        case 0: return tell(DeliveryFailed{a->subscription});
        case 1: return tell(SubscriptionLost{a->subscription, chance(20), "connection refused"});
        default: return tell(DeliveryRestored{a->subscription});
    }
}

void World::manual_sessions() { tell(ManualSessions{player().user, static_cast<int>(below(4))}); }

void World::link() {
    if (engine_.link_up({})) {
        if (chance(30)) {  // what was on its way to the contact center or back is lost
            late_.clear();
            std::erase_if(unanswered_, [&](const Action& action) {
                if (!logs_in_or_out(action)) return false;
                in_silence(action, true);
                return true;
            });
            tell(LinkDown{{}, "heartbeats missed"});
        }
    } else {
        if (chance(5)) pass(engine_.settings().link_grace);
        tell(LinkUp{});
    }
    if (!engine_.link_up({}) && chance(80)) {
        pass(Duration{below(3000)});
        tell(LinkUp{});
    }
}

void World::router() {
    engine_.router_up({}) ? tell(RouterDown{}) : tell(RouterUp{});
    if (!engine_.router_up({}) && chance(80)) tell(RouterUp{});
}

void World::work_found() {
    const Player& p = player();
    auto state = static_cast<WorkState>(below(5));
    if (chance(50)) {
        if (state == WorkState::wrapup) state = WorkState::held;  // needs a phone in the work state
        const bool known = chance(50);
        return tell(CallFound{p.id, known ? call_of(p) : CallId{++calls_, 0, p.device}, state, info()});
    }
    const std::uint64_t number = chance(60) ? ++external_ids_ : below(external_ids_ + 1);
    tell(TaskFound{p.id, chance(50) ? Channel::action : Channel::chat,
                   chance(5) ? no_task : TaskId{1, 1, ++tasks_}, state,
                   chance(30) ? "" : "ext-" + std::to_string(number), "Script", info()});
}

/// An event comes twice. Requests of the CRM have numbers that are never used again, so they do not.
void World::again() {
    const Event event = history_[below(history_.size())];
    const bool request = std::visit(
        [](const auto& e) {
            return requires { e.request; };
        },
        event);
    if (!request && !std::holds_alternative<Shutdown>(event)) tell(event);
}

void World::long_wait() { pass(Duration{below(20'000)}); }

}  // namespace cticonnector::engine::testing
