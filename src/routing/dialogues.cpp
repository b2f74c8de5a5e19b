#include "dialogues.hpp"

#include <cctype>

namespace cticonnector::routing {

namespace {

using namespace engine;

/// "invalid script selector (49)"
std::string in_words(std::uint32_t failure_class) {
    std::string text = wire::name_of(mr::FailureClass::names, failure_class).value_or("failure class");
    for (char& c : text) c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text + " (" + std::to_string(failure_class) + ")";
}

RouteLabel label_of(const std::string& text) {
    if (text == "ROUTE_ERROR") return RouteLabel::route_error;
    return text == "TIMEOUT" ? RouteLabel::timeout : RouteLabel::other;
}

}  // namespace

void Dialogues::router_up() {
    up_ = true;
    events.emplace_back(RouterUp{});
}

void Dialogues::router_down() {
    up_ = false;
    open_.clear();
    out.clear();
    events.emplace_back(RouterDown{});
}

void Dialogues::perform(const RouteItem& r) {
    if (!up_) {  // the engine keeps the item until the router is back
        events.emplace_back(RouterDown{});
        return;
    }
    const CodedItem coded(r.info ? *r.info : ItemInfo{}, settings_);
    const std::string selector = from_utf8(r.selector, settings_.code_page);
    const std::string external_id = from_utf8(r.external_id, settings_.code_page);
    mr::NewTask task{
        .dialogue_id = ++last_id_,
        .send_seq_no = 1,
        .mr_domain_id =
            static_cast<std::int32_t>(r.channel == Channel::chat ? settings_.chat_mrd : settings_.action_mrd),
        .previous_task = task_of(r.previous),
        .preferred_agent = r.preferred ? directory_.icm_agent_id(*r.preferred) : Directory::unknown_id,
        .script_selector = selector,
        .application_string2 = external_id};
    if (r.reason != RouteReason::none) task.application_string1 = name(r.reason);
    coded.write(task);
    if (const auto done = mr::encode(task, out); !done) {
        events.emplace_back(RouteFailed{r.item, wire::describe(done.error())});
        return;
    }
    open_[task.dialogue_id] = {.item = r.item, .channel = r.channel, .info = r.info, .sent = 1};
}

void Dialogues::perform(const CancelRoute& c) {
    for (auto& [id, dialogue] : open_) {
        if (dialogue.item != c.item || dialogue.cancelled) continue;
        dialogue.cancelled = true;
        // two numbers, nothing that could not be written
        mr::encode(mr::CancelTask{.dialogue_id = id, .send_seq_no = ++dialogue.sent}, out).value();
    }
}

template <class M, class F>
std::string Dialogues::about(const mr::Frame& frame, F&& act) {
    const auto message = mr::decode<M>(frame, notes_);
    if (!message) return wire::describe(message.error());
    const auto found = open_.find(message->dialogue_id);
    if (found == open_.end()) {
        ++unknown_;
        return std::string(M::name) + " for the unknown dialogue " + std::to_string(message->dialogue_id);
    }
    act(found->second, *message);
    return {};
}

std::string Dialogues::on(const mr::Frame& frame) {
    const auto ends = [&](std::uint32_t id) { open_.erase(id); };
    switch (frame.type) {
        case mr::DoThisWithTask::type:
            return about<mr::DoThisWithTask>(frame, [&](Dialogue& dialogue, const mr::DoThisWithTask& m) {
                assigned(dialogue, m);
                ends(m.dialogue_id);
            });
        case mr::NewTaskFailure::type:
            return about<mr::NewTaskFailure>(frame, [&](Dialogue& dialogue, const mr::NewTaskFailure& m) {
                std::string why = in_words(m.failure_class);
                if (m.text) why += ": " + to_utf8(*m.text, settings_.code_page);
                if (!dialogue.cancelled) events.emplace_back(RouteFailed{dialogue.item, std::move(why)});
                ends(m.dialogue_id);
            });
        case mr::RunScriptReq::type:
            return about<mr::RunScriptReq>(frame, [&](Dialogue& dialogue, const mr::RunScriptReq& m) {
                // four numbers, nothing that could not be written
                mr::encode(mr::RunScriptResult{.dialogue_id = m.dialogue_id,
                                               .send_seq_no = ++dialogue.sent,
                                               .invoke_id = m.invoke_id},
                           out)
                    .value();
            });
        case mr::CancelTaskConf::type:
            return about<mr::CancelTaskConf>(
                frame, [&](Dialogue&, const mr::CancelTaskConf& m) { ends(m.dialogue_id); });
        default: return "message type " + std::to_string(frame.type) + " is none of a dialogue";
    }
}

/// An assignment that crosses a cancel is told all the same: the contact center holds the task, so the
/// engine has to end it (MR fact sheet section 6.3). A label then has nobody to go to.
void Dialogues::assigned(const Dialogue& dialogue, const mr::DoThisWithTask& m) {
    if (m.icm_agent_id == Directory::unknown_id) {
        const std::string label = utf8_of(m.label, settings_.code_page);
        if (!dialogue.cancelled) events.emplace_back(TaskLabelled{dialogue.item, label_of(label), label});
        return;
    }
    const TaskId task = task_of(m.task_id);
    ItemInfo info = task_info(m, task, settings_, dialogue.info ? *dialogue.info : ItemInfo{});
    info.queue = queue_id(m.skill_group_id);
    events.emplace_back(TaskAssigned{.item = dialogue.item,
                                     .channel = channel(m.mr_domain_id, dialogue.channel),
                                     .agent = directory_.agent(m.icm_agent_id).value_or(AgentId{}),
                                     .task = task,
                                     .info = std::make_shared<const ItemInfo>(std::move(info))});
}

Channel Dialogues::channel(std::int32_t mrd, Channel otherwise) const {
    if (mrd == static_cast<std::int32_t>(settings_.action_mrd)) return Channel::action;
    return mrd == static_cast<std::int32_t>(settings_.chat_mrd) ? Channel::chat : otherwise;
}

}  // namespace cticonnector::routing
