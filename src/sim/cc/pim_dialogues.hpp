#pragma once
// The MR PIM's side of media routing: dialogues about tasks that want an agent. NEW_TASK goes through the
// routing script of its selector, which ends in an agent, a label or a failure. Pure: the socket that
// connects to the application stands elsewhere.
// Source: MR fact sheet sections 4 to 7, provisional profile; R-DEC-23, R-DEC-27, R-DEC-29.

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "cticonnector/protocol/mr/mr.hpp"
#include "media.hpp"
#include "media_events.hpp"
#include "router.hpp"

namespace cticonnector::sim::cc {

class PimDialogues {
  public:
    PimDialogues(Settings& settings, Timers& timers, Router& router, Agents& agents, Tasks& tasks,
                 Media& media, MediaEvents& events, Outside& outside);

    void on_message(const wire::Frame& frame);
    // The connection is gone: the router drops what is not assigned yet (section 6.5).
    void lost();
    std::size_t size() const { return dialogues_.size(); }

    // Script: a DO_THIS_WITH_TASK that nobody asked for.
    void inject_unknown_dialogue();
    Selector* selector(std::string_view name);

  private:
    struct Dialogue {
        std::uint32_t id = 0;
        std::uint32_t sent = 0;  // SendSeqNo of the last message of this side
        Selector selector;       // as it was when the task came
        wire::TaskId task;       // it may end before its dialogue does
        Router::Ticket ticket;
        Timers::TimerId delay_timer, queue_timer;
    };

    void on(const mr::NewTask& request);
    void on(const mr::CancelTask& request);
    void on(const mr::RunScriptResult& result);
    std::uint32_t refusal(const mr::NewTask& request);
    Dialogue* find(std::uint32_t id);
    bool too_fast();
    void refuse(std::uint32_t dialogue_id, std::uint32_t failure);
    void run(Dialogue& dialogue, std::optional<AgentIndex> preferred);
    void request_script(Dialogue& dialogue);
    void enqueue(Dialogue& dialogue, std::optional<AgentIndex> preferred);
    void assign(Dialogue& dialogue, Agent& agent, GroupNumber group);
    void send_label(Dialogue& dialogue, std::string_view label);
    void send_do_this(Dialogue& dialogue, const Task& task, std::string_view label);
    void close(Dialogue& dialogue);
    void abandon(Dialogue& dialogue);
    template <class Message>
    void send(const Message& message);

    Settings& settings_;
    Timers& timers_;
    Router& router_;
    Agents& agents_;
    Tasks& tasks_;
    Media& media_;
    MediaEvents& events_;
    Outside& outside_;
    std::map<std::uint32_t, Dialogue> dialogues_;
    std::deque<Time> accepted_;  // NEW_TASKs of the last second
    std::vector<std::uint8_t> buffer_;
};

}  // namespace cticonnector::sim::cc
