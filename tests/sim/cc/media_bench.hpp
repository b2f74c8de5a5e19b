#pragma once
// An application session with agent 1001 (5001) in media routing domains.

#include "bench.hpp"

namespace cticonnector::sim::cc {

inline constexpr std::int32_t chat = 5003;
inline constexpr std::int32_t mail = 5004;
inline constexpr std::int32_t elsewhere = 5005;  // not in the application path
inline constexpr std::int32_t agent = 5001;
inline constexpr wire::TaskId none{-1, -1, -1};

struct MediaBench : ::testing::Test {
    MediaBench() : id(bench.open()) {}

    std::uint32_t sign_in(std::int32_t mrd, std::uint32_t limit = 2, std::int32_t icm_agent = agent) {
        bench.tell(id, MediaLoginReq{.invoke_id = 10,
                                     .peripheral_id = 5000,
                                     .mrd_id = mrd,
                                     .icm_agent_id = icm_agent,
                                     .max_task_limit = limit,
                                     .agent_id = "1001"});
        return bench.take<MediaLoginResp>(id).back().status;
    }
    void make_ready(std::int32_t mrd) {
        sign_in(mrd);
        bench.tell(id, MakeAgentReadyInd{.mrd_id = mrd, .icm_agent_id = agent, .make_routable = true});
        bench.clear();
    }
    void new_task(std::string_view selector, std::int32_t mrd, std::uint32_t dialogue = 1,
                  wire::TaskId previous = none, std::int32_t preferred = -1) {
        bench.tell_mr(mr::NewTask{.dialogue_id = dialogue,
                                  .send_seq_no = 1,
                                  .mr_domain_id = mrd,
                                  .previous_task = previous,
                                  .preferred_agent = preferred,
                                  .script_selector = selector,
                                  .application_string2 = "item-1"});
    }
    wire::TaskId routed(std::string_view selector, std::int32_t mrd, std::uint32_t dialogue = 1) {
        new_task(selector, mrd, dialogue);
        return bench.take_mr<mr::DoThisWithTask>().back().task_id;
    }
    template <class Indication>
    void step(wire::TaskId task, std::int32_t mrd = chat, std::int32_t icm_agent = agent) {
        bench.tell(id,
                   Indication{.invoke_id = 77, .mrd_id = mrd, .icm_agent_id = icm_agent, .task_id = task});
    }
    void end(wire::TaskId task, std::uint32_t disposition = 38, std::int32_t mrd = chat) {
        bench.tell(id, EndTaskInd{.invoke_id = 78,
                                  .mrd_id = mrd,
                                  .icm_agent_id = agent,
                                  .task_id = task,
                                  .disposition = disposition});
    }
    std::vector<std::uint32_t> failures() {
        std::vector<std::uint32_t> result;
        for (const auto& failure : bench.take<FailureResp>(id)) result.push_back(failure.status);
        bench.clear();
        return result;
    }
    AgentStateValue state(std::int32_t mrd = chat) {
        return bench.center.agents.by_id("1001")->reported[*bench.center.settings.mrd_of(mrd)].state;
    }
    const Reported& reported(std::int32_t mrd = chat) {
        return bench.center.agents.by_id("1001")->reported[*bench.center.settings.mrd_of(mrd)];
    }
    std::optional<Json> ended() {
        std::optional<Json> last;
        for (const auto& [event, fields] : bench.reports) {
            if (event == "task.ended") last = fields;
        }
        return last;
    }

    Bench bench;
    ClientSessionId id;
};

}  // namespace cticonnector::sim::cc
