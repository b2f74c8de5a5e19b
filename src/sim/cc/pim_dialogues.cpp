#include "pim_dialogues.hpp"

#include <algorithm>
#include <utility>

namespace cticonnector::sim::cc {

using mr::FailureClass;

namespace {

constexpr std::uint32_t accepted = 0;

}  // namespace

PimDialogues::PimDialogues(Settings& settings, Timers& timers, Router& router, Agents& agents, Tasks& tasks,
                           Media& media, MediaEvents& events, Outside& outside)
    : settings_(settings),
      timers_(timers),
      router_(router),
      agents_(agents),
      tasks_(tasks),
      media_(media),
      events_(events),
      outside_(outside) {}

template <class Message>
void PimDialogues::send(const Message& message) {
    buffer_.clear();
    if (const auto done = mr::encode(message, buffer_); !done)
        outside_.report("mr.unsendable", {{"text", describe(done.error())}});
    else
        outside_.send_to_application(buffer_);
}

Selector* PimDialogues::selector(std::string_view name) {
    const auto found = std::ranges::find(settings_.selectors, name, &Selector::name);
    return found == settings_.selectors.end() ? nullptr : &*found;
}

void PimDialogues::on_message(const wire::Frame& frame) {
    const auto handle = [&]<class Message>(std::type_identity<Message>) {
        if (const auto message = mr::decode<Message>(frame))
            on(*message);
        else
            outside_.report("mr.unreadable", {{"text", describe(message.error())}});
    };
    switch (frame.type) {
        case mr::NewTask::type: return handle(std::type_identity<mr::NewTask>{});
        case mr::CancelTask::type: return handle(std::type_identity<mr::CancelTask>{});
        case mr::RunScriptResult::type: return handle(std::type_identity<mr::RunScriptResult>{});
        default: outside_.report("mr.unexpected", {{"type", frame.type}});
    }
}

PimDialogues::Dialogue* PimDialogues::find(std::uint32_t id) {
    const auto found = dialogues_.find(id);
    return found == dialogues_.end() ? nullptr : &found->second;
}

bool PimDialogues::too_fast() {
    while (!accepted_.empty() && timers_.now() - accepted_.front() >= std::chrono::seconds{1})
        accepted_.pop_front();
    const std::uint32_t limit = settings_.pim.tasks_per_second;
    if (limit != 0 && accepted_.size() >= limit) return true;
    accepted_.push_back(timers_.now());
    return false;
}

// The failure class of section 7, or 0.
std::uint32_t PimDialogues::refusal(const mr::NewTask& request) {
    if (dialogues_.contains(request.dialogue_id)) return FailureClass::DUPLICATE_DIALOGUE_ID;
    if (too_fast()) return FailureClass::RATE_LIMITED;
    const auto mrd = settings_.mrd_of(request.mr_domain_id);
    if (!mrd || *mrd == voice_mrd) return FailureClass::INVALID_MRD_ID;
    const Selector* found = selector(request.script_selector.value_or(""));
    // no default call type: an unmapped selector fails (section 3)
    if (found == nullptr || found->mrd != *mrd) return FailureClass::INVALID_SCRIPT_SELECTOR;
    return accepted;
}

void PimDialogues::refuse(std::uint32_t dialogue_id, std::uint32_t failure) {
    outside_.report("task.refused", {{"dialogue", dialogue_id},
                                     {"class", failure},
                                     {"name", wire::name_of(FailureClass::names, failure).value_or("")}});
    Dialogue* dialogue = find(dialogue_id);
    const std::uint32_t sequence = dialogue == nullptr ? 1 : ++dialogue->sent;
    send(mr::NewTaskFailure{.dialogue_id = dialogue_id, .send_seq_no = sequence, .failure_class = failure});
}

void PimDialogues::on(const mr::NewTask& request) {
    if (const std::uint32_t failure = refusal(request); failure != accepted)
        return refuse(request.dialogue_id, failure);
    Dialogue& dialogue = dialogues_[request.dialogue_id];
    dialogue.id = request.dialogue_id;
    dialogue.selector = *selector(*request.script_selector);
    TaskContext context;
    take(context, request);
    dialogue.task = media_.create(dialogue.selector.mrd, request.previous_task, std::move(context)).id;
    outside_.report("task.new", {{"dialogue", dialogue.id},
                                 {"task", shown(dialogue.task)},
                                 {"selector", dialogue.selector.name},
                                 {"string1", request.application_string1.value_or("")},
                                 {"string2", request.application_string2.value_or("")}});
    std::optional<AgentIndex> preferred;
    if (const Agent* agent = agents_.by_icm_id(request.preferred_agent)) preferred = agent->index;
    if (dialogue.selector.delay.count() == 0) return run(dialogue, preferred);
    dialogue.delay_timer = timers_.after(dialogue.selector.delay, [this, id = dialogue.id, preferred] {
        if (Dialogue* open = find(id)) run(*open, preferred);
    });
}

// The routing script of the selector.
void PimDialogues::run(Dialogue& dialogue, std::optional<AgentIndex> preferred) {
    if (dialogue.selector.run_script) request_script(dialogue);
    switch (dialogue.selector.answer) {
        case Selector::Answer::agent: return enqueue(dialogue, preferred);
        case Selector::Answer::label: return send_label(dialogue, dialogue.selector.label);
        case Selector::Answer::failure: refuse(dialogue.id, dialogue.selector.failure); abandon(dialogue);
    }
}

void PimDialogues::request_script(Dialogue& dialogue) {
    mr::RunScriptReq request{.dialogue_id = dialogue.id,
                             .send_seq_no = ++dialogue.sent,
                             .invoke_id = dialogue.id,
                             .script_id = *dialogue.selector.run_script};
    put(tasks_.find(dialogue.task)->context, request);
    send(request);
}

void PimDialogues::on(const mr::RunScriptResult& result) {
    if (find(result.dialogue_id) == nullptr)
        return refuse(result.dialogue_id, FailureClass::INVALID_DIALOGUE_ID);
    if (result.invoke_id != result.dialogue_id)
        return refuse(result.dialogue_id, FailureClass::INVALID_INVOKE_ID);
    outside_.report("task.script_result", {{"dialogue", result.dialogue_id}, {"status", result.status}});
}

void PimDialogues::enqueue(Dialogue& dialogue, std::optional<AgentIndex> preferred) {
    const Selector& selector = dialogue.selector;
    dialogue.ticket = router_.enqueue(router_.queue(selector.mrd, selector.skill_group), false, preferred,
                                      [this, id = dialogue.id](AgentIndex agent, GroupNumber group) {
                                          if (Dialogue* waiting = find(id))
                                              assign(*waiting, agents_.at(agent), group);
                                      });
    if (selector.queue_limit.count() > 0)
        dialogue.queue_timer = timers_.after(selector.queue_limit, [this, id = dialogue.id] {
            if (Dialogue* waiting = find(id)) send_label(*waiting, "TIMEOUT");
        });
}

// Pre-call and answer travel on different connections; the selector says which goes first (ARM section 6.2).
void PimDialogues::assign(Dialogue& dialogue, Agent& agent, GroupNumber group) {
    dialogue.ticket.reset();
    timers_.cancel(dialogue.queue_timer);
    media_.select(*tasks_.find(dialogue.task), agent, group);
    const Selector selector = dialogue.selector;
    const auto pre_call = [this, id = dialogue.task] {
        const Task* chosen = tasks_.find(id);
        if (chosen != nullptr && chosen->agent) events_.pre_call(*chosen);
    };
    const auto do_this = [this, id = dialogue.id] {
        Dialogue* open = find(id);
        if (open == nullptr) return;
        const Task* chosen = tasks_.find(open->task);
        if (chosen == nullptr) {
            // ended before its answer went out
            refuse(id, FailureClass::TERMINATE_DIALOGUE);
            return close(*open);
        }
        send_do_this(*open, *chosen, "");
        if (open->selector.duplicate_answer) send_do_this(*open, *chosen, "");
        close(*open);
    };
    const auto later = [&](auto action) {
        if (selector.pre_call_delay.count() == 0) return action();
        timers_.after(selector.pre_call_delay, action);
    };
    if (selector.order == Selector::Order::pre_call_first) pre_call();
    if (selector.order == Selector::Order::pre_call_first) return later(do_this);
    do_this();
    if (selector.order == Selector::Order::do_this_first) later(pre_call);
}

void PimDialogues::send_do_this(Dialogue& dialogue, const Task& task, std::string_view label) {
    const Agent* agent = task.agent ? &agents_.at(*task.agent) : nullptr;
    mr::DoThisWithTask answer{.dialogue_id = dialogue.id,
                              .send_seq_no = ++dialogue.sent,
                              .task_id = task.id,
                              .mr_domain_id = settings_.mrds[task.mrd].id,
                              .icm_agent_id = agent == nullptr ? -1 : agent->icm_id(),
                              .skill_group_id = settings_.told_group(task.group).id,
                              .peripheral_id = settings_.peripheral};
    if (!label.empty()) answer.label = label;
    put(task.context, answer);
    send(answer);
    outside_.report("task.routed", {{"dialogue", dialogue.id},
                                    {"task", shown(task.id)},
                                    {"agent", agent == nullptr ? "" : agent->settings->id},
                                    {"label", label}});
}

void PimDialogues::send_label(Dialogue& dialogue, std::string_view label) {
    send_do_this(dialogue, *tasks_.find(dialogue.task), label);
    abandon(dialogue);
}

void PimDialogues::on(const mr::CancelTask& request) {
    Dialogue* found = find(request.dialogue_id);
    const Task* task = found == nullptr ? nullptr : tasks_.find(found->task);
    // with an agent chosen it is too late: the answer is on its way (section 6.3)
    if (task == nullptr || task->agent) {
        send(mr::CancelTaskConf{.dialogue_id = request.dialogue_id,
                                .send_seq_no = 1,
                                .status = FailureClass::INVALID_DIALOGUE_ID});
        return;
    }
    Dialogue& dialogue = *found;
    outside_.report("task.cancelled", {{"dialogue", dialogue.id}, {"task", shown(dialogue.task)}});
    send(mr::CancelTaskConf{.dialogue_id = dialogue.id, .send_seq_no = ++dialogue.sent, .status = accepted});
    if (dialogue.selector.answer_after_cancel) send_do_this(dialogue, *task, "");
    abandon(dialogue);
}

// The routing question is answered; the task lives on with its agent.
void PimDialogues::close(Dialogue& dialogue) {
    timers_.cancel(dialogue.delay_timer);
    timers_.cancel(dialogue.queue_timer);
    router_.cancel(dialogue.ticket);
    dialogues_.erase(std::uint32_t{dialogue.id});
}

void PimDialogues::abandon(Dialogue& dialogue) {
    Task* task = tasks_.find(dialogue.task);
    if (task != nullptr && !task->agent) media_.forget(*task);
    close(dialogue);
}

void PimDialogues::lost() {
    while (!dialogues_.empty()) abandon(dialogues_.begin()->second);
}

void PimDialogues::inject_unknown_dialogue() {
    send(mr::DoThisWithTask{.dialogue_id = 0xFFFFFFF0,
                            .send_seq_no = 1,
                            .task_id = {-1, -1, -1},
                            .mr_domain_id = -1,
                            .icm_agent_id = -1});
}

}  // namespace cticonnector::sim::cc
