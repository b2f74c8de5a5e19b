#pragma once
// The answer to AGENT_INTERRUPT_ADVISORY_EVENT by the configured policy (R-ALLOC-16); the end of an interrupt
// is accepted only if the interrupt was, and not taken back (R-DEC-31).

#include <set>
#include <utility>

#include "cti_state.hpp"

namespace cticonnector::routing {

class Interrupts {
  public:
    explicit Interrupts(CtiState& cti) : cti_(cti) {}

    void on(const ged188::AgentInterruptAdvisoryEvent& event) {
        const InterruptAnswer answer = cti_.settings->interrupt_answer;
        const bool accepts =
            answer == InterruptAnswer::accepted || answer == InterruptAnswer::accepted_then_unaccepted;
        if (accepts) send<ged188::AgentInterruptAcceptedInd>(event);
        if (answer == InterruptAnswer::accepted) accepted_.insert({event.mrd_id, event.icm_agent_id});
        if (answer == InterruptAnswer::unaccepted || answer == InterruptAnswer::accepted_then_unaccepted)
            send<ged188::AgentInterruptUnacceptedInd>(event);
    }
    void on(const ged188::AgentInterruptDoneAdvisoryEvent& event) {
        if (accepted_.erase({event.mrd_id, event.icm_agent_id}) > 0)
            send<ged188::AgentInterruptDoneAcceptedInd>(event);
    }
    void clear() { accepted_.clear(); }

  private:
    template <class M>
    void send(const auto& event) {
        M message;
        message.mrd_id = event.mrd_id;
        message.icm_agent_id = event.icm_agent_id;
        cti_.request({}, message);
    }

    CtiState& cti_;
    std::set<std::pair<std::int32_t, std::int32_t>> accepted_;
};

}  // namespace cticonnector::routing
