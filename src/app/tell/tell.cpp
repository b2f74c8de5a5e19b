#include "tell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/utc.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/language/log_sentences.hpp"
#include "growing_file.hpp"
#include "lines.hpp"
#include "log_file.hpp"
#include "whole_lines.hpp"

namespace cticonnector::app::tell {

namespace {

namespace fs = std::filesystem;
using language::LogLine;
using std::chrono::system_clock;
using namespace std::chrono_literals;

constexpr auto look_again = 250ms;  ///< whether a file has grown

/// The time "90s", "10m", "2h", "1d" before; nothing for another text, or for a time before all computers.
std::optional<LogTime> long_ago(std::string_view text, LogTime now) {
    static constexpr std::array<std::pair<char, int>, 4> units{
        {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}}};
    if (text.empty()) return std::nullopt;
    const auto unit = std::ranges::find(units, text.back(), &std::pair<char, int>::first);
    int count = 0;
    const char* const end = text.data() + text.size() - 1;
    const auto [read, error] = std::from_chars(text.data(), end, count);
    if (unit == units.end() || error != std::errc{} || read != end || count < 0) return std::nullopt;
    const std::chrono::seconds ago{std::int64_t{count} * unit->second};
    return ago < now.time_since_epoch() ? std::optional{now - ago} : std::nullopt;
}

/// Itself, or an offer of it.
bool is_item(std::string_view key, std::string_view wanted) {
    const auto parts = engine::read_key(key);
    return key == wanted || (parts && parts->item == wanted);
}

class Teller {
  public:
    Teller(const Options& options, Streams streams)
        : filter_(options.wanted, system_clock::now()), times_(options.times), streams_(streams) {}

    void add(std::string_view piece) {
        lines_.add(piece, [this](auto line) { line ? take(*line) : pass_over(); });
    }
    /// False: nobody reads any more.
    bool flush() { return static_cast<bool>(streams_.out.flush()); }
    /// Whether a line was wanted, told or not.
    bool any() const { return any_; }

  private:
    void take(std::string_view text) {
        const auto line = language::read_line(text);
        if (!line || !filter_.passes(*line)) return;
        any_ = true;
        const auto told = language::sentence(*line, language::Zone::local);
        if (!told) return;
        if (times_) streams_.out << local_text(line->time) << "  ";
        streams_.out << *told << '\n';
    }
    /// It may be no log at all: said once.
    void pass_over() {
        if (std::exchange(passed_over_, true)) return;
        streams_.err << "a line of more than " << WholeLines::longest_in_words << " is passed over\n"
                     << std::flush;
    }

    Filter filter_;
    bool times_;
    Streams streams_;
    WholeLines lines_;
    bool any_ = false;
    bool passed_over_ = false;
};

void tell_all(std::istream& in, Teller& teller, bool flush_each) {
    Pieces pieces{in};
    for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
        teller.add(piece);
        if (flush_each && !teller.flush()) return;
    }
}

void follow(const std::string& name, Teller& teller) {
    GrowingFile file{name};
    while (teller.flush()) {
        const std::string piece = file.read();
        teller.add(piece);
        if (piece.empty()) std::this_thread::sleep_for(look_again);
    }
}

}  // namespace

std::string words_of(const Wanted& wanted) {
    std::string words;
    const auto add = [&](std::string_view what, const std::string& value) {
        if (value.empty()) return;
        words += words.empty() ? "" : " and ";
        words += std::string(what) + " " + value;
    };
    add("about agent", wanted.agent);
    add("about item", wanted.item);
    add("about call", wanted.call);
    add("newer than", wanted.since);
    return words;
}

Filter::Filter(Wanted wanted, system_clock::time_point now) : wanted_(std::move(wanted)) {
    const std::string& since = wanted_.since;
    if (since.empty()) return;
    const auto present = std::chrono::floor<std::chrono::microseconds>(now);
    auto time = long_ago(since, present);
    if (!time) time = read_utc(since);
    if (!time) time = read_local(since, present);
    if (!time)
        throw std::invalid_argument(
            "--since " + since +
            ": give 90s, 10m, 2h, 1d, a time of here, 17:25, 17:25:02 or \"2026-01-31 "
            "17:25:02\", or one of the log's, 2026-01-31T17:25:02Z");
    since_ = utc_text(*time, 6);
    since_.pop_back();  // the Z, so that a shorter one is the earlier one
}

bool Filter::passes(const LogLine& line) const {
    if (line.time < since_) return false;
    const bool agent = wanted_.agent.empty() || line["agent"] == wanted_.agent ||
                       equal_ignoring_case(line["user"], wanted_.agent);
    const bool item =
        wanted_.item.empty() || is_item(line["item"], wanted_.item) || line["action_item"] == wanted_.item;
    const bool call = wanted_.call.empty() || line["call"] == wanted_.call || line["item"] == wanted_.call;
    return agent && item && call;
}

std::string log_in(const std::string& given) {
    if (std::error_code unknown; !fs::is_directory(given, unknown)) return given;
    const fs::path log = log_file(given);
    if (!fs::exists(log))
        throw std::runtime_error(given + " is a directory without " + log.filename().string());
    return log.string();
}

void tell(const Options& options, Streams streams) {
    Teller teller(options, streams);
    for (std::size_t i = 0; i < options.files.size(); ++i) {
        const std::string file = log_in(options.files[i]);
        const bool on = options.follow && i + 1 == options.files.size();
        if (file == "-") {
            tell_all(streams.in, teller, true);
        } else if (on) {
            follow(file, teller);
        } else {
            std::ifstream from = open_to_read(file);
            tell_all(from, teller, false);
        }
    }
    const std::string wanted = words_of(options.wanted);
    if (!wanted.empty() && !teller.any()) streams.err << "no line is " << wanted << '\n';
}

}  // namespace cticonnector::app::tell
