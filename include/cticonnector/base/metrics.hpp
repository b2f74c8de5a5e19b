#pragma once
// Counters and histograms as plain values: a layer counts, app writes them out. One thread.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace cticonnector {

/// Seconds in fixed buckets, 100 µs to 10 s, as a Prometheus histogram wants them.
struct Histogram {
    static constexpr std::array bounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                       0.05,   0.1,     0.25,   0.5,   1.0,    2.5,   5.0,  10.0};
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    std::uint64_t count = 0;
    double sum = 0;

    void add(std::chrono::nanoseconds duration) {
        const double seconds = std::chrono::duration<double>(duration).count();
        std::size_t bucket = 0;
        while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
        ++counts[bucket];
        ++count;
        sum += seconds;
    }
};

/// Counts by label values, already written as Prometheus wants them:
/// `service="IciItem",operation="accept",result="ok"`.
using Counts = std::map<std::string, std::uint64_t>;

}  // namespace cticonnector
