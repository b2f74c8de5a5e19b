#pragma once
// The offer decision (allocation.md section 3): one pure function of plain numbers, and the explanation it
// leaves. The checks and their order are data; the text of an explanation is made only when somebody asks.

#include <array>
#include <cstdint>
#include <string_view>

#include "cticonnector/engine/profile.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

/// The checks of allocation.md section 3, in their order.
enum class Check : std::uint8_t {
    logged_in,        ///< 1: agent is logged in for the channel
    crm_alive,        ///< 2: the agent's CRM session is alive
    not_held,         ///< 3: the item is not already held by this agent
    no_voice_active,  ///< 4: no voice call is active (action and chat only)
    visible,          ///< 5: CtiCheckMediaByDirectCall
    channel_limit,    ///< 6: sessions(ch) < limit(ch) + buffer(ch)
    item_maximum,     ///< 7: all + manual sessions < min(AppItemMaxSession, CRM limit)
    http_budget,      ///< 8: all + manual sessions + 1 < AppHttpSessionBudget
};
BOOST_DESCRIBE_ENUM(Check, logged_in, crm_alive, not_held, no_voice_active, visible, channel_limit,
                    item_maximum, http_budget)
inline constexpr std::size_t check_count = 8;

/// One check as it was made: `have` was compared with `limit`, which came from `source`.
struct CheckResult {
    Check check{};
    bool ok = false;
    Source source{};
    std::int16_t have = 0;
    std::int16_t limit = 0;
    bool operator==(const CheckResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(CheckResult, (), (check, ok, source, have, limit))

enum class Verdict : std::uint8_t { admit, hidden, duplicate, refuse };
BOOST_DESCRIBE_ENUM(Verdict, admit, hidden, duplicate, refuse)
enum class Refusal : std::uint8_t {
    none,
    not_logged_in,
    crm_gone,
    voice_active,
    A1,
    A0,
    not_ready_on_its_way,  ///< no check's: made not ready while the task was under way (R-DEC-25)
};
BOOST_DESCRIBE_ENUM(Refusal, none, not_logged_in, crm_gone, voice_active, A1, A0, not_ready_on_its_way)
constexpr auto own_words(Refusal) { return std::array{Word{Refusal::none, ""}}; }
/// The code at the front of the reason with which a CRM gives an item back; none where it has no such code.
Refusal refusal_of(std::string_view crm_reason);
enum class Part : std::uint8_t { regular, buffer };
BOOST_DESCRIBE_ENUM(Part, regular, buffer)

/// What was decided and why. The checks after the first that failed were not made.
struct Decision {
    Verdict verdict = Verdict::admit;
    Refusal refusal = Refusal::none;
    Part part = Part::regular;
    Placement placement = Placement::own;
    std::uint8_t made = 0;  ///< how many of `checks` are filled
    std::array<CheckResult, check_count> checks{};
    Duration waited{0};  ///< how long the offer waited for a closing session (R-DEC-51)
    bool operator==(const Decision&) const = default;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (verdict, refusal, part, placement, made, checks, waited))

/// Everything the decision looks at, read off the agent's record.
struct OfferFacts {
    Channel channel{};
    bool logged_in = false;
    bool crm_alive = false;
    bool held_by_agent = false;  ///< never of one whose record is the router's
    int voice_active = 0;        ///< connected, held or dialling calls, phone-only ones included (R-DEC-17)
    bool routed = true;          ///< the item came by routing, not as a direct call
    int items_active = 0;        ///< accepted items
    int channel_sessions = 0;
    int channel_work = 0;
    Limit channel_limit;  ///< limit(ch), without the buffer
    int channel_buffer = 0;
    int all_sessions = 0;
    int manual_sessions = 0;  ///< reported by a desktop, or the remembered lower bound (R-ALLOC-9)
    Limit item_max;           ///< min(AppItemMaxSession, CRM limit)
    OnFull calls_when_full{};
    Limit http_budget;  ///< 0 = not limited
    bool check_media_by_direct_call = false;
};

Decision decide(const OfferFacts&);

/// What came of it in a word: the refusal, or the verdict.
std::string_view outcome(const Decision&);

/// For a person: "logged_in ok 1 against 1 (default); ... channel_limit failed 2 against 2 (login)".
Phrase explanation(const Decision&);

}  // namespace cticonnector::engine
