#pragma once
// Counts every message of a link and writes it to the log: one line at debug with the ids that it is about,
// with all fields and its bytes at trace, secrets as *** (observability.md, R-DEC-89).

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/protocol/wire/codec.hpp"
#include "cticonnector/routing/contact_center.hpp"
#include "message_ids.hpp"
#include "oddities.hpp"

namespace cticonnector::routing {

class MessageLog {
  public:
    /// `counts`: by direction and message, nothing is ever taken out; `unknown`: message types that the
    /// protocol does not have.
    MessageLog(Logger& log, LogEvent brief, LogEvent full, const wire::Protocol& protocol,
               wire::Version version, Counts& counts, std::uint64_t& unknown, Lookup lookup)
        : log_(log),
          brief_(brief),
          full_(full),
          protocol_(protocol),
          version_(version),
          counts_(counts),
          unknown_(unknown),
          lookup_(std::move(lookup)),
          in_{"in", Found(protocol.messages.size() + 1)},
          out_{"out", Found(protocol.messages.size() + 1)} {}

    void received(const wire::Frame&);
    /// Whole messages behind each other.
    void sent(std::span<const std::uint8_t> messages);

  private:
    /// Counters that were looked up once, by the place of the message in the protocol's table; the last is
    /// that of messages that nobody knows.
    using Found = std::vector<std::uint64_t*>;
    struct Way {
        std::string_view name;
        Found counters;
    };
    void note(Way&, const wire::Frame&);
    MessageIds ids_of(const wire::Frame&) const;

    Logger& log_;
    LogEvent brief_, full_;
    const wire::Protocol& protocol_;
    wire::Version version_;
    Counts& counts_;
    std::uint64_t& unknown_;
    Lookup lookup_;
    Way in_, out_;
};

/// What was odd about what came: counted, and a line of the log for each that is to be told. `unknown`: the
/// counter of tags passed over.
void report(Oddities&, Logger&, Counters&, std::uint64_t& unknown);

}  // namespace cticonnector::routing
