#include "cticonnector/engine/medium.hpp"

namespace cticonnector::engine {

OwnNotReady after(OwnNotReady own, NotReadyStep taken) {
    using enum OwnNotReady;
    constexpr auto at_end = when_tasks_end;
    constexpr auto coming = task_on_its_way;
    // clang-format off
    static constexpr OwnNotReady table[enumerators<OwnNotReady>().size()][enumerators<NotReadyStep>().size()] = {
        //                   waits   sent   answered refused task_arrived link_lost over
        /* none */            {at_end, asked, none,    none,   none,        none,     none},
        /* when_tasks_end */  {at_end, asked, at_end,  coming, at_end,      at_end,   none},
        /* asked */           {at_end, asked, none,    coming, asked,       at_end,   none},
        /* task_on_its_way */ {at_end, asked, coming,  coming, at_end,      at_end,   none},
    };
    // clang-format on
    return table[static_cast<std::size_t>(own)][static_cast<std::size_t>(taken)];
}

Routable after(Routable now, RoutableStep taken) {
    using enum Routable;
    constexpr auto ours = no_at_our_request;
    constexpr auto theirs = no_by_contact_center;
    // clang-format off
    static constexpr Routable table[enumerators<Routable>().size()][enumerators<RoutableStep>().size()] = {
        //                        asked_not refused told_not ready
        /* yes */                  {ours,   yes,    theirs,  yes},
        /* no_at_our_request */    {ours,   yes,    theirs,  yes},
        /* no_by_contact_center */ {theirs, theirs, theirs,  yes},
    };
    // clang-format on
    return table[static_cast<std::size_t>(now)][static_cast<std::size_t>(taken)];
}

}  // namespace cticonnector::engine
