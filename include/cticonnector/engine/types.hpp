#pragma once
// The engine's own words: who and what its events and actions speak of. Nothing here knows GED-188, ICI,
// sockets, files or a clock; all texts are UTF-8.

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/base/id.hpp"

namespace cticonnector::engine {

/// When something happened, handed in by the caller; only differences count.
using Time = std::chrono::steady_clock::time_point;
using Duration = std::chrono::milliseconds;

enum class Channel : std::uint8_t { voice, action, chat };
inline constexpr std::size_t channel_count = 3;
inline constexpr std::array channels{Channel::voice, Channel::action, Channel::chat};
constexpr std::size_t index(Channel channel) { return static_cast<std::size_t>(channel); }
std::string_view name(Channel);

/// One value per channel, indexed by it.
template <class T>
struct PerChannel {
    std::array<T, channel_count> values{};
    T& operator[](Channel channel) { return values[index(channel)]; }
    const T& operator[](Channel channel) const { return values[index(channel)]; }
    bool operator==(const PerChannel&) const = default;
};

/// The link to one contact center. One is configured today; the id is explicit because more will come.
using LinkId = Id<struct LinkTag, std::uint16_t>;

/// An agent of one peripheral, by the name the contact center knows (agent id,
/// or login name with AgentLoginType 5).
struct AgentId {
    std::uint32_t peripheral{};
    std::string name;
    auto operator<=>(const AgentId&) const = default;
};
struct AgentIdHash {
    std::size_t operator()(const AgentId& id) const noexcept {
        return std::hash<std::string>{}(id.name) ^ (std::size_t{id.peripheral} * 0x9E3779B97F4A7C15u);
    }
};

/// The CRM user as the key of their subscription: folded to one case and trimmed, so that equal users compare
/// equal (R-DEC-12, R-LOGIN-8). Make one with user_id().
using UserId = Id<struct UserTag, std::string>;
UserId user_id(std::string_view crm_user);

/// The shell that chose an id: what concerns it goes there.
enum class Front : std::uint8_t { sap, desk, chat, operators };
std::string_view name(Front);

/// An id that a front has chosen. Its number is one of all fronts' (Numbers) and is never used twice.
template <class Tag>
struct FrontId {
    std::uint64_t value{};
    Front front = Front::sap;
    auto operator<=>(const FrontId&) const = default;
};
/// One communication session of the CRM (one subscribe).
using SubscriptionId = FrontId<struct SubscriptionTag>;
/// One request of the CRM, answered by exactly one Reply.
using RequestId = FrontId<struct RequestTag>;
/// One request to the contact center. Chosen by the engine, echoed in its outcome.
using OperationId = Id<struct OperationTag, std::uint64_t>;

/// An action item or chat from its arrival to its end, through all its offers. Numbered by the engine.
using ItemId = Id<struct ItemTag, std::uint64_t>;

/// What the CRM calls one offer of an item: "call-12345-17", "act-42-1", "chat-9-1". A call keeps
/// its key when it is shown again (R-DEC-20); an action item or chat gets a new one with each offer
/// (R-DEC-28). An empty one names nothing.
using ItemKey = Id<struct ItemKeyTag, std::string>;

/// The contact center's id of one piece of media work: TaskGroupHigh, TaskGroupLow, SequenceNumber.
struct TaskId {
    std::int32_t group_high = -1;
    std::int32_t group_low = -1;
    std::int32_t sequence = -1;
    auto operator<=>(const TaskId&) const = default;
};
/// "151635_312_1"
std::string task_text(const TaskId&);
inline constexpr TaskId no_task{};  ///< names nothing, also when it comes off the wire

/// The agent's own connection of a phone call: opaque to the engine,
/// compared and echoed with its type (R-DEC-37).
struct CallId {
    std::uint32_t call{};
    std::uint16_t device_type{};
    std::string device;
    auto operator<=>(const CallId&) const = default;
};
/// Call 0 without a device names nothing, also when it comes off the wire.
inline bool is_none(const CallId& id) { return id.call == 0 && id.device.empty(); }

/// The CRM's own document about an item, read once by its shell, when it arrives: what it was, and what
/// stands before and behind the parts that are written anew with each event.
struct Document {
    std::string text, before, behind;
    bool operator==(const Document&) const = default;
};
/// Null where there is none.
using DocumentPtr = std::shared_ptr<const Document>;

/// What an item is about. The engine carries it from one side to the other and never reads it.
struct ItemInfo {
    std::string media_id;                        ///< MID: decimal call id or "high_low_sequence" (R-DEC-39)
    std::string queue;                           ///< queue.id (R-DEC-54)
    std::string local_number;                    ///< the agent's device
    std::string called_number;                   ///< DNIS
    std::vector<std::string> remote_numbers;     ///< ANI first, as the contact center gave them
    bool outbound = false;                       ///< a call that the agent dialled
    std::array<std::string, 10> call_variables;  ///< CV01..CV10
    std::vector<std::pair<std::string, std::string>> ecc;  ///< expanded variables, name and value
    DocumentPtr attached_data;
    std::string title;
    std::string scenario, scenario_text;  ///< scenarioId of addActionItem
    /// The business object's members (ActionItem), as given.
    std::vector<std::pair<std::string, std::string>> fields;
    bool operator==(const ItemInfo&) const = default;  ///< the same document, not one like it
};
using ItemInfoPtr = std::shared_ptr<const ItemInfo>;

/// Who caused something: the CRM (or its agent), the contact center, or this software by itself.
enum class Origin : std::uint8_t { crm, cc, connector };
std::string_view name(Origin);

/// Why an agent is ready or not ready (R-DEC-82).
enum class Why : std::uint8_t {
    asked,       ///< by the agent, through the CRM
    login,       ///< as the log-on has left the agent, or found them in the contact center
    supervisor,  ///< in the contact center, by whomever
    A0,          ///< an item came back, as with the next two
    A1,
    no_reason,
    RONA,
    crm_gone,
    crm_back,
    link_lost,
    link_back,
    logout_wish,  ///< work mode 1 with items open
    after_call,   ///< ready again after a call that they dialled while Ready
};
std::string_view name(Why);
struct Cause {
    Why why = Why::asked;
    Origin origin = Origin::crm;
    ItemKey item;  ///< that caused it
    bool operator==(const Cause&) const = default;
};

}  // namespace cticonnector::engine

template <class Tag>
struct std::hash<cticonnector::engine::FrontId<Tag>> {
    std::size_t operator()(const cticonnector::engine::FrontId<Tag>& id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
