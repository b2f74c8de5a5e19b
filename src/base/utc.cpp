#include "cticonnector/base/utc.hpp"

#include <array>
#include <cstdio>

namespace cticonnector {

std::string utc_text(std::chrono::sys_time<std::chrono::microseconds> time, int digits) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    const auto micro = static_cast<unsigned>(clock.subseconds().count());
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%0*uZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                  digits, digits == 3 ? micro / 1000 : micro);
    return text.data();
}

}  // namespace cticonnector
