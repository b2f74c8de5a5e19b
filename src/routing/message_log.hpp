#pragma once
// Counts every message of a link and writes it to the log: one line at debug, with all fields at trace,
// secrets as *** (observability.md).

#include <span>
#include <string_view>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/protocol/wire/codec.hpp"
#include "cticonnector/routing/contact_center.hpp"
#include "oddities.hpp"

namespace cticonnector::routing {

class MessageLog {
  public:
    /// `counts`: by direction and message; `unknown`: message types that the protocol does not have.
    MessageLog(Logger& log, LogEvent brief, LogEvent full, const wire::Protocol& protocol,
               wire::Version version, Counts& counts, std::uint64_t& unknown)
        : log_(log),
          brief_(brief),
          full_(full),
          protocol_(protocol),
          version_(version),
          counts_(counts),
          unknown_(unknown) {}

    void received(const wire::Frame&);
    /// Whole messages behind each other.
    void sent(std::span<const std::uint8_t> messages);

  private:
    void note(std::string_view direction, const wire::Frame&);

    Logger& log_;
    LogEvent brief_, full_;
    const wire::Protocol& protocol_;
    wire::Version version_;
    Counts& counts_;
    std::uint64_t& unknown_;
};

/// What was odd about what came: counted, and a line of the log for each that is to be told. `unknown`: the
/// counter of tags passed over.
void report(Oddities&, Logger&, Counters&, std::uint64_t& unknown);

}  // namespace cticonnector::routing
