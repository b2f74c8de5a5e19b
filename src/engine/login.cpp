// From subscribe to the logged-in agent: logged in already? password, media, work; and the second subscribe
// of the same user. A step that fails takes the earlier ones back (R-LOGIN-14), and those whose outcome is
// not known yet when it comes (logout.cpp).

#include <algorithm>
#include <utility>

#include "cticonnector/engine/work_center.hpp"
#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

struct FaultOf {
    Failure failure;
    Fault fault;
    TextId text;
};
constexpr std::array faults{
    FaultOf{Failure::unknown_agent, Fault::logon_failed, TextId::agent_unknown},
    FaultOf{Failure::wrong_password, Fault::logon_failed, TextId::password_refused},
    FaultOf{Failure::invalid_device, Fault::logon_failed, TextId::device_unknown},
    FaultOf{Failure::already_logged_on, Fault::already_logged_on, TextId::in_use_elsewhere},
    FaultOf{Failure::no_link, Fault::unavailable, TextId::log_on_no_link},
    FaultOf{Failure::unsent, Fault::logon_failed, TextId::log_on_unsent},
};
const FaultOf& fault_of(Failure failure) {
    for (const FaultOf& f : faults) {
        if (f.failure == failure) return f;
    }
    static constexpr FaultOf other{Failure::other, Fault::logon_failed, TextId::log_on_refused};
    return other;
}
/// Without the fields of the work center string: a password may have slipped into any of them (R-DEC-69).
Phrase text_of(const Outcome& o) { return with(fault_of(o.failure).text, o); }

bool has_open_items(const Agent& a) {
    return !a.waiting.empty() || a.active_items() > 0 ||
           std::any_of(a.sessions.begin(), a.sessions.end(),
                       [](const Session& s) { return is_work(s.state); });
}

void note_log_on(Turn& t, Slot slot, const std::string& peer, bool adopted) {
    const Agent& a = t.agent(slot);
    Note note = t.note_about(slot, What::agent_login);
    PerChannel<int> limits;
    for (Channel c : channels) limits[c] = a.limits[c].value;
    note.log_on = Owned(LogOn{a.device, peer, limits, adopted});
    t.act(std::move(note));
}

/// Same user, same work center string: the new subscription takes over,
/// with state and live items (R-LOGIN-15).
void adopt_subscription(Turn& t, Slot slot, const Subscribe& s) {
    Agent& a = t.agent(slot);
    const EndSubscription old{a.subscription, EndReason::replaced, a.app_id != s.app_id};
    t.state.roster.set_subscription(slot, s.subscription);
    a.app_id = s.app_id;
    std::vector<ItemKey> closing;
    for (const Session& session : a.sessions) {
        if (session.state == SessionState::closing) closing.push_back(session.key);
    }
    t.act(Reply{.request = s.request, .user = a.view(t.settings)});  // before the events it causes (R-DEC-56)
    t.act(old);
    for (const ItemKey& key : closing) t.release(slot, key);
    note_log_on(t, slot, s.peer, true);
    t.tell_user(slot, true);
    for (const Session& session : a.sessions) t.tell_item(slot, session);
    crm_back(t, slot);
}

void refuse(Turn& t, const Subscribe& s, Fault fault, Phrase text) {
    Note note;
    note.what = What::agent_login_refused;
    note.user = s.user;
    note.log_on = Owned(LogOn{.peer = s.peer});
    note.reason = name(fault);
    note.text = text;
    t.act(std::move(note));
    t.fault(s.request, fault, std::move(text));
}

/// What the work center string asks for; an illegal one is refused (R-DEC-4, R-ALLOC-2).
std::optional<LoginRequest> read(Turn& t, const Subscribe& s) {
    auto read = read_work_center(s.work_center.reveal(), s.user_name, *s.profile, t.settings);
    if (auto* wanted = std::get_if<LoginRequest>(&read)) return std::move(*wanted);
    const auto& refusal = std::get<LoginRefusal>(read);
    refuse(t, s,
           refusal.error == LoginError::media_not_served ? Fault::not_supported : Fault::invalid_workcenter,
           refusal.text);
    return std::nullopt;
}

