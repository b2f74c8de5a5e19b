#include "dialogues.hpp"

#include <memory>
#include <string>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "cticonnector/engine/item.hpp"
#include "cticonnector/routing/contact_center.hpp"

namespace cticonnector::routing {

namespace {

using namespace engine;

/// "invalid script selector (49)"
std::string in_words(std::uint32_t failure_class) {
    std::string text = wire::name_of(mr::FailureClass::names, failure_class).value_or("failure class");
    for (char& c : text) c = c == '_' ? ' ' : to_lower(c);
    return text + " (" + std::to_string(failure_class) + ")";
}

RouteLabel label_of(const std::string& text) {
    if (text == "ROUTE_ERROR") return RouteLabel::route_error;
    return text == "TIMEOUT" ? RouteLabel::timeout : RouteLabel::other;
}

}  // namespace

void Dialogues::look_up(const wire::FieldList& fields, MessageIds& ids) const {
    if (ids.dialogue) {
        const auto found = open_.find(static_cast<std::uint32_t>(*ids.dialogue));
        if (found != open_.end()) ids.item = item_text(found->second.channel, found->second.item);
    }
    if (ids.icm_agent) {
        if (const auto agent = directory_.agent(static_cast<std::int32_t>(*ids.icm_agent)))
            ids.agent = agent->name;
    }
    ids.action_item = to_utf8(text_in(fields, "ApplicationString2"), settings_->code_page);
}

void Dialogues::router_up() {
    up_ = true;
    events.emplace_back(RouterUp{mr_link});
}

void Dialogues::router_down() {
    up_ = false;
    open_.clear();
    by_item_.clear();
    answered_.clear();
    out.clear();
    events.emplace_back(RouterDown{mr_link});
}

void Dialogues::perform(const RouteItem& r) {
    if (!up_) {  // the engine keeps the item until the router is back
        events.emplace_back(RouterDown{mr_link});
        return;
    }
    const CodedItem coded(r.info ? *r.info : ItemInfo{}, *settings_, *mr::NewTask::binding.message);
    const std::string selector = from_utf8(r.selector, settings_->code_page);
    const std::string external_id = from_utf8(r.external_id, settings_->code_page);
    mr::NewTask task{
        .dialogue_id = ++last_id_,
        .send_seq_no = 1,
        .mr_domain_id = static_cast<std::int32_t>(r.channel == Channel::chat ? settings_->chat_mrd
                                                                             : settings_->action_mrd),
        .previous_task = task_of(r.previous),
        .preferred_agent = r.preferred ? directory_.icm_agent_id(*r.preferred) : Directory::unknown_id,
        .script_selector = selector};
    if (!external_id.empty()) task.application_string2 = external_id;  // an empty one identifies nothing
    if (r.reason != RouteReason::none) task.application_string1 = name(r.reason);
    coded.write(task);
    if (const auto done = mr::encode(task, out); !done) {
        events.emplace_back(RouteFailed{r.item, as_told(wire::describe(done.error()))});
        return;
    }
    open_[task.dialogue_id] = {.item = r.item, .channel = r.channel, .info = r.info, .sent = 1};
    by_item_.insert_or_assign(r.item, task.dialogue_id);
}

void Dialogues::perform(const CancelRoute& c) {
    const auto found = by_item_.find(c.item);
    if (found == by_item_.end()) return;
    const std::uint32_t id = found->second;
    by_item_.erase(found);
    Dialogue& dialogue = open_.at(id);
    dialogue.cancelled = true;
    // two numbers, nothing that could not be written
    mr::encode(mr::CancelTask{.dialogue_id = id, .send_seq_no = ++dialogue.sent}, out).value();
}

void Dialogues::close(std::uint32_t id, const TaskId& answer, Time now) {
    const auto closed = open_.find(id);
    const auto item = by_item_.find(closed->second.item);
    if (item != by_item_.end() && item->second == id) by_item_.erase(item);
    open_.erase(closed);
    answered_.put(id, answer, now);
    answered_.keep_newest(remembered_limit);
}

// ---- what the router says

void Dialogues::on(const mr::Frame& frame, Time now) {
    odd.at(now);
    answered_.forget_before(now - remembered);
    switch (frame.type) {
        case mr::DoThisWithTask::type: return read<mr::DoThisWithTask>(frame, now);
        case mr::NewTaskFailure::type: return read<mr::NewTaskFailure>(frame, now);
        case mr::RunScriptReq::type: return read<mr::RunScriptReq>(frame, now);
        case mr::CancelTaskConf::type: return read<mr::CancelTaskConf>(frame, now);
        default: break;
    }
    const wire::MessageDescriptor* kind = mr::protocol.find(frame.type);
    if (!kind) return odd.unknown(frame);
    odd.nameless(*kind, "is none of a dialogue");
}

template <class M>
void Dialogues::read(const mr::Frame& frame, Time now) {
    const auto message = odd.read<M>(frame, mr::version);
    if (!message) return;
    const auto found = open_.find(message->dialogue_id);
    if (found == open_.end()) return without_dialogue(*message);
    handle(found->second, *message, now);
}

/// Of a dialogue that was answered before only a task is of interest: the contact center holds it for an
/// agent who never hears of it (R-DEC-27).
template <class M>
void Dialogues::without_dialogue(const M& m) {
    ++unknown_;
    const std::string id = std::to_string(m.dialogue_id);
    const TaskId* answer = answered_.find(m.dialogue_id);
    if (!answer) return odd.unexpected(M::name, "for the unknown dialogue " + id + "; passed over");
    if constexpr (std::is_same_v<M, mr::DoThisWithTask>) {
        const TaskId task = task_of(m.task_id);
        if (m.icm_agent_id != Directory::unknown_id && !names_nothing(task) && task != *answer) {
            strays.push_back({m.mr_domain_id, m.icm_agent_id, task});
            return odd.unexpected(M::name, "brings task " + task_text(task) + " to dialogue " + id +
                                               ", which was answered before; the task is ended");
        }
    }
    odd.unexpected(M::name, "for dialogue " + id + ", which was answered before; passed over");
}

void Dialogues::handle(Dialogue& dialogue, const mr::DoThisWithTask& m, Time now) {
    assigned(dialogue, m);
    const bool agent = m.icm_agent_id != Directory::unknown_id;
    close(m.dialogue_id, agent ? task_of(m.task_id) : no_task, now);
}

void Dialogues::handle(Dialogue& dialogue, const mr::NewTaskFailure& m, Time now) {
    std::string why = in_words(m.failure_class);
    if (m.text) why += ": " + to_utf8(*m.text, settings_->code_page);
    if (!dialogue.cancelled) events.emplace_back(RouteFailed{dialogue.item, as_told(std::move(why))});
    close(m.dialogue_id, no_task, now);
}

void Dialogues::handle(Dialogue& dialogue, const mr::RunScriptReq& m, Time) {
    // four numbers, nothing that could not be written
    mr::encode(
        mr::RunScriptResult{
            .dialogue_id = m.dialogue_id, .send_seq_no = ++dialogue.sent, .invoke_id = m.invoke_id},
        out)
        .value();
}

/// Confirms what was asked: the item of a dialogue that was not cancelled still waits for its answer.
void Dialogues::handle(Dialogue& dialogue, const mr::CancelTaskConf& m, Time now) {
    if (dialogue.cancelled) return close(m.dialogue_id, no_task, now);
    odd.unexpected(m.name, "for dialogue " + std::to_string(m.dialogue_id) +
                               ", which was not cancelled; the dialogue goes on waiting");
}

/// An assignment that crosses a cancel is told all the same: the contact center holds the task, so the
/// engine has to end it (MR fact sheet section 6.3). A label then has nobody to go to.
void Dialogues::assigned(const Dialogue& dialogue, const mr::DoThisWithTask& m) {
    if (m.icm_agent_id == Directory::unknown_id) {
        const std::string label = utf8_of(m.label, settings_->code_page);
        if (!dialogue.cancelled) events.emplace_back(TaskLabelled{dialogue.item, label_of(label), label});
        return;
    }
    const TaskId task = task_of(m.task_id);
    if (names_nothing(task)) {  // nothing that could be offered, or ended
        odd.unexpected(m.name, "chose an agent for no task; the item is parked");
        if (!dialogue.cancelled)
            events.emplace_back(RouteFailed{dialogue.item, {TextId::agent_without_task}});
        return;
    }
    ItemInfo info = task_info(m, task, *settings_, dialogue.info ? *dialogue.info : ItemInfo{});
    info.queue = queue_id(m.skill_group_id);
    events.emplace_back(TaskAssigned{.item = dialogue.item,
                                     .channel = channel(m.mr_domain_id, dialogue.channel),
                                     .agent = directory_.agent(m.icm_agent_id).value_or(AgentId{}),
                                     .task = task,
                                     .info = std::make_shared<const ItemInfo>(std::move(info))});
}

Channel Dialogues::channel(std::int32_t mrd, Channel otherwise) const {
    if (mrd == static_cast<std::int32_t>(settings_->action_mrd)) return Channel::action;
    return mrd == static_cast<std::int32_t>(settings_->chat_mrd) ? Channel::chat : otherwise;
}

}  // namespace cticonnector::routing
