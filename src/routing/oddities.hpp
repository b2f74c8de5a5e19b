#pragma once
// What the other side said that fits nothing: messages that cannot be decoded in whole or in part, replies of
// the wrong kind, ids that name nothing. Every decode of the routing side goes through here, so that
// nothing vanishes: the rooms gather here, the shell takes it away, counts it and writes a line of its log
// for each oddity (cc.unexpected; MessageLog). What says the same each time is told once per kind and minute,
// what is about a request, a dialogue or a task each time. Pure; what is kept is bounded by the kinds of
// messages that the protocol has.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::routing {

struct Oddity {
    std::string message;  ///< its name
    std::string agent;    ///< whom it was about, if that is known
    std::string text;     ///< what is odd about it, and what happens next
    std::string hex;      ///< the whole message, each byte of a secret as `**`; empty if it was decoded
    /// `message` is ours and was refused, though nobody waits for it (cc.request_failed).
    bool refused = false;
    std::uint32_t call = 0;  ///< of a refused one
};

class Oddities {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// The time of what is read from now on.
    void at(Time now) { now_ = now; }

    template <class M>
    wire::Result<M> decode(const wire::Frame& frame, wire::Version version) {
        wire::Notes notes;
        auto message = wire::decode<M>(frame, version, notes);
        if (!message) {
            broken(*M::binding.message, frame, version, message.error());
        } else if (notes != wire::Notes{}) {
            noted(*M::binding.message, frame, version, notes);
        }
        return message;
    }
    template <class M>
    std::optional<M> read(const wire::Frame& frame, wire::Version version) {
        if (auto message = decode<M>(frame, version)) return std::move(*message);
        return std::nullopt;
    }

    /// The same for a message of any kind; one without a published body has no fields.
    std::optional<wire::FieldList> read(const wire::MessageDescriptor&, const wire::Frame&, wire::Version);

    /// One of these is about something of ours, which `text` names: each is told.
    void unexpected(std::string_view message, std::string text, std::string agent = {}) {
        found_.push_back({std::string(message), std::move(agent), std::move(text), {}});
    }
    /// A request of ours that nobody waits for: each is told.
    void refused(std::string message, std::string text, std::string agent, std::uint32_t call) {
        found_.push_back({std::move(message), std::move(agent), std::move(text), {}, true, call});
    }
    /// A sound message that is about nothing, and passed over; `what` lives as long as the program.
    void nameless(const wire::MessageDescriptor&, std::string_view what);
    /// A message type that the protocol does not have.
    void unknown(const wire::Frame&);

    std::vector<Oddity> take() { return std::exchange(found_, {}); }
    /// How many could not be decoded in whole or in part since the last call, by the message's name.
    std::map<std::string_view, std::uint64_t> take_undecodable() { return std::exchange(undecodable_, {}); }
    /// Tags that were passed over since the last call.
    std::uint64_t take_unknown_tags() { return std::exchange(unknown_tags_, 0); }

  private:
    void broken(const wire::MessageDescriptor&, const wire::Frame&, wire::Version, const wire::Error&);
    void noted(const wire::MessageDescriptor&, const wire::Frame&, wire::Version, wire::Notes);
    void undecodable(const wire::MessageDescriptor&, const wire::Frame&, wire::Version, std::string_view what,
                     std::string_view then);
    bool due(const wire::MessageDescriptor&, std::string_view what);
    void unknown_tags(const wire::MessageDescriptor&, const wire::Frame&, wire::Version);

    Time now_{};
    std::vector<Oddity> found_;
    std::map<std::string_view, std::uint64_t> undecodable_;
    std::uint64_t unknown_tags_ = 0;
    /// Of a kind of message and what was odd, or followed of it.
    OnceAMinute<std::pair<std::uint32_t, std::string_view>> tell_now_;
    /// Kinds of messages with unknown tags, and unknown kinds, are told once.
    std::set<std::uint32_t> told_of_tags_, told_of_types_;
};

}  // namespace cticonnector::routing
