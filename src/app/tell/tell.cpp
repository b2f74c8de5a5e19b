#include "tell.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "lines.hpp"
#include "sentences.hpp"
#include "wall_time.hpp"

namespace cticonnector::app::tell {

namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;
using namespace std::chrono_literals;

constexpr auto look_again = 250ms;  ///< whether a file has grown

/// "90s", "10m", "2h", "1d"; nothing for another text.
std::optional<std::chrono::seconds> as_long_ago(std::string_view text) {
    static constexpr std::array<std::pair<char, int>, 4> units{
        {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}}};
    if (text.empty()) return std::nullopt;
    const auto unit = std::ranges::find(units, text.back(), &std::pair<char, int>::first);
    int count = 0;
    const char* const end = text.data() + text.size() - 1;
    const auto [read, error] = std::from_chars(text.data(), end, count);
    if (unit == units.end() || error != std::errc{} || read != end || count < 0) return std::nullopt;
    return std::chrono::seconds{std::int64_t{count} * unit->second};
}

bool is_item(std::string_view key, std::string_view wanted) {
    return key == wanted ||
           (key.size() > wanted.size() && key.starts_with(wanted) && key[wanted.size()] == '-');
}

class Teller {
  public:
    Teller(const Options& options, std::ostream& out)
        : filter_(options.wanted, system_clock::now()), times_(options.times), out_(out) {}

    void take(const std::string& text) {
        const auto line = read_line(text);
        if (!line || !filter_.passes(*line)) return;
        const auto told = sentence(*line);
        if (!told) return;
        if (times_) out_ << local_text(line->time) << "  ";
        out_ << *told << '\n';
    }
    /// False: nobody reads any more.
    bool flush() { return static_cast<bool>(out_.flush()); }

  private:
    Filter filter_;
    bool times_;
    std::ostream& out_;
};

void tell_all(std::istream& in, Teller& teller, bool flush_each) {
    for (std::string line; std::getline(in, line);) {
        teller.take(line);
        if (flush_each && !teller.flush()) return;
    }
}

/// Whole lines only: the last may be on its way. A file that has become shorter is a new one.
void follow(const std::string& file, Teller& teller) {
    std::ifstream in = open_to_read(file);
    std::uintmax_t taken = 0;
    std::string part;
    while (teller.flush()) {
        std::string line;
        while (std::getline(in, line)) {
            part += line;
            if (in.eof()) break;  // without its end
            taken += part.size() + 1;
            teller.take(part);
            part.clear();
        }
        in.clear();
        std::error_code error;
        const auto size = fs::file_size(file, error);
        if (!error && size < taken) {
            in = open_to_read(file);
            taken = 0;
            part.clear();
            continue;
        }
        std::this_thread::sleep_for(look_again);
    }
}

}  // namespace

Filter::Filter(Wanted wanted, system_clock::time_point now) : wanted_(std::move(wanted)) {
    if (wanted_.since.empty()) return;
    if (const auto ago = as_long_ago(wanted_.since)) {
        since_ = utc_text(now - *ago);
    } else if (wanted_.since.size() >= 10 && wanted_.since[4] == '-' && wanted_.since[7] == '-') {
        since_ = wanted_.since;
    } else {
        throw std::invalid_argument(
            "--since " + wanted_.since +
            ": give 90s, 10m, 2h, 1d or a time as the log has it, 2026-01-31T12:00:00Z");
    }
    while (since_.ends_with('Z')) since_.pop_back();  // so that a shorter one is the earlier one
}

bool Filter::passes(const LogLine& line) const {
    if (line.time < since_) return false;
    const bool agent =
        wanted_.agent.empty() || line["agent"] == wanted_.agent || line["user"] == wanted_.agent;
    const bool item =
        wanted_.item.empty() || is_item(line["item"], wanted_.item) || line["action_item"] == wanted_.item;
    const bool call = wanted_.call.empty() || line["call"] == wanted_.call || line["item"] == wanted_.call;
    return agent && item && call;
}

void tell(const Options& options, std::istream& in, std::ostream& out) {
    Teller teller(options, out);
    for (std::size_t i = 0; i < options.files.size(); ++i) {
        const std::string& file = options.files[i];
        const bool on = options.follow && i + 1 == options.files.size();
        if (file == "-") {
            tell_all(in, teller, true);
        } else if (on) {
            follow(file, teller);
        } else {
            std::ifstream from = open_to_read(file);
            tell_all(from, teller, false);
        }
    }
}

}  // namespace cticonnector::app::tell
