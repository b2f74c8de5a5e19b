// What a typical call event costs on its way in and out: BEGIN_CALL_EVENT with all ten call variables and
// CALL_DELIVERED_EVENT, version 24.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"

namespace {

using namespace cticonnector;

constexpr wire::Version version{24};

ged188::BeginCallEvent begin_call() {
    ged188::BeginCallEvent event;
    event.peripheral_id = 5000;
    event.peripheral_type = 17;
    event.call_type = 1;
    event.connection_call_id = 16'777'217;
    event.connection_device_id = "52513";
    event.ani = "0313001234";
    event.dnis = "8005550100";
    event.dialed_number = "8005550100";
    event.router_call_key_day = 151'635;
    event.router_call_key_call_id = 312;
    event.router_call_key_sequence_number = 1;
    for (auto& variable : event.call_variables) variable = "customer 4711-A";
    return event;
}

ged188::CallDeliveredEvent call_delivered() {
    ged188::CallDeliveredEvent event;
    event.peripheral_id = 5000;
    event.connection_call_id = 16'777'217;
    event.connection_device_id = "52513";
    event.alerting_device_id = "52513";
    event.calling_device_id = "0313001234";
    event.called_device_id = "8005550100";
    event.ani = "0313001234";
    event.dnis = "8005550100";
    return event;
}

template <class M>
std::vector<std::uint8_t> bytes_of(const M& message) {
    std::vector<std::uint8_t> bytes;
    (void)ged188::encode(message, version, bytes);
    return bytes;
}

template <class M>
void decode(benchmark::State& state, const M& message) {
    const std::vector<std::uint8_t> bytes = bytes_of(message);
    const wire::Frame frame{M::type, std::span(bytes).subspan(wire::header_size)};
    for (auto _ : state) benchmark::DoNotOptimize(ged188::decode<M>(frame, version));
    state.SetItemsProcessed(state.iterations());
    state.counters["bytes"] = static_cast<double>(bytes.size());
}

template <class M>
void encode(benchmark::State& state, const M& message) {
    std::vector<std::uint8_t> bytes;
    for (auto _ : state) {
        bytes.clear();
        benchmark::DoNotOptimize(ged188::encode(message, version, bytes));
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(decode, BEGIN_CALL_EVENT, begin_call());
BENCHMARK_CAPTURE(encode, BEGIN_CALL_EVENT, begin_call());
BENCHMARK_CAPTURE(decode, CALL_DELIVERED_EVENT, call_delivered());
BENCHMARK_CAPTURE(encode, CALL_DELIVERED_EVENT, call_delivered());

}  // namespace

BENCHMARK_MAIN();
