#pragma once
// What the contact center consists of, as the script says it: agents, devices, skill groups, media routing
// domains, application paths, dialable numbers, script selectors, CTI server sides and the MR PIM.
// Durations are milliseconds in the script. Errors: ScriptError with the place. Source: docs/simulators.md;
// defaults of media routing domains: MR fact sheet section 3.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cticonnector/base/id.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim::cc {

using std::chrono::milliseconds;

// Index into Settings::agents.
using AgentIndex = Id<struct AgentTag, std::uint32_t>;

// Index into Settings::mrds; voice is always the first.
using MrdIndex = std::size_t;
inline constexpr MrdIndex voice_mrd = 0;

struct MrdSettings {
    std::int32_t id = 1;
    bool interruptible = false;
    milliseconds task_start_timeout{30'000};
    milliseconds task_life{1'200'000};
    milliseconds max_task_duration{28'800'000};
};

struct SkillGroup {
    std::uint32_t number = 0;
    std::uint32_t id = 0;
    std::uint16_t priority = 0;
    MrdIndex mrd = voice_mrd;
};

// The number of a skill group; nothing: of none, or of everybody.
using GroupNumber = std::optional<std::uint32_t>;

enum class WrapUp : std::uint8_t { none, optional, required };

struct DeskSettings {
    WrapUp wrap_up = WrapUp::none;
    milliseconds wrap_up_time{120'000};
    milliseconds ring_no_answer{12'000};
    std::uint16_t no_answer_reason = ged188::EventReasonCode::CALL_NOT_ANSWERED;
};

struct Device {
    std::string extension;
    std::string instrument;
    auto operator<=>(const Device&) const = default;
};

struct AgentSettings {
    std::string id;
    std::string login_name;
    std::string password;
    std::int32_t icm_agent_id = 0;
    Device device;  // where a supervisor or "login" without a device signs them in
    std::vector<std::uint32_t> skill_groups;
    DeskSettings desk;
};

// What happens when a number outside is dialled; the longest prefix decides.
struct Number {
    enum class Outcome : std::uint8_t { answer, busy, ring };
    std::string prefix;
    Outcome outcome = Outcome::answer;
    milliseconds answer_after{1'000};
};

// What the routing script of a script selector does with a task.
struct Selector {
    enum class Answer : std::uint8_t { agent, label, failure };
    enum class Order : std::uint8_t { pre_call_first, do_this_first, no_pre_call };
    std::string name;
    MrdIndex mrd = voice_mrd;
    std::optional<std::uint32_t> skill_group;
    Answer answer = Answer::agent;
    std::string label;          // ROUTE_ERROR, TIMEOUT
    std::uint32_t failure = 0;  // FailureClass
    Order order = Order::pre_call_first;
    milliseconds delay{0};           // before the script begins to look for an agent
    milliseconds pre_call_delay{0};  // between the first and the second message of an assignment
    milliseconds queue_limit{0};     // then label TIMEOUT; 0 = none
    std::optional<std::uint32_t> run_script;
    bool duplicate_answer = false;
    bool answer_after_cancel = false;
};

struct Side {
    bool present = false;
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
};

struct ApplicationPath {
    std::int32_t id = 0;
    std::vector<MrdIndex> mrds;
};

struct PimSettings {
    bool present = false;
    std::string host = "127.0.0.1";
    std::uint16_t port = 38001;
    std::string name = "PIM1";
    std::uint32_t peripheral = 5001;
    milliseconds heartbeat{5'000};
    milliseconds reconnect{10'000};
    std::uint32_t tasks_per_second = 0;  // above: RATE_LIMITED; 0 = no limit
};

struct Settings {
    std::uint32_t peripheral = 5000;
    std::uint16_t peripheral_type = 17;  // PT_ENTERPRISE_AGENT
    std::string password;                // of clients; empty = any
    std::uint32_t oldest_version = 14;
    std::uint32_t newest_version = 25;
    bool failure_conf_with_code = false;  // the layout of the version 24 guide (GED-188 section 11, 1)
    std::uint16_t routable_mode = 1;      // AgentMode value of "routable" (ARM section 3.4)
    bool start_timer_stops_on_offer = false;
    bool agent_init_ready = true;  // AGENT_INIT_READY_EVENT after OPEN_CONF

    std::vector<MrdSettings> mrds;
    std::vector<SkillGroup> skill_groups;
    std::vector<AgentSettings> agents;
    std::vector<Device> devices;  // those of the agents included
    std::vector<ApplicationPath> paths;
    std::vector<Number> numbers;
    std::vector<Selector> selectors;
    Side side_a;
    Side side_b;
    bool b_active = false;
    PimSettings pim;

    std::optional<MrdIndex> mrd_of(std::int32_t id) const;
    const SkillGroup* skill_group(std::uint32_t number) const;
    // As messages name it: without one the numbers for none.
    SkillGroup told_group(GroupNumber number) const;
};

Settings read_settings(Object& script);

// The keys of a selector but its name, for the script and for the step that changes one.
void read_selector(Object& from, const Settings& settings, Selector& selector);

}  // namespace cticonnector::sim::cc
