#pragma once
// What is still to be done for an agent. A rule that causes another thing leaves an errand, which is done
// when the rule is over: no rule finds a record changed, or gone, behind its back. And what concerns all
// agents is one errand each: no turn visits everybody, each takes some, requests and calls are served in
// between, and an agent whom an event is about is served first.
// docs/architecture.md, "Errands", has the order.

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "cticonnector/engine/roster.hpp"

namespace cticonnector::engine {

/// In the order in which the errands of one agent are done.
enum class Errand : std::uint8_t {
    link_lost,       ///< what was under way with the contact center is over; not re-read yet
    grace_over,      ///< the link has been away too long: logged off in the CRM (R-DEC-34, reason 2)
    not_ready,       ///< the last task of a medium has ended: its Not Ready is due (R-DEC-26)
    log_out,         ///< a session came free: work mode 1 may have waited for it (R-DEC-11)
    end_log_out,     ///< nothing of the log-out may be under way any more: the record leaves
    ready_again,     ///< a session came free: Ready again after a refusal (R-ALLOC-13)
    waiting_offers,  ///< a session came free, or the wait for one is over (R-DEC-51)
    link_back,       ///< told to the contact center again, and re-read from it (R-HA-5)
    say_unsaid,      ///< a state that could not be told while the link was away
};
BOOST_DESCRIBE_ENUM(Errand, link_lost, grace_over, not_ready, log_out, end_log_out, ready_again,
                    waiting_offers, link_back, say_unsaid)
inline constexpr std::size_t errand_count = enumerators<Errand>().size();

/// The errands of one agent. One that is left twice is done once.
class ErrandSet {
  public:
    bool empty() const { return bits_ == 0; }
    bool has(Errand errand) const { return (bits_ & bit(errand)) != 0; }
    void add(Errand errand) { bits_ = static_cast<std::uint16_t>(bits_ | bit(errand)); }
    /// The first in the order; of a set that is not empty.
    Errand take_first() {
        const auto first = static_cast<Errand>(std::countr_zero(bits_));
        bits_ = static_cast<std::uint16_t>(bits_ & ~bit(first));
        return first;
    }
    bool operator==(const ErrandSet&) const = default;

  private:
    static std::uint16_t bit(Errand errand) {
        return static_cast<std::uint16_t>(1u << static_cast<unsigned>(errand));
    }
    std::uint16_t bits_ = 0;
};

/// What a rule has left for its end: of one agent.
struct LeftErrands {
    Roster::Slot slot;
    ErrandSet errands;
};

struct WaitingErrands;

/// Agents with errands because something concerns everybody, in the order in which they got their first.
/// Leaving an errand for everybody is a pass over small records and allocates nothing.
class Errands {
  public:
    using Slot = Roster::Slot;

    Errands() = default;
    explicit Errands(const std::vector<WaitingErrands>&);
    std::vector<WaitingErrands> whole() const;

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