/// Whether the log-on can be tried now, in the place of `own` if there is one;
/// if not, it is refused (R-DEC-6).
bool can_be_tried(Turn& t, const Subscribe& s, const LoginRequest& wanted, std::optional<Slot> own) {
    if (!t.link_up) {
        refuse(t, s, Fault::unavailable, {TextId::log_on_unreachable});
        return false;
    }
    const auto holder = t.state.roster.find(AgentId{t.settings.peripheral, wanted.agent});
    if (!holder || holder == own || may_follow(t.agent(*holder))) return true;
    refuse(t, s, Fault::already_logged_on, {TextId::logged_on_by, {t.agent(*holder).user.value}});
    return false;
}

/// What cannot become a log-on changes nothing (R-DEC-10).
void subscribe_again(Turn& t, Slot slot, const Subscribe& s, const LoginRequest& wanted) {
    Agent& a = t.agent(slot);
    const bool same = a.work_center == s.work_center && (a.profile == s.profile || *a.profile == *s.profile);
    if (a.phase == Phase::logged_in && same) return adopt_subscription(t, slot, s);
    if (a.phase == Phase::logging_in) {
        if (!same) {
            return refuse(t, s, Fault::already_logged_on, {TextId::log_on_under_way, {a.user.value}});
        }
        refuse(t, a.login->subscribe, Fault::already_logged_on, {TextId::log_on_replaced});
        a.login->subscribe = s;
        return;
    }
    if (!can_be_tried(t, s, wanted, slot)) return;
    if (a.phase == Phase::logged_in && has_open_items(a)) {
        return refuse(t, s, Fault::already_logged_on, {TextId::logged_on_with_items, {a.user.value}});
    }
    if (a.next_login) {
        refuse(t, a.next_login->subscribe, Fault::already_logged_on, {TextId::log_on_replaced});
    }
    a.next_login =
        Owned(NextLogin{s, {t.settings.peripheral, wanted.agent}, t.now + t.settings.request_timeout});
    if (a.phase == Phase::logging_out) return wait_no_longer(t, slot);
    log_out(t, slot, {.end = EndReason::replaced, .tell = a.app_id != s.app_id});
}

/// The media, all at once; with none, the log-in is complete but for the agent's work.
void log_in_media(Turn& t, Slot slot);

void find_work(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    FindWork find{
        t.operate(slot, {.purpose = Purpose::find_work, .deadline = a.login->deadline}), a.id, a.device, {}};
    for (Channel c : channels) find.channels[c] = a.in(c);
    t.act(std::move(find));
}

void complete(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (!a.in_any_medium()) return logged_out_elsewhere(t, slot);
    const Subscribe subscribe = std::move(a.login->subscribe);
    a.login = {};
    a.phase = Phase::logged_in;
    a.readiness = a.shown(t.settings).readiness;  // as the log-on has left it
    const bool adopted = a.adopted();
    a.cause = {Why::login, adopted ? Origin::cc : Origin::crm, {}};
    for (const Channel c : channels) {
        Medium& m = a.media[c];
        // of the phone the answer to the query was all there is to know
        m.reason_unknown =
            m.found && c != Channel::voice && m.base == MediumState::not_ready && m.reason == 0;
        m.found = m.found && a.shadow;
    }
    t.state.roster.set_subscription(slot, subscribe.subscription);
    a.app_id = subscribe.app_id;
    t.act(Reply{.request = subscribe.request, .user = a.view(t.settings)});
    note_log_on(t, slot, subscribe.peer, adopted);
    t.tell_user(slot, true);
    for (const Session& session : a.sessions) t.tell_item(slot, session);
    show_calls_of_login(t, slot);
}

