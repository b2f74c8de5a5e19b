#pragma once
// What is still to be done for one agent after another because it concerns all of them. No turn visits
// everybody: each takes some errands, requests and calls are served in between, and an agent whom an event is
// about is served first. docs/architecture.md, "Errands", has the order.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cticonnector/engine/roster.hpp"

namespace cticonnector::engine {

/// In the order in which the errands of one agent are done.
enum class Errand : std::uint8_t {
    link_lost,   ///< what was under way with the contact center is over; not re-read yet
    grace_over,  ///< the link has been away too long: logged off in the CRM (R-DEC-34, reason 2)
    link_back,   ///< told to the contact center again, and re-read from it (R-HA-5)
    say_unsaid,  ///< a state that could not be told while the link was away
};
inline constexpr std::size_t errand_count = 4;

/// The errands of one agent. One that is left twice is done once.
class ErrandSet {
  public:
    bool empty() const { return bits_ == 0; }
    bool has(Errand errand) const { return (bits_ & bit(errand)) != 0; }
    void add(Errand errand) { bits_ = static_cast<std::uint8_t>(bits_ | bit(errand)); }
    bool operator==(const ErrandSet&) const = default;

  private:
    static std::uint8_t bit(Errand errand) {
        return static_cast<std::uint8_t>(1u << static_cast<unsigned>(errand));
    }
    std::uint8_t bits_ = 0;
};

/// Agents with errands, in the order in which they got their first. Leaving an errand for everybody is a pass
/// over small records and allocates nothing.
class Errands {
  public:
    using Slot = Roster::Slot;

    void add(Slot, Errand);
    ErrandSet of(Slot) const;
    /// The agent's errands; they wait no more.
    ErrandSet take(Slot);
    /// The agent who has waited longest. They may have left meanwhile.
    std::optional<Slot> next();
    /// May be false when nothing waits any more, until next() has said so.
    bool empty() const { return head_ == nowhere; }
    /// Does an errand of this kind wait for anybody?
    bool any(Errand errand) const { return open_[static_cast<std::size_t>(errand)] > 0; }

  private:
    static constexpr std::size_t nowhere = ~std::size_t{0};
    struct Entry {
        Slot slot;
        ErrandSet errands;    ///< empty when they were taken out of turn
        bool queued = false;  ///< stays so until next() comes by
        std::size_t after = nowhere;
    };
    std::vector<Entry> entries_;  ///< by place, and linked into the queue
    std::size_t head_ = nowhere;
    std::size_t tail_ = nowhere;
    std::array<std::size_t, errand_count> open_{};
};

}  // namespace cticonnector::engine
