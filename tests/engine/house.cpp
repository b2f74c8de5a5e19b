#include "house.hpp"

#include <algorithm>

namespace cticonnector::engine::testing {

namespace {

/// Actions of the contact center that are answered; the rest need no answer.
template <class A>
constexpr bool is_answered = std::is_same_v<std::remove_cvref_t<A>, LogoutMedium> ||
                             requires(std::remove_cvref_t<A> a) {
    a.operation;
};

MediumState state_of(VoiceWish wish) {
    static constexpr std::array states{MediumState::ready, MediumState::not_ready, MediumState::work_ready,
                                       MediumState::work_not_ready};
    return states[static_cast<std::size_t>(wish)];
}

}  // namespace

SiteSettings house_settings() {
    SiteSettings s;
    s.media = true;
    s.crm.item_max = {6, Source::ini};
    s.crm.max_sessions = {{Limit{1}, Limit{6, Source::ini}, Limit{5, Source::ini}}};
    s.crm.check_media_by_direct_call = false;
    return s;
}

CrmProfile ten_sessions() {
    return {.session_limit = 10,
            .item_max = {10, Source::crm_profile},
            .range = {{1, 9, 10}},
            .max_sessions = {{Limit{1}, Limit{9}, Limit{10}}},
            .buffers = {{0, 0, 0}},
            .calls_when_full = OnFull::show_in_default,
            .check_media_by_direct_call = false};
}

House::House(SiteSettings settings, ItemId first_item)
    : profile(std::make_shared<const CrmProfile>(settings.crm)), engine(std::move(settings), first_item) {
    tell(LinkUp{});
    tell(RouterUp{});
}

House House::with_agent(std::string_view work_center, SiteSettings settings) {
    House house(std::move(settings));
    EXPECT_EQ(house.ask(house.subscription(work_center)).fault, Fault::none) << printed(house.last);
    return house;
}

House House::ready(std::string_view work_center, SiteSettings settings) {
    House house = with_agent(work_center, std::move(settings));
    EXPECT_EQ(house.workmode(2).fault, Fault::none);
    EXPECT_EQ(house.workmode_told(), 2);
    return house;
}

void House::tell(const Event& event) {
    last.clear();
    step(event);
    settle();
    if (prompt) turns(now);
}

void House::pass(Duration time) {
    last.clear();
    turns(now + time);
    now += time;
}

void House::turn() {
    last.clear();
    engine.on_time(now, last);
    take(0);
    settle();
}

void House::turns(Time end) {
    const Time start = now;
    while (true) {
        const auto due = engine.next_deadline();
        if (!due || *due > end) break;
        now = std::max(now, *due);
        const std::size_t from = last.size();
        engine.on_time(now, last);
        take(from);
        settle();
    }
    now = start;
}

void House::step(const Event& event) {
    const std::size_t from = last.size();
    engine.on(event, now, last);
    take(from);
}

void House::take(std::size_t from) {
    for (std::size_t i = from; i < last.size(); ++i) {
        if (const Reply* reply = as<Reply>(last[i])) {
            EXPECT_EQ(++reply_counts_[reply->request.value], 1)
                << "request " << reply->request.value << " answered twice";
            EXPECT_EQ(asked_.erase(reply->request.value), 1u)
                << "request " << reply->request.value << " was never asked";
            replies_[reply->request.value] = *reply;
        } else if (const Note* note = as<Note>(last[i]); note && note->what == What::invariant_broken) {
            ADD_FAILURE() << sentence(*note->because) << ": " << sentence(note->text);
        }
        queue_.push_back(last[i]);
    }
}

void House::settle() {
    while (!queue_.empty()) {
        const Action action = queue_.front();
        queue_.erase(queue_.begin());
        const auto kind = visit_each([](const auto& a) { return std::type_index(typeid(a)); }, action);
        const auto said = moods_.find(kind);
        const Manner manner = said == moods_.end() ? mood_ : said->second;
        const bool answered = visit_each([](const auto& a) { return is_answered<decltype(a)>; }, action);
        if (manner.mood == Mood::silent) {
            if (answered) silent.push_back(action);
        } else {
            answer_to(action, manner.mood == Mood::refuses ? manner.failure : Failure::none);
        }
    }
}

void House::cc_all(Mood mood, Failure failure) {
    moods_.clear();
    mood_ = {mood, failure};
}

void House::answer_oldest() {
    const Action action = silent.front();
    silent.erase(silent.begin());
    last.clear();
    answer_to(action, Failure::none);
    settle();
}

void House::answer_to(const Action& action, Failure failure) {
    const bool ok = failure == Failure::none;
    const auto outcome = [&](OperationId operation) {
        step(Outcome{operation, failure, ok ? "" : "refused by the contact center"});
    };
    const auto state_is = [&](const AgentId& who, Channel c, MediumState s, int reason = 0) {
        if (!ok) return;
        AgentState event{who, c, s, reason, {}};
        const auto slot = engine.roster().find(who);
        if (c == Channel::voice && slot && engine.roster().at(*slot).voice_active() > 0 &&
            s != MediumState::logged_out) {
            event.state = MediumState::active;  // a state asked for during a call is pending
            event.next = s;
        }
        step(event);
    };
    if (const auto* a = as<QueryAgent>(action)) {
        query_answer.operation = a->operation;
        ok ? step(query_answer) : outcome(a->operation);
    } else if (const auto* login = as<Login>(action)) {
        outcome(login->operation);
        if (!login->authenticate_only) state_is(login->agent, Channel::voice, MediumState::not_ready);
    } else if (const auto* medium = as<LoginMedium>(action)) {
        outcome(medium->operation);
        state_is(medium->agent, medium->channel, MediumState::not_ready);
    } else if (const auto* out = as<LogoutMedium>(action)) {
        ok ? step(AgentState{out->agent, out->channel, MediumState::logged_out, 0, {}})
           : step(MediumRefused{out->agent, out->channel, failure, "refused by the contact center"});
    } else if (const auto* limit = as<SetTaskLimit>(action)) {
        outcome(limit->operation);
    } else if (const auto* find = as<FindWork>(action)) {
        for (const Event& event : work) step(event);
        outcome(find->operation);
    } else if (const auto* voice = as<SetVoiceState>(action)) {
        outcome(voice->operation);
        state_is(voice->agent, Channel::voice, state_of(voice->wish), voice->reason);
    } else if (const auto* routable = as<NotRoutable>(action)) {
        outcome(routable->operation);
    } else if (const auto* not_ready = as<NotReadyMedium>(action)) {
        outcome(not_ready->operation);
        state_is(not_ready->agent, not_ready->channel, MediumState::not_ready, not_ready->reason);
    } else if (const auto* ready = as<ReadyMedium>(action)) {
        state_is(ready->agent, ready->channel, MediumState::ready);
    } else if (const auto* answer = as<AnswerCall>(action)) {
        outcome(answer->operation);
        if (ok) {
            step(AgentState{answer->agent, Channel::voice, MediumState::active, 0, {}});
            step(CallConnected{answer->agent, answer->call});
        }
    } else if (const auto* clear = as<ClearCall>(action)) {
        outcome(clear->operation);
        if (ok) step(CallEnded{clear->agent, clear->call, CallEnding::cleared});
    } else if (const auto* place = as<PlaceCall>(action)) {
        const CallId call{++calls_, 0, "52513"};
        if (ok) {
            step(CallDialled{place->agent, call, std::make_shared<ItemInfo>()});
            step(CallPlaced{place->operation, call});
        } else {
            outcome(place->operation);
        }
    } else if (const auto* logout = as<Logout>(action)) {
        outcome(logout->operation);
        state_is(logout->agent, Channel::voice, MediumState::logged_out);
    }
}

Reply House::reply(RequestId request) const {
    const auto at = replies_.find(request.value);
    if (at != replies_.end()) return at->second;
    ADD_FAILURE() << "request " << request.value << " is not answered";
    return {.request = request, .fault = Fault::unavailable};
}

int House::replies(RequestId request) const {
    const auto at = reply_counts_.find(request.value);
    return at == reply_counts_.end() ? 0 : at->second;
}

Subscribe House::subscription(std::string_view work_center, std::string app_id) const {
    return {.user = user,
            .user_name = "Miller",
            .app_id = std::move(app_id),
            .work_center = Secret{std::string(work_center)},
            .profile = profile};
}

ItemId House::add(Channel channel, std::vector<UserId> preferred) {
    const RequestId request = send(AddItem{.channel = channel,
                                           .external_id = "item-" + std::to_string(requests_ + 1),
                                           .selector = "SalesScript",
                                           .preferred = std::move(preferred),
                                           .info = std::make_shared<ItemInfo>()});
    const ItemId item = only<StoreItem>().item;
    tell(ItemStored{item});
    EXPECT_EQ(reply(request).fault, Fault::none);
    return item;
}

TaskId House::assign(ItemId item) {
    const TaskId task{1, 7, ++tasks_};
    const Item* known = this->item(item);
    tell(TaskAssigned{item, known ? known->channel : Channel::action, id, task,
                      known ? known->info : std::make_shared<ItemInfo>()});
    return task;
}

ItemKey House::offer(Channel channel) {
    assign(add(channel));
    for (const ItemChanged& changed : did<ItemChanged>()) {
        if (changed.item.processing == Processing::alerting) return changed.item.key;
    }
    return {};
}

ItemKey House::accepted(Channel channel) {
    const ItemKey key = offer(channel);
    EXPECT_EQ(ask(Accept{.item = key}).fault, Fault::none);
    return key;
}

CallId House::ring(bool routed) {
    const CallId call{++calls_, 0, "52513"};
    tell(CallOffered{id, call, routed, std::make_shared<ItemInfo>()});
    return call;
}

ItemKey House::ringing(bool routed) {
    const CallId call = ring(routed);
    for (const Session& s : agent().sessions) {
        if (s.channel == Channel::voice && call_of(s.key) == call) return s.key;
    }
    return {};
}

ItemKey House::talking() {
    const ItemKey key = ringing();
    EXPECT_EQ(ask(Accept{.item = key}).fault, Fault::none);
    EXPECT_EQ(session(key)->state, SessionState::active);
    return key;
}

void House::state(Channel channel, MediumState state, int reason, std::optional<MediumState> next) {
    tell(AgentState{id, channel, state, reason, next});
}

void House::hang_up(const CallId& call, MediumState after) {
    tell(CallEnded{id, call, CallEnding::cleared});
    Actions before = std::move(last);
    state(Channel::voice, after);
    last.insert(last.begin(), before.begin(), before.end());
}

std::optional<Note> House::note(What what) const {
    for (const Note& note : did<Note>()) {
        if (note.what == what) return note;
    }
    return std::nullopt;
}

std::optional<ItemView> House::shown(const ItemKey& key) const {
    std::optional<ItemView> view;
    for (const ItemChanged& changed : did<ItemChanged>()) {
        if (changed.item.key == key) view = changed.item;
    }
    return view;
}

std::size_t House::position(const std::function<bool(const Action&)>& match) const {
    return static_cast<std::size_t>(std::find_if(last.begin(), last.end(), match) - last.begin());
}

const Agent& House::agent() const { return engine.roster().at(*engine.roster().find(user)); }

const Session* House::session(const ItemKey& key) const {
    for (const Session& s : agent().sessions) {
        if (s.key == key) return &s;
    }
    return nullptr;
}

const Item* House::item_of(const ItemKey& key) const { return agent().item(session(key)->item); }

const Item* House::call(const CallId& wanted) const {
    for (const ItemPtr& item : agent().items) {
        if (item->is_call() && item->legs().id == wanted && item->legs().live()) return &*item;
    }
    return nullptr;
}

const Item* House::item(ItemId wanted) const { return engine.item(wanted); }

}  // namespace cticonnector::engine::testing
