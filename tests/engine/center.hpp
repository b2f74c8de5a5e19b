#pragma once
// The contact center's own list of who is logged in where, kept apart from what the engine believes, and the
// two rules that only this list can show: nobody stays logged in without a record of the engine that knows of
// it or a log-out on its way (R-DEC-35, R-HA-9),
// and who was logged in before a log-on that failed stays so (R-DEC-48).

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "cticonnector/engine/engine.hpp"

namespace cticonnector::engine::testing {

/// Whether the request changes who is logged in.
bool logs_in_or_out(const Action&);
/// The agent is in, by whomever.
constexpr bool is_in_already(Failure failure) {
    return failure == Failure::already_in_medium || failure == Failure::already_logged_on;
}

class Center {
  public:
    bool in(const AgentId& agent, Channel channel) const { return in_.contains({agent, channel}); }
    /// Somebody else logs the agent in, if they are not in.
    void log_in(const AgentId& agent, Channel channel) { in_.try_emplace({agent, channel}, By::other); }

    /// ... and so this request to log in comes too late.
    void log_in_instead(const Action&);

    /// Call with everything that the engine does.
    void asked(const Actions&, Time now);
    /// A request arrives; `none` when it was done.
    Failure carry_out(const Action&);
    void refuse(const Engine&, const Action&);
    /// Not done either, and no word of it.
    void ignore(const Action&);
    /// A request gets lost with its link. One of a minute ago was not: that the link is dead would be known.
    void lose(const Action&, Time now);
    /// The engine is told that the agent was logged in before its log-on, in answer to this action.
    void found(const Engine&, const Action& action);
    /// Call with everything that the engine is told. Somebody else may log an agent out; a state of who is
    /// not in changes nothing here.
    void told(const Event&);

    /// Which rule is broken, after each event.
    std::optional<std::string> breach(const Engine&);
    std::string print() const;

  private:
    struct Place {
        AgentId agent;
        Channel channel{};
        auto operator<=>(const Place&) const = default;
    };
    enum class By : std::uint8_t { engine, other };

    static std::optional<Place> logged_in_by(const Action&);
    static std::optional<Place> logged_out_by(const Action&);
    /// When it was sent, if it is a log-out.
    std::optional<Time> arrived(const Action&);
    void keep(const Action&);
    void out(const Place&);

    std::map<Place, By> in_;
    std::map<Place, std::deque<Time>> leaving_;  ///< log-outs on their way
    std::set<Place> found_;
    std::optional<std::string> broken_;
};

}  // namespace cticonnector::engine::testing
