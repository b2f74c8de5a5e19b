#include "cticonnector/base/utc.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

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

std::string utc_text(std::chrono::system_clock::time_point time) {
    return utc_text(std::chrono::floor<std::chrono::microseconds>(time), 3);
}

namespace {

using std::chrono::microseconds;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Of digits only: 0 for a longer text than a number has.
int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

/// What kind of text it is: each digit as '0'.
std::string shape_of(std::string_view text) {
    std::string shape{text};
    std::ranges::replace_if(shape, is_digit, '0');
    return shape;
}

/// "2026-01-31"
std::optional<std::chrono::year_month_day> read_day(std::string_view text) {
    if (shape_of(text) != "0000-00-00") return std::nullopt;
    const std::chrono::year_month_day day{
        std::chrono::year{number(text.substr(0, 4))},
        std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
        std::chrono::day(static_cast<unsigned>(number(text.substr(8))))};
    return day.ok() ? std::optional{day} : std::nullopt;
}

/// "123", behind the point: up to nine digits, the first six count.
std::optional<microseconds> read_fraction(std::string_view digits) {
    if (digits.empty() || digits.size() > 9 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
    std::string six{digits};
    six.resize(6, '0');
    return microseconds{number(six)};
}

/// "17:25", "17:25:02" or "17:25:02.123"
std::optional<microseconds> read_time_of_day(std::string_view text) {
    const auto point = text.find('.');
    const auto fraction =
        point == std::string_view::npos ? microseconds{0} : read_fraction(text.substr(point + 1));
    text = text.substr(0, point);
    const std::string shape = shape_of(text);
    const bool has_seconds = shape == "00:00:00";
    if (!fraction || (!has_seconds && (shape != "00:00" || point != std::string_view::npos)))
        return std::nullopt;
    const int hour = number(text.substr(0, 2));
    const int minute = number(text.substr(3, 2));
    const int second = has_seconds ? number(text.substr(6)) : 0;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} + *fraction;
}

constexpr std::size_t day_size = 10;  ///< "2026-01-31"

/// The zone's own clock at that time.
std::optional<std::tm> here(LogTime time) {
    const std::time_t seconds{std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()};
    const std::tm* const found = std::localtime(&seconds);
    return found ? std::optional{*found} : std::nullopt;
}

}  // namespace

std::optional<LogTime> read_utc(std::string_view text) {
    if (text.size() <= day_size + 1 || text[day_size] != 'T' || !text.ends_with('Z')) return std::nullopt;
    const auto day = read_day(text.substr(0, day_size));
    const auto time = read_time_of_day(text.substr(day_size + 1, text.size() - day_size - 2));
    if (!day || !time) return std::nullopt;
    return std::chrono::sys_days{*day} + *time;
}

std::string local_text(const std::string& utc) {
    const auto time = read_utc(utc);
    const auto clock = time ? here(*time) : std::nullopt;
    if (!clock) return utc;
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &*clock);
    const std::string same = utc_text(*time, 3);  // is the fraction in each zone
    return std::string(text, length) + same.substr(same.size() - 5, 4);
}

std::optional<LogTime> read_local(std::string_view text, LogTime now) {
    auto clock = here(now);
    if (text.size() > day_size && text[day_size] == ' ') {
        const auto day = read_day(text.substr(0, day_size));
        if (!clock || !day) return std::nullopt;
        clock->tm_year = static_cast<int>(day->year()) - 1900;
        clock->tm_mon = static_cast<int>(static_cast<unsigned>(day->month())) - 1;
        clock->tm_mday = static_cast<int>(static_cast<unsigned>(day->day()));
        text.remove_prefix(day_size + 1);
    }
    const auto time = read_time_of_day(text);
    if (!clock || !time) return std::nullopt;
    const std::chrono::hh_mm_ss of_day{*time};
    clock->tm_hour = static_cast<int>(of_day.hours().count());
    clock->tm_min = static_cast<int>(of_day.minutes().count());
    clock->tm_sec = static_cast<int>(of_day.seconds().count());
    clock->tm_isdst = -1;  // the zone knows
    const std::time_t seconds = std::mktime(&*clock);
    if (seconds == -1) return std::nullopt;
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}} + of_day.subseconds();
}

}  // namespace cticonnector
