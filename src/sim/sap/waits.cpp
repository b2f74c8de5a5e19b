#include "waits.hpp"

#include <array>
#include <limits>

namespace cticonnector::sim::sap {
namespace {

constexpr milliseconds default_timeout{10'000};
constexpr std::array idle_figures{"open_items", "open_requests", "action_items_open"};

void read_conditions(Object& object, const std::vector<std::string_view>& figures, bool at_most,
                     std::vector<Condition>& conditions) {
    for (const std::string_view figure : figures) {
        if (!object.has(figure)) continue;
        const auto number = object.number(figure, 0, std::numeric_limits<std::int64_t>::max());
        conditions.push_back({std::string(figure), at_most, static_cast<std::size_t>(number)});
    }
}

}  // namespace

std::string missing(const Wait& wait, const Figures& figures) {
    std::string text;
    for (const Condition& condition : wait.conditions) {
        const std::size_t have = figures(condition.figure);
        if (condition.at_most ? have <= condition.number : have >= condition.number) continue;
        if (!text.empty()) text += ", ";
        text += condition.figure + " " + std::to_string(have) + " instead of at " +
                (condition.at_most ? "most " : "least ") + std::to_string(condition.number);
    }
    return text;
}

Wait read_wait(Object& step, const std::vector<std::string_view>& figures) {
    Wait wait{step.place(), {}, step.duration("timeout_ms", default_timeout)};
    read_conditions(step, figures, false, wait.conditions);
    Object at_most = step.object("at_most");
    read_conditions(at_most, figures, true, wait.conditions);
    at_most.done();
    return wait;
}

Wait idle_wait(Object& step) {
    Wait wait{step.place(), {}, step.duration("timeout_ms", milliseconds{0})};
    for (const char* figure : idle_figures) wait.conditions.push_back({figure, true, 0});
    return wait;
}

}  // namespace cticonnector::sim::sap
