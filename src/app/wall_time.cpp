#include "wall_time.hpp"

#include <algorithm>
#include <cstdio>

namespace cticonnector::app {

using std::chrono::system_clock;

system_clock::time_point wall_time(engine::Time time) {
    const auto ago = std::chrono::steady_clock::now() - time;
    return system_clock::now() - std::chrono::duration_cast<system_clock::duration>(ago);
}

std::string utc_text(system_clock::time_point time) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto day = std::chrono::floor<std::chrono::days>(milliseconds);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{milliseconds - day};
    char buffer[40];
    const int length = std::snprintf(
        buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {buffer, static_cast<std::size_t>(std::max(length, 0))};
}

}  // namespace cticonnector::app
