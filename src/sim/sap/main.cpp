// cticonnector-sim-sap: SAP as the connector sees it (docs/simulators.md, "SAP side").
#include <csignal>
#include <memory>
#include <random>

#include "cticonnector/sim/script/simulator.hpp"
#include "sap_simulator.hpp"

namespace sap = cticonnector::sim::sap;

int main(int argc, char** argv) {
    bool failed = false;
    const sap::SapSimulator::Ending ending{
        .quit = [] { std::raise(SIGTERM); },  // how simulator_main is stopped
        .failed = [&failed] { failed = true; }};
    const auto factory = [&](cticonnector::sim::Object& script, boost::asio::io_context& io,
                             cticonnector::sim::Output& output) {
        const std::uint64_t seed = std::uint64_t{std::random_device{}()} << 32U | std::random_device{}();
        return std::make_unique<sap::SapSimulator>(sap::read_settings(script), io, output, seed, ending);
    };
    const int code = cticonnector::sim::simulator_main(argc, argv, sap::sentences, factory);
    if (code != 0) return code;
    return failed ? 1 : 0;
}
