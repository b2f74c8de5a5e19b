#pragma once
// The CTI session: which server it is held with, how it is opened, kept alive, closed and opened again
// (GED-188 sections 4-6 and 10; R-DEC-36, R-DEC-41, R-DEC-46). Pure: told what happened and the time, it says
// what to do with the one connection. Steps come in order into a buffer that the caller owns.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/routing/settings.hpp"
#include "oddities.hpp"
#include "reconnect.hpp"

namespace cticonnector::routing {

/// InvokeIDs of one link: never twice in a session (R-DEC-36), and not soon after.
struct InvokeIds {
    std::uint32_t last = 0;
    std::uint32_t next() { return ++last == 0 ? ++last : last; }
};

// ---- what to do with the connection
/// The old connection is gone; make one to this side and tell connected() or lost().
struct Connect {
    std::size_t side = 0;
};
struct CtiSend {
    std::vector<std::uint8_t> bytes;
};
/// Drop the connection with linger 0; nothing of it is told any more.
struct Reset {};
// ---- what became of the link
struct Up {
    std::size_t side = 0;
    ged188::Version version;
};
/// The link, or an attempt to make one, is lost.
struct Down {
    std::size_t side = 0;
    std::string why;
    bool was_up = false;
    std::optional<std::chrono::milliseconds> retry;  ///< nothing: no new attempt, or the session stands
    bool standby = false;                            ///< it is only the standby side
};
/// Of a side that refuses because it is standby only the first of several (R-DEC-87).
struct OpenRefused {
    std::size_t side = 0;
    std::string why;
    bool standby = false;
    std::string_view key;  ///< of the configuration, where the number has a usual cause
};
/// What the server has not granted or says of its own state,
/// at each OPEN_CONF and when it changes (R-DEC-77, R-DEC-88).
struct Condition {
    std::size_t side = 0;
    std::uint32_t services_missing = 0;      ///< CTIServiceMask
    std::uint32_t pg_status = 0;             ///< PGStatus
    std::vector<std::uint32_t> peripherals;  ///< that it has instead of ours
    bool operator==(const Condition&) const = default;
};
struct Stopped {};
using CtiStep = std::variant<Connect, CtiSend, Reset, Up, Down, OpenRefused, Condition, Stopped>;

class CtiSession {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// How long a connection may take to be made, with all addresses of a name: whoever makes it tells lost()
    /// when the time is over. Twenty addresses have their turn in it (R-DEC-72).
    static constexpr std::chrono::seconds connect_wait{5};
    /// Waits that the documents fix.
    static constexpr std::chrono::seconds open_wait{30};  ///< R-DEC-41
    static constexpr std::chrono::seconds close_wait{1};  ///< R-DEC-61
    static constexpr int heartbeats_lost = 3;             ///< GED-188 section 6
    /// A new schedule begins with an attempt at once, but not more often than this.
    static constexpr std::chrono::seconds lasting{5};

    /// `settings`: the sides are read once, here.
    CtiSession(const Current<Settings>& settings, InvokeIds&, std::uint64_t seed);

    void start(Time now, std::vector<CtiStep>&);
    void connected(Time now, std::vector<CtiStep>&);
    /// The connection could not be made, or is gone.
    void lost(const std::string& why, Time now, std::vector<CtiStep>&);
    /// Returns false for messages that are not the session's own.
    bool on(const ged188::Frame&, Time now, std::vector<CtiStep>&);
    /// Something else was sent.
    void sent(Time now) { last_sent_ = now; }
    void stop(Time now, std::vector<CtiStep>&);

    void on_time(Time now, std::vector<CtiStep>&);
    std::optional<Time> next_deadline() const;

    ged188::Version version() const { return {settings_->protocol_version}; }
    bool up() const { return state_ == State::open && online_; }
    bool stopped() const { return state_ == State::stopped; }

    Oddities odd;

  private:
    /// In `leaving` and `closing` CLOSE_REQ is out: another attempt follows, or the end.
    enum class State : std::uint8_t { idle, waiting, connecting, opening, open, leaving, closing, stopped };
    /// What a lost session or attempt is followed by (R-DEC-41): the schedule's next, or a new one that
    /// begins with the same or the other side.
    enum class Then : std::uint8_t { next, same, other };

    Then on_loss() const { return state_ == State::open ? Then::same : Then::next; }
    void attempt(Time now, std::vector<CtiStep>&);
    void fail(const std::string& why, Then, Time now, std::vector<CtiStep>&, bool standby = false);
    void ask_to_close(State, Time now, std::vector<CtiStep>&);
    void closed(Time now, std::vector<CtiStep>&);
    void heard(Time now);
    bool in_session(const ged188::Frame&, Time now, std::vector<CtiStep>&);
    template <class M>
    void read(const ged188::Frame&, Time now, std::vector<CtiStep>&, auto&& act);
    bool failure(const ged188::Frame&, Time now, std::vector<CtiStep>&);
    void opened(const ged188::OpenConf&, Time now, std::vector<CtiStep>&);
    void refused(const ged188::FailureConf&, Time now, std::vector<CtiStep>&);
    void tell_standby(std::string why, std::vector<CtiStep>&);
    void system_event(const ged188::SystemEvent&, std::vector<CtiStep>&);
    void set_condition(Condition, std::vector<CtiStep>&);
    void set_online(bool online, const std::string& why, std::vector<CtiStep>&);
    void heartbeat_or_fail(Time now, std::vector<CtiStep>&);
    template <class M>
    void send(const M& message, Time now, std::vector<CtiStep>&);

    const Current<Settings>& settings_;
    InvokeIds& ids_;
    ReconnectSchedule schedule_;
    State state_ = State::idle;
    std::size_t side_ = 0;
    Time deadline_{};  ///< of waiting, opening, leaving and closing
    Time last_sent_{};
    Time silent_at_{};  ///< when silence asks for the next heartbeat (R-DEC-63)
    std::optional<Time> last_restart_;
    std::uint32_t open_id_ = 0;
    int unanswered_ = 0;                  ///< heartbeats since something was received
    bool online_ = false;                 ///< the peripheral
    std::array<bool, 2> standby_told_{};  ///< since the link was last up
    Condition condition_;
};

/// OPEN_REQ as R-DEC-36 has it, without ClientID and ClientPassword.
ged188::OpenReq open_request(const Settings&, std::uint32_t invoke_id);

}  // namespace cticonnector::routing
