#pragma once
// What the engine says for people: each Note becomes one line of the log,
// is kept with its item's story, and is counted.

#include <array>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/admin/stories.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/engine/actions.hpp"

namespace cticonnector::admin {

/// Which line of the log a note is (observability.md).
LogEvent event_of(engine::What);

/// A note as keys and values; it must live as long as they are looked at. `when` it was written: what was to
/// come next is told as far as it was to come then.
class NoteFields {
  public:
    using Time = std::chrono::system_clock::time_point;

    explicit NoteFields(const engine::Note&, Time when = std::chrono::system_clock::now());
    NoteFields(const NoteFields&) = delete;
    NoteFields& operator=(const NoteFields&) = delete;
    std::span<const LogField> fields() const { return fields_; }

  private:
    void add(std::string_view key, std::string_view value);
    void add_log_on(const engine::LogOn&);
    void add_made(std::string_view key, std::string value);

    std::vector<LogField> fields_;
    std::list<std::string> made_;  ///< values that the note does not hold as texts
};

class Journal {
  public:
    explicit Journal(Logger& log, std::size_t kept = 10'000) : stories_(kept), log_(log) {}

    void write(const engine::Note&);
    /// An error of ours, in words.
    void broken(std::string_view text);

    const Stories& stories() const { return stories_; }

    /// The CRM may write what it likes into its reason: a label with foreign text would be a series of its
    /// own for every text. Another one counts as the last.
    static constexpr std::array<std::string_view, 10> counted_reasons{
        "A0", "A1", "M0", "RONA", "REJECT", "REROUTE", "RESTART", "TIMEOUT", "rerouted", "other"};

    struct Counters {
        Counts offers;    ///< by channel, outcome
        Counts reroutes;  ///< by channel, reason, origin
        std::uint64_t invariant_broken = 0;
    };
    const Counters& counters() const { return counters_; }

  private:
    void count(const engine::Note&);

    Stories stories_;
    Logger& log_;
    Counters counters_;
};

}  // namespace cticonnector::admin
