#pragma once
// A client session that controls phones and sees what happens to calls.

#include "bench.hpp"

namespace cticonnector::sim::cc {

struct VoiceBench : ::testing::Test {
    VoiceBench() : id(bench.open()) {}

    // FailureCode and PeripheralErrorCode of the last request.
    std::pair<std::uint32_t, std::uint32_t> failure() {
        const auto all = bench.take<ControlFailureConf>(id);
        bench.clear();
        if (all.empty()) return {0xFFFF, 0xFFFF};
        return {all.back().failure_code, all.back().peripheral_error_code};
    }
    std::pair<std::uint32_t, std::uint32_t> none{0xFFFF, 0xFFFF};
    CallDeliveredEvent delivered() { return bench.take<CallDeliveredEvent>(id).back(); }
    // The alerting connection of the last call, answered.
    void answer() {
        const auto event = delivered();
        const std::string connection(*event.connection_device_id);
        const std::uint32_t call = event.connection_call_id;
        bench.clear();
        bench.tell(id, AnswerCallReq{.invoke_id = 20,
                                     .connection_call_id = call,
                                     .connection_device_id = connection,
                                     .agent_instrument = "52513"});
    }

    Bench bench;
    ClientSessionId id;
};

}  // namespace cticonnector::sim::cc
