#include "watch.hpp"

#include <algorithm>
#include <array>

#include "cticonnector/engine/work_center.hpp"
#include "printed.hpp"

namespace cticonnector::engine::testing {

namespace {

template <class A, class... Kinds>
constexpr bool one_of = (std::is_same_v<A, Kinds> || ...);
template <class A>
constexpr bool for_cc =
    one_of<A, QueryAgent, Login, Logout, SetVoiceState, LoginMedium, SetTaskLimit, LogoutMedium, ReadyMedium,
           NotRoutable, NotReadyMedium, FindWork, RestoreMedium, RestoreTask, RestoreDone, AnswerCall,
           ClearCall, PlaceCall, ReleaseCall, StepTask, EndTask>;
template <class A>
constexpr bool for_router = one_of<A, RouteItem, CancelRoute>;

bool hides_a_key(const std::string& text) {
    static constexpr std::array keys{"agent=", "user=", "item=", "channel=", "device=", "voice=", "action=",
                                     "chat=",  "task=", "call=", "reason=",  "origin=", "state=", "workmode"};
    return std::any_of(keys.begin(), keys.end(),
                       [&](const char* key) { return text.find(key) != std::string::npos; });
}

/// And no place is left without one.
bool all_arguments_said(const Phrase& phrase) {
    if (phrase.arguments.empty() && phrase.parts.empty()) return true;
    Phrase marked = phrase;
    for (std::size_t i = 0; i < marked.arguments.size(); ++i)
        marked.arguments[i] = "<" + std::to_string(i) + ">";
    const std::string text = sentence(marked);
    marked.arguments.emplace_back("one too many");
    bool all = sentence(marked) == text;
    for (std::size_t i = 0; i < phrase.arguments.size(); ++i)
        all = all && text.find("<" + std::to_string(i) + ">") != std::string::npos;
    return all && std::ranges::all_of(phrase.parts, all_arguments_said);
}

/// item_text() of the item that is offered under this key.
std::string text_of(const ItemKey& key) { return key.value.substr(0, key.value.rfind('-')); }

}  // namespace

void Watch::seen(const Engine& engine, const Event* event, const Actions& actions) {
    asked_.reset();
    told_before_reply_ = false;
    refused_.clear();
    given_back_.clear();
    if (event) before(engine, *event);
    const bool link_changed = link_ != engine.link_up({});
    if (link_changed) {
        for (const Action& action : actions)  // one errand per agent instead
            visit_each(
                [&](const auto& a) {
                    expect(
                        !requires { a.agent.name; }, "a turn over everybody");
                },
                action);
    }
    std::set<AgentId> touched;
    for (const Action& action : actions) {
        visit_each(
            [&](const auto& a) {
                using A = std::remove_cvref_t<decltype(a)>;
                if constexpr (for_cc<A>)
                    expect(engine.link_up({}), "the contact center is told something over a lost link");
                if constexpr (for_router<A>)
                    expect(engine.router_up({}), "the router is told something over a lost link");
                if constexpr (requires { a.agent.name; }) touched.insert(a.agent);
                did(a);
                if constexpr (std::is_same_v<A, StoreItem>) {
                    const Item& item = *engine.items().find(a.item);
                    items_[a.item] = {item_text(item), item.external_id};
                }
            },
            action);
    }
    if (event) {
        std::visit(
            [&](const auto& e) {
                if constexpr (requires { e.agent.name; }) touched.insert(e.agent);
                if constexpr (requires { e.user.value; }) {
                    if (const auto slot = engine.roster().find(e.user))
                        touched.insert(engine.roster().at(*slot).id);
                }
            },
            *event);
    }
    for (const AgentId& id : touched) {
        if (const auto slot = engine.roster().find(id)) record(engine, engine.roster().at(*slot));
    }
    if (const auto* state = event ? std::get_if<AgentState>(event) : nullptr;
        state && state->state == MediumState::logged_out)
        to_restore_.erase({state->agent, state->channel});  // after an agent who was behind has told it
    if (link_changed && engine.link_up({})) link_is_back(engine);
    if (!engine.link_up({})) restoring_ = false;
    link_ = engine.link_up({});
    behind_.clear();
    if (engine.errands().empty()) return;
    for (const auto slot : engine.roster().slots()) {
        if (!engine.errands().of(slot).empty()) behind_.insert(engine.roster().at(slot).id);
    }
}

void Watch::link_is_back(const Engine& engine) {
    restoring_ = true;
    to_restore_.clear();
    for (const auto slot : engine.roster().slots()) {
        const Agent& a = engine.roster().at(slot);
        for (const Channel c : {Channel::action, Channel::chat}) {
            if (a.phase == Phase::logged_in && a.in(c) && a.media[c].logged_in())
                to_restore_.insert({a.id, c});
        }
    }
}

void Watch::before(const Engine& engine, const Event& event) {
    std::visit(
        [&](const auto& e) {
            if constexpr (requires { e.request; }) {
                open_requests_.insert(e.request);
                asked_ = e.request;
            }
        },
        event);
    if (const auto* subscribe = std::get_if<Subscribe>(&event)) {
        subscribing_[subscribe->request] = subscribe->subscription;
    } else if (const auto* gone = std::get_if<DeleteItem>(&event)) {
        if (!gone->external_id.empty()) deleted_.insert(gone->external_id);
    } else if (const auto* left = std::get_if<CustomerLeft>(&event)) {
        customer_left_.insert(left->item);
    } else if (const auto* assigned = std::get_if<TaskAssigned>(&event)) {
        ended_.erase({assigned->agent, assigned->task});
        const bool news = assigned_.insert(assigned->task).second;  // said twice, it is open but once
        if (news && assigned->task != no_task && engine.link_up({}) && engine.roster().find(assigned->agent))
            tasks_[{assigned->agent, assigned->channel}].insert(assigned->task);
    } else if (const auto* found = std::get_if<TaskFound>(&event)) {
        ended_.erase({found->agent, found->task});
        // of what a log-on has found the CRM is told when it is complete; if it fails, nobody is
        const auto slot = engine.roster().find(found->agent);
        const Agent* agent = slot ? &engine.roster().at(*slot) : nullptr;
        if (agent && agent->phase == Phase::logging_in) {
            for (const Session& s : agent->sessions) {
                const Item* item = agent->item(s.item);
                if (s.state == SessionState::wrapup && !item->is_call() && item->task().id == found->task)
                    item_told_[item->external_id] = Processing::wrapup;
            }
        }
    } else if (std::get_if<LinkDown>(&event)) {
        tasks_.clear();
    }
    // the contact center says that it has no such task any more
    const auto forget = [&](const AgentId& agent, const TaskId& task) {
        for (const Channel c : channels) tasks_[{agent, c}].erase(task);
        gone_ = task;
    };
    gone_ = no_task;
    if (const auto* gone = std::get_if<TaskGone>(&event)) forget(gone->agent, gone->task);
    if (const auto* refused = std::get_if<TaskRefused>(&event)) forget(refused->agent, refused->task);
    if (const auto* made = std::get_if<MadeNotRoutable>(&event)) {
        forget(made->agent, made->task);
        not_routable_.insert({made->agent, made->channel});
    }
}

// ---- rule 9, rule 7

void Watch::did(const Reply& reply) {
    if (reply.text.empty() != (reply.fault == Fault::none) || !all_arguments_said(reply.text))
        broken("R-DEC-69: a fault without its sentence, or an argument without a place: " +
               sentence(reply.text));
    if (open_requests_.erase(reply.request) == 0)
        broken("9: request " + std::to_string(reply.request.value) + " is answered twice or was never asked");
    if (reply.request == asked_)
        expect(!told_before_reply_,
               "R-DEC-56: events go out before the reply to the request that causes them");
    const auto at = subscribing_.find(reply.request);
    if (at == subscribing_.end()) return;
    if (reply.fault == Fault::none) live_.insert(at->second);
    subscribing_.erase(at);
}
void Watch::did(const UserChanged& changed) {
    told_before_reply_ = told_before_reply_ || !behind_.contains(changed.user.agent);
    expect(live_.contains(changed.subscription), "7: a user event for a subscription that is not live");
}
void Watch::did(const ItemChanged& changed) {
    told_before_reply_ = told_before_reply_ || !behind_.contains(changed.item.agent);
    expect(live_.contains(changed.subscription), "7: an item event for a subscription that is not live");
    const ItemView& item = changed.item;
    expect(!item.key.value.empty(), "3: an item event without a key");
    const Place place{item.agent.name, item.key.value};
    if (item.line == LineState::dialling) open_sessions_.insert(place);  // makeCall is no offer
    if (open_sessions_.contains(place) == item.last())
        broken("4: " + item.key.value + (item.last() ? " still open after its end" : " told after its end"));
    item_told_[text_of(item.key)] = item.processing;
}
void Watch::did(const EndSubscription& ended) {
    expect(live_.erase(ended.subscription) == 1, "7: a subscription ends that is not live");
}

// ---- rule 4

void Watch::did(const Note& note) {
    if (!all_arguments_said(note.text) || (note.because && !all_arguments_said(*note.because)))
        broken("R-DEC-69: an argument has no place in the sentence: " + sentence(note.text));
    if (note.what != What::invariant_broken && !note.text.empty() && hides_a_key(sentence(note.text)))
        return broken("R-DEC-62: a key stands in a text: " + sentence(note.text));
    const Place place{note.agent.name, note.item.value};
    switch (note.what) {
        case What::invariant_broken: return broken(sentence(*note.because) + " | " + sentence(note.text));
        case What::agent_logout:
            for (const Channel c : channels) {
                to_restore_.erase({note.agent, c});
                not_routable_.erase({note.agent, c});
            }
            return;
        case What::item_offered:
        case What::item_dialled:
        case What::item_adopted:
            if (!open_sessions_.insert(place).second)
                broken("4: " + place.key + " is offered while it is open");
            return;
        case What::item_refused:
            if (note.reason == "not_logged_in" && note.task) {  // NEW_TASK only (R-DEC-25)
                for (const Channel c : channels) tasks_[{note.agent, c}].erase(*note.task);
            }
            if (note.task && (note.reason == "A0" || note.reason == "A1" || note.reason == "crm_gone"))
                refused_.insert({note.agent, *note.task});
            return;
        case What::item_ended:
            if (note.reason == name(Processing::ended) ||
                (note.reason == "agent_logged_out" && item_told_[text_of(note.item)] == Processing::wrapup))
                may_end_.insert(text_of(note.item));
            [[fallthrough]];
        case What::item_rerouted:
            if (!place.key.empty() && !note.agent.name.empty())  // else it was with no agent
                if (open_sessions_.erase(place) == 0)
                    broken("4: " + place.key + " ends twice or was never open");
            return;
        default: return;
    }
}

// ---- tasks

void Watch::did(const StepTask& step) { expect(step.task != no_task, "a step of no task"); }
void Watch::did(const EndTask& end) {
    expect(end.task != no_task, "an end of no task");
    expect(ended_.insert({end.agent, end.task}).second, "4: END_TASK twice for one task");
    tasks_[{end.agent, end.channel}].erase(end.task);
    if (refused_.contains({end.agent, end.task})) given_back_.insert({end.agent, end.channel});
}
void Watch::did(const ReadyMedium& ready) { not_routable_.erase({ready.agent, ready.channel}); }
void Watch::did(const NotRoutable& not_routable) {
    const Medium medium{not_routable.agent, not_routable.channel};
    expect(!given_back_.contains(medium), "R-DEC-25: NOT_ROUTABLE after the end of the refused task");
    not_routable_.insert(medium);
}
void Watch::did(const NotReadyMedium& not_ready) {
    const Medium medium{not_ready.agent, not_ready.channel};
    expect(!given_back_.contains(medium) || not_routable_.contains(medium),
           "R-DEC-25: a refused task is ended while the medium is routable");
    expect((tasks_[{not_ready.agent, not_ready.channel}].empty()),
           "R-DEC-26: NOT_READY while a task is open counts it as ended");
}
void Watch::did(const LogoutMedium& out) { tasks_[{out.agent, out.channel}].clear(); }
void Watch::did(const RestoreMedium& medium) {
    if (!medium.ready) not_routable_.insert({medium.agent, medium.channel});
    expect(restoring_ && to_restore_.erase({medium.agent, medium.channel}) == 1,
           "R-DEC-41: a medium is restored twice, or out of time");
}
void Watch::did(const RestoreTask& task) {
    expect(restoring_, "R-DEC-41: a task is restored out of time");
    if (task.task != gone_) tasks_[{task.agent, task.channel}].insert(task.task);
}
void Watch::did(const RestoreDone&) {
    expect(restoring_, "R-DEC-41: the block is closed that is not open");
    restoring_ = false;
    for (const auto& [agent, channel] : to_restore_)
        broken("R-DEC-41: " + agent.name + " is missing in the block, " + std::string(name(channel)));
}
void Watch::did(const ReleaseCall& release) { expect(release.call != CallId{}, "a release of no call"); }

// ---- one record

namespace {

bool owes(const Agent& a, Channel channel) {
    return std::ranges::any_of(a.items,
                               [&](const ItemPtr& i) { return i->channel == channel && i->task().owed; });
}

}  // namespace

void Watch::record(const Engine& engine, const Agent& a) {
    const Settings& s = engine.settings();
    std::set<std::string> keys;
    std::set<ItemId> items;
    PerChannel<int> count;
    int talking = 0;
    for (const Session& one : a.sessions) {
        ++count[one.channel];
        if (!keys.insert(one.key.value).second) broken("3: two sessions of " + one.key.value);
        const bool unplaced = one.state == SessionState::dialling && one.key.value.empty();
        const Item* item = a.item(one.item);
        if (!item && one.item != ItemId{}) broken("3: the session of " + one.key.value + " names no item");
        if (item && item->key != one.key) broken("3: the item of " + one.key.value + " does not know it");
        if (!item && (one.channel == Channel::voice || is_work(one.state)))
            broken("3: the session of " + one.key.value + " has no item");
        expect(!item || one.channel != Channel::voice || unplaced != item->legs().placed(),
               "a session without its call");
        if (!is_work(one.state)) continue;
        if (one.item != ItemId{})
            if (!items.insert(one.item).second) broken("3: one item in two sessions, " + one.key.value);
        talking += one.channel == Channel::voice && one.state == SessionState::active &&
                   !(one.due && one.due->why == DueFor::next_state);
        const Place place{a.id.name, one.key.value};
        if (one.state == SessionState::dialling && !place.key.empty()) open_sessions_.insert(place);
        if (!place.key.empty() && a.phase == Phase::logged_in && !open_sessions_.contains(place))
            broken("4: " + place.key + " was never offered");
        if (one.channel == Channel::voice && one.state == SessionState::wrapup && engine.link_up({}) &&
            !a.stale && engine.errands().of(*engine.roster().find(a.id)).empty()) {
            const MediumState state = a.media[Channel::voice].state;
            if (state != MediumState::work_ready && state != MediumState::work_not_ready)
                broken("R-DEC-15: " + one.key.value + " stays in wrap-up though the phone has left it");
        }
    }
    const CrmProfile& crm = *a.profile;
    for (const Channel c : channels) {
        if (count[c] > a.limits[c].value + (a.in(c) ? crm.buffers[c] : 0))
            broken("1: too many sessions of " + std::string(name(c)));
    }
    const auto all = std::ranges::count(a.sessions, Placement::own, &Session::placement);
    const bool only_actions = !a.in(Channel::voice) && !a.in(Channel::chat);
    const bool crm_decides = only_actions && crm.item_max.source == Source::built_in;  // R-DEC-64
    expect(all <= (crm_decides ? crm.session_limit : std::min(crm.item_max.value, crm.session_limit)),
           "2: too many sessions");
    expect(crm.calls_when_full == OnFull::show_in_default || all == std::ssize(a.sessions),
           "2: a session in the default place of a CRM that has none");
    expect(talking <= 1, "5: two active calls");
    std::set<CallId> calls;
    for (const Item& call : calls_of(a))
        expect(calls.insert(call.legs().id).second, "a call without an id of its own");
    for (const ItemPtr& one : a.items) {
        const Item& item = *one;
        const bool claimed =
            std::ranges::any_of(a.sessions, [&](const Session& claim) { return claim.item == item.id; });
        const bool waiting =
            std::ranges::any_of(a.waiting, [&](const WaitingOffer& w) { return w.item == item.id; });
        const bool at_phone = item.is_call() && item.legs().live() && item.legs().placed();
        if (!claimed && !waiting && !at_phone) broken("an item is kept for nothing: " + item.key.value);
    }
    std::set<std::pair<std::string, bool>> changes;
    int telephoning = 0;
    for (const Operation& o : a.operations) {
        if (!o.request) continue;
        const bool hang_up = o.purpose == Purpose::clear;
        telephoning += o.purpose == Purpose::answer || o.purpose == Purpose::dial_not_ready ||
                       o.purpose == Purpose::dial;
        if (!o.item.value.empty())
            if (!changes.insert({o.item.value, hang_up}).second)
                broken("R-DEC-35: two requests change " + o.item.value);
    }
    expect(telephoning <= 1, "R-TEL-11: two requests telephone");
    const bool waits = !engine.errands().of(*engine.roster().find(a.id)).empty();
    expect(engine.link_up({}) || waits || a.operations.empty(), "a request waits for a link that is lost");
    if (a.phase != Phase::logged_in) return;
    expect(engine.link_up({}) || waits || a.stale, "R-HA-6: does not know that the link is lost");
    expect(!engine.link_up({}) || waits || !a.stale || a.in(Channel::voice),
           "R-HA-5: nothing will re-read it");
    expect(a.told && a.told->workmode == a.view(s).workmode, "6: the CRM was told another work mode");
    for (const Channel c : channels) {
        const cticonnector::engine::Medium& m = a.media[c];
        if (m.own_not_ready == OwnNotReady::when_tasks_end && engine.link_up({}) && !a.stale && !waits)
            expect(a.open_tasks(c) > 0 || owes(a, c), "R-DEC-26: NOT_READY is owed and nothing will send it");
        expect((m.own_not_ready == OwnNotReady::task_on_its_way) == m.task_awaited_to.has_value(),
               "R-DEC-25: a task is awaited, and without an end");
        expect(m.own_not_ready != OwnNotReady::asked || a.under_way(Purpose::medium_not_ready, c),
               "R-DEC-26: NOT_READY is asked for, and nothing will answer");
    }
}

void Watch::whole(const Engine& engine) {
    std::set<Place> sessions;
    for (const auto slot : engine.roster().slots()) {
        const Agent& a = engine.roster().at(slot);
        record(engine, a);
        for (const Session& s : a.sessions) {
            if (is_work(s.state)) sessions.insert({a.id.name, s.key.value});
        }
    }
    for (const Place& place : open_sessions_)
        if (!sessions.contains(place))
            broken("4: " + place.agent + ' ' + place.key + " vanished without an end");
    std::map<ItemId, Known> items;
    std::set<std::string> external_ids;
    for (const auto& [held, agent] : engine.all_items()) {
        const Item& item = *held;
        if (!items.emplace(item.id, Known{item_text(item), item.external_id}).second)
            broken("two have " + item_text(item));
        const bool deleted = agent && item.task().owed && !item.task().owed->back;
        if (!deleted && !item.external_id.empty() && !external_ids.insert(item.external_id).second)
            broken("two items are " + item.external_id);
        const bool with_agent = item.state == ItemState::offered || item.state == ItemState::active;
        if (with_agent != (agent != nullptr))
            broken("an item is lost: " + item.external_id + " is " + std::string(name(item.state)) +
                   (agent ? " at " + agent->id.name : ""));
        expect(item.state != ItemState::routing || engine.router_up({}) || engine.items().unseen(item),
               "an item is lost: its router is gone");
    }
    for (const auto& [id, item] : items_)
        if (!items.contains(id) && !may_end_.contains(item.text) && !deleted_.contains(item.external_id) &&
            !customer_left_.contains(id))
            broken("an item is lost: " + item.text + ' ' + item.external_id);
    items_ = std::move(items);
}

void Watch::nothing_open() {
    if (!open_requests_.empty())
        broken("9: request " + std::to_string(open_requests_.begin()->value) + " is never answered");
}

}  // namespace cticonnector::engine::testing
