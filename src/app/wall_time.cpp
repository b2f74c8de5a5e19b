#include "wall_time.hpp"

#include <cstdio>
#include <ctime>

#include "cticonnector/base/utc.hpp"

namespace cticonnector::app {

using std::chrono::system_clock;

system_clock::time_point wall_time(engine::Time time) {
    const auto ago = std::chrono::steady_clock::now() - time;
    return system_clock::now() - std::chrono::duration_cast<system_clock::duration>(ago);
}

std::string utc_text(system_clock::time_point time) {
    return cticonnector::utc_text(std::chrono::floor<std::chrono::microseconds>(time), 3);
}

std::string local_text(const std::string& utc) {
    int year = 0;
    unsigned month = 0;
    unsigned of_month = 0;
    unsigned hour = 0, minute = 0, second = 0;
    char fraction[4]{};
    const bool is_time = std::sscanf(utc.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u.%3[0-9]", &year, &month, &of_month,
                                     &hour, &minute, &second, fraction) == 7;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{of_month}};
    if (!is_time || !date.ok()) return utc;
    const auto time = std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                      std::chrono::seconds{second};
    const std::time_t seconds = system_clock::to_time_t(time);
    const std::tm* here = std::localtime(&seconds);
    char text[32];
    if (here == nullptr) return utc;
    const std::size_t length = std::strftime(text, sizeof text, "%F %H:%M:%S", here);
    return std::string(text, length) + "." + fraction;
}

}  // namespace cticonnector::app
