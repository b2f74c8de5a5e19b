#pragma once
// A loop that runs until something is so: no sleeps.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>

namespace cticonnector::testing {

/// Runs the loop until `done`, or fails after `limit`.
inline bool run_until(boost::asio::io_context& io, const std::function<bool()>& done,
                      std::chrono::seconds limit = std::chrono::seconds{20}) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (io.stopped()) io.restart();
        if (std::chrono::steady_clock::now() >= end) {
            ADD_FAILURE() << "the watchdog barks";
            return false;
        }
        io.run_one_until(end);
    }
    return true;
}

}  // namespace cticonnector::testing
