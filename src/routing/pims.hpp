#pragma once
// Who may route for us: the connections of media routing peripherals (PIMs), of which the one that opened
// last is the router (R-DEC-42). Any message is a sign of life; silence for three heartbeat intervals, or for
// the IdleTimeout that the PIM announced, ends a connection (MR fact sheet section 8). Pure.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cticonnector/protocol/mr/mr.hpp"
#include "oddities.hpp"

namespace cticonnector::routing {

using PimId = std::uint64_t;

struct PimSend {
    PimId pim = 0;
    std::vector<std::uint8_t> bytes;
};
/// After what is still to be sent.
struct PimClose {
    PimId pim = 0;
};
struct PimUp {
    PimId pim = 0;
    std::string name;
    std::uint32_t version = 0;
};
/// The router is gone; routing dialogues with it are over.
struct PimDown {
    PimId pim = 0;
    std::string why;
};
using PimStep = std::variant<PimSend, PimClose, PimUp, PimDown>;

class Pims {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds silence{15};  ///< three intervals of 5 s

    void accepted(PimId, Time now);
    void closed(PimId, const std::string& why, std::vector<PimStep>&);
    /// False: a message of a dialogue with the router.
    bool on(PimId, const mr::Frame&, Time now, std::vector<PimStep>&);
    /// With a word of goodbye.
    void dismiss(PimId, const std::string& why, std::vector<PimStep>&);
    void stop(std::vector<PimStep>&);

    void on_time(Time now, std::vector<PimStep>&);
    std::optional<Time> next_deadline() const;
    std::optional<PimId> router() const { return router_; }

    Oddities odd;

  private:
    struct Pim {
        Time heard{};
        std::chrono::seconds silence{Pims::silence};
    };
    void open(PimId, const mr::MrOpenReq&, std::vector<PimStep>&);

    std::map<PimId, Pim> pims_;
    std::optional<PimId> router_;
};

}  // namespace cticonnector::routing
