#include "cticonnector/engine/offer.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "cticonnector/base/text.hpp"

namespace cticonnector::engine {

namespace {

struct Answer {
    Verdict verdict = Verdict::admit;
    Refusal refusal = Refusal::none;
};

/// A check that does not apply to an offer is not made and leaves no trace in the explanation.
struct Row {
    Check check;
    bool (*applies)(const OfferFacts&);
    CheckResult (*make)(const OfferFacts&);
    Answer otherwise;
};

/// What an explanation shows: far more than any limit is as good as the number.
constexpr std::int16_t shown(std::int64_t number) {
    using Shown = std::numeric_limits<std::int16_t>;
    return static_cast<std::int16_t>(std::clamp<std::int64_t>(number, Shown::min(), Shown::max()));
}
constexpr CheckResult compare(bool ok, std::int64_t have, Limit limit) {
    return {{}, ok, limit.source, shown(have), shown(limit.value)};
}
constexpr bool (*always)(const OfferFacts&) = nullptr;  // nothing has to be asked
constexpr std::int64_t everything(const OfferFacts& f) {
    return std::int64_t{f.all_sessions} + f.manual_sessions;
}

constexpr std::array<Row, check_count> rows{{
    {Check::logged_in,
     always,
     [](const OfferFacts& f) { return compare(f.logged_in, f.logged_in, Limit{1}); },
     {Verdict::refuse, Refusal::not_logged_in}},
    {Check::crm_alive,
     always,
     [](const OfferFacts& f) { return compare(f.crm_alive, f.crm_alive, Limit{1}); },
     {Verdict::refuse, Refusal::crm_gone}},
    {Check::not_held,
     always,
     [](const OfferFacts& f) { return compare(!f.held_by_agent, f.held_by_agent, Limit{0}); },
     {Verdict::duplicate}},
    {Check::no_voice_active,
     [](const OfferFacts& f) { return f.channel != Channel::voice; },
     [](const OfferFacts& f) { return compare(f.voice_active == 0, f.voice_active, Limit{0}); },
     {Verdict::refuse, Refusal::voice_active}},
    {Check::visible,
     [](const OfferFacts& f) { return f.check_media_by_direct_call && !f.routed; },
     [](const OfferFacts& f) { return compare(f.items_active == 0, f.items_active, Limit{0}); },
     {Verdict::hidden}},
    {Check::channel_limit,
     always,
     [](const OfferFacts& f) {
         const Limit with_buffer{f.channel_limit.value + f.channel_buffer, f.channel_limit.source};
         return compare(f.channel_sessions < with_buffer.value, f.channel_sessions, with_buffer);
     },
     {Verdict::refuse, Refusal::A1}},
    {Check::item_maximum,
     always,
     [](const OfferFacts& f) { return compare(everything(f) < f.item_max.value, everything(f), f.item_max); },
     {Verdict::refuse, Refusal::A1}},
    {Check::http_budget,
     [](const OfferFacts& f) { return f.http_budget.value > 0; },
     [](const OfferFacts& f) {
         const std::int64_t with_communication =
             everything(f) + 1;  // the agent's own session toward the connector
         return compare(with_communication < f.http_budget.value, with_communication, f.http_budget);
     },
     {Verdict::refuse, Refusal::A0}},
}};

}  // namespace

Decision decide(const OfferFacts& facts) {
    Decision decision;
    for (const Row& row : rows) {
        if (row.applies && !row.applies(facts)) continue;
        CheckResult& result = decision.checks[decision.made++];
        result = row.make(facts);
        result.check = row.check;
        if (result.ok) continue;
        const bool in_default = row.check == Check::item_maximum && facts.channel == Channel::voice &&
                                facts.calls_when_full == OnFull::show_in_default;
        if (!in_default) {
            decision.verdict = row.otherwise.verdict;
            decision.refusal = row.otherwise.refusal;
            return decision;
        }
        decision.placement = Placement::default_session;
    }
    decision.part = facts.channel_work < facts.channel_limit.value ? Part::regular : Part::buffer;
    return decision;
}

Refusal refusal_of(std::string_view crm_reason) {
    const auto code = first_word(crm_reason);
    return code == "A0" ? Refusal::A0 : code == "A1" ? Refusal::A1 : Refusal::none;
}

std::string_view outcome(const Decision& decision) {
    return decision.verdict == Verdict::refuse ? name(decision.refusal) : name(decision.verdict);
}

Phrase explanation(const Decision& decision) {
    Phrase all{TextId::explanation};
    for (std::size_t i = 0; i < decision.made; ++i) {
        const CheckResult& c = decision.checks[i];
        all.parts.push_back({c.ok ? TextId::check_ok : TextId::check_failed,
                             {std::string(name(c.check)), std::to_string(c.have), std::to_string(c.limit),
                              std::string(name(c.source))}});
    }
    if (decision.placement != Placement::own)
        all.parts.push_back({TextId::placed, {std::string(name(decision.placement))}});
    if (decision.waited.count() > 0)
        all.parts.push_back({TextId::waited, {std::to_string(decision.waited.count())}});
    return all;
}

}  // namespace cticonnector::engine
