#pragma once
// Conditions a script waits for: named figures that must reach a number. Pure.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "behaviour.hpp"
#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim::sap {

struct Condition {
    std::string figure;
    bool at_most = false;  // otherwise at least
    std::size_t number = 0;
};

struct Wait {
    std::string place;  // for the line that tells
    std::vector<Condition> conditions;
    milliseconds timeout{0};
};

using Figures = std::function<std::size_t(std::string_view figure)>;

/// What is still missing, as a sentence; empty if nothing is.
std::string missing(const Wait&, const Figures&);

/// {"items_completed": 5, "at_most": {"open_items": 0}, "timeout_ms": 1000}; does not call done().
Wait read_wait(Object& step, const std::vector<std::string_view>& figures);

/// Nothing open, nothing under way.
Wait idle_wait(Object& step);

}  // namespace cticonnector::sim::sap
