// What an event about an item costs on its way to the CRM.

#include <benchmark/benchmark.h>

#include "cticonnector/protocol/ici/attached_data.hpp"
#include "views.hpp"

namespace cticonnector::crm {
namespace {

/// An item whose document has `others` applications beside ours.
engine::ItemInfo item(std::int64_t others) {
    engine::ItemInfo info;
    info.media_id = "17";
    info.call_variables[0] = "4711";
    info.ecc = {{"user.crm.id", "7"}};
    std::string text = "<ItemAttachedData><Application id=\"SAP-IC\"><CV01>old</CV01><OWN/></Application>";
    for (std::int64_t i = 0; i < others; ++i)
        text +=
            "<Application id=\"X" + std::to_string(i) + "\"><k>some value of some length</k></Application>";
    text += "</ItemAttachedData>";
    const ici::Surroundings frame = ici::surroundings_of(*ici::read_attached_data(text));
    info.attached_data =
        std::make_shared<const engine::Document>(engine::Document{text, frame.before, frame.behind});
    return info;
}

void AttachedData(benchmark::State& state) {
    const engine::ItemInfo info = item(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(attached_data_of(info));
}
BENCHMARK(AttachedData)->Arg(0)->Arg(10)->Arg(100);

}  // namespace
}  // namespace cticonnector::crm

BENCHMARK_MAIN();