/// The contact center answers in order: what the last log-out asked for has come to it before the query.
void earlier_has_arrived(Agent& a, bool voice_is_in) {
    for (Channel c : channels) {
        Medium& m = a.media[c];
        if (c == Channel::voice && voice_is_in && a.in(c)) m.found = true;
        if (!m.found) m = {};
    }
}

void came_in(Medium& m, bool was_in) {
    if (!m.logged_in()) m.state = MediumState::not_ready;
    m.found = was_in;
}

/// Our log-in was refused: whoever has come in meanwhile was logged in by somebody else (R-DEC-48).
void not_ours(Agent& a, Channel channel, const Outcome& outcome) {
    if (outcome.failure != Failure::no_link) a.media[channel] = {};
}

/// LOGIN, or only the password when the phone is not asked for or is in already (R-DEC-1, R-DEC-48).
void log_in(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const bool only_password = !a.in(Channel::voice) || a.media[Channel::voice].found;
    const OperationId id = t.operate(slot, {.purpose = only_password ? Purpose::authenticate : Purpose::login,
                                            .deadline = a.login->deadline});
    t.act(Login{id, a.id, a.device, a.password, only_password});
}

void log_in_media(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    for (Channel c : task_channels) {
        if (!a.in(c)) continue;
        ++a.login->media_open;
        const OperationId id =
            t.operate(slot, {.purpose = Purpose::medium, .deadline = a.login->deadline, .channel = c});
        t.act(LoginMedium{id, a.id, c, a.limits[c].value});
    }
    if (a.login->media_open > 0) return;
    if (a.adopted()) return find_work(t, slot);
    complete(t, slot);
}

void media_done(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (!a.login->refusals.empty() && (!t.settings.partial_media || !a.in_any_medium())) {  // R-LOGIN-14
        return fail_login(t, slot, Fault::logon_failed, {TextId::media_refused, {}, a.login->refusals});
    }
    if (a.adopted()) return find_work(t, slot);
    complete(t, slot);
}

}  // namespace

void start_login(Turn& t, const Subscribe& s, Time deadline) {
    const auto wanted = read(t, s);
    if (!wanted || !can_be_tried(t, s, *wanted, std::nullopt)) return;
    const AgentId id{t.settings.peripheral, wanted->agent};
    if (const auto leaving = t.state.roster.find(id)) {
        t.agent(*leaving).next_login = Owned(NextLogin{s, id, deadline});
        t.state.roster.set_user(*leaving, s.user);
        return wait_no_longer(t, *leaving);
    }
    const Slot slot = t.state.roster.add(id, s.user);
    Agent& a = t.agent(slot);
    a.user_name = s.user_name;
    a.device = wanted->device;
    a.work_center = s.work_center;
    a.password = wanted->password;
    a.shadow = wanted->shadow;
    a.profile = s.profile;
    a.limits = wanted->limits;
    a.login = Owned(LoginProgress{.subscribe = s, .deadline = deadline, .refusals = {}});
    t.act(QueryAgent{t.operate(slot, {.purpose = Purpose::query, .deadline = a.login->deadline}), id});
}

void on(Turn& t, const Subscribe& s) {
    if (t.state.ended()) return t.fault(s.request, Fault::unavailable, {TextId::shutting_down});
    const auto wanted = read(t, s);
    if (!wanted) return;
    // Whoever holds the agent comes first, too: only the work center string names them.
    if (const auto holder = t.state.roster.find(AgentId{t.settings.peripheral, wanted->agent}))
        carry_out(t, *holder);
    if (const auto slot = t.state.roster.find(s.user)) return subscribe_again(t, *slot, s, *wanted);
    start_login(t, s, t.now + t.settings.request_timeout);
}

