#pragma once
// FindWork: what an agent who stayed logged in is doing (R-DEC-48). Their device is asked for its calls
// (SNAPSHOT_DEVICE, then SNAPSHOT_CALL of each), their media for their tasks (GET_AGENT_TASKS, then
// SNAPSHOT_TASK of each). CallFound and TaskFound come as the answers do; the Outcome comes last. A call or
// task that ends while it is asked for is simply not found.

#include <string>

#include "aging.hpp"
#include "calls.hpp"
#include "cti_state.hpp"

namespace cticonnector::routing {

class Searches {
  public:
    Searches(CtiState& cti, Calls& calls) : cti_(cti), calls_(calls) {}

    void start(const engine::FindWork&);
    void on(const Request&, const ged188::SnapshotDeviceConf&);
    void on(const Request&, const ged188::SnapshotCallConf&);
    void on(const Request&, const ged188::AgentTasksResp&);
    void on(const Request&, const ged188::SnapshotTaskResp&);
    void failed(const Request&, const Refused&);
    void clear() { searches_.clear(); }

  private:
    struct Search {
        std::string device;
        int open = 0;  ///< questions without an answer
        Refused failure;
    };
    template <class M>
    void ask(const Request&, const M&);
    void answered(const Request&);

    CtiState& cti_;
    Calls& calls_;
    Aging<engine::OperationId, Search> searches_;
};

}  // namespace cticonnector::routing