void on(Turn& t, const AgentFound& found) {
    const auto taken = t.take(found.operation);
    if (!taken) return;
    const Slot slot = taken->slot;
    Agent& a = t.agent(slot);
    if (taken->operation.purpose == Purpose::resync_query) {
        if (a.in(Channel::voice) && !found.logged_in) {
            a.media[Channel::voice] = {};
            return log_out(t, slot, {.end = EndReason::logged_off_in_contact_center});
        }
        const OperationId id = t.operate(slot, {.purpose = Purpose::resync_work});
        t.act(FindWork{id, a.id, a.device, {{a.in(Channel::voice), false, false}}});
        return;
    }
    if (!a.login) return;
    earlier_has_arrived(a, found.logged_in);
    if (a.shadow && !found.logged_in) {  // R-LOGIN-9, R-DEC-8: attach, never log in
        return fail_login(t, slot, Fault::logon_failed, {TextId::shadow_not_in});
    }
    const bool here = found.extension == a.device || found.instrument == a.device;
    if (a.in(Channel::voice) && found.logged_in && !here) {
        return fail_login(t, slot, Fault::already_logged_on, {TextId::at_another_device, {found.extension}});
    }
    log_in(t, slot);
}

namespace {

void fail_with(Turn& t, Slot slot, const Outcome& outcome) {
    fail_login(t, slot, fault_of(outcome.failure).fault, text_of(outcome));
}

/// The phone: its password was checked where it was in before (R-DEC-1), else it was logged in.
void phone_is_in(Turn& t, Slot slot, const Operation& o, const Outcome& outcome, bool was_in) {
    Agent& a = t.agent(slot);
    if (!a.login) return late_login_outcome(t, slot, o, outcome);
    if (outcome.failure != Failure::none) {
        not_ours(a, Channel::voice, outcome);
        return fail_with(t, slot, outcome);
    }
    a.confirmed = true;
    if (a.in(Channel::voice)) came_in(a.media[Channel::voice], was_in);
    log_in_media(t, slot);
}

}  // namespace

/// A contact center that refuses to say so of agents who are not logged in: the log-in itself will tell.
void query_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    if (!a.login) return late_login_outcome(t, slot, o, outcome);
    earlier_has_arrived(a, false);
    if (outcome.failure == Failure::no_link || a.shadow)  // R-DEC-8: a shadow never logs in
        return fail_with(t, slot, outcome);
    log_in(t, slot);
}

void password_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    phone_is_in(t, slot, o, outcome, true);
}

void login_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    phone_is_in(t, slot, o, outcome, false);
}

void medium_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    if (!a.login) return late_login_outcome(t, slot, o, outcome);
    --a.login->media_open;
    const bool was_in = outcome.failure == Failure::already_in_medium;  // R-DEC-48
    if (outcome.failure != Failure::none && !was_in) {
        a.login->refusals.push_back(
            {TextId::medium_refused, {std::string(name(o.channel))}, {text_of(outcome)}});
        a.limits[o.channel].value = 0;
        not_ours(a, o.channel, outcome);
    } else {
        came_in(a.media[o.channel], was_in);
    }
    if (was_in) {
        const OperationId id = t.operate(slot, {.purpose = Purpose::task_limit, .channel = o.channel});
        t.act(SetTaskLimit{id, a.id, o.channel, a.limits[o.channel].value});
    }
    if (a.login->media_open == 0) media_done(t, slot);
}

/// Whatever was found has been told; not knowing is no reason to keep the agent out.
void found_work_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (!t.agent(slot).login) return late_login_outcome(t, slot, o, outcome);
    complete(t, slot);
}

void logged_out_elsewhere(Turn& t, Slot slot) {
    fail_login(t, slot, Fault::logon_failed, {TextId::log_on_logged_off});
}

void fail_login(Turn& t, Slot slot, Fault fault, Phrase text) {
    Agent& a = t.agent(slot);
    Note note = t.note_about(slot, What::agent_login_refused);
    note.log_on = Owned(LogOn{.peer = a.login->subscribe.peer});
    note.reason = name(fault);
    note.text = text;
    t.act(std::move(note));
    t.fault(a.login->subscribe.request, fault, std::move(text));
    let_go(t, slot);  // an adopted agent's work may have been found already
    take_back_login(t, slot);
}

}  // namespace cticonnector::engine
