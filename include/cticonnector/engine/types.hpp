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

#include "cticonnector/base/described.hpp"
#include "cticonnector/base/id.hpp"
#include "cticonnector/base/phrase.hpp"

namespace cticonnector::engine {

/// When something happened, handed in by the caller; only differences count.
using Time = std::chrono::steady_clock::time_point;
using Duration = std::chrono::milliseconds;

/// The word of any of the engine's enumerations, as log, explanations and admin answers show it.
template <DescribedEnum E>
constexpr std::string_view name(E value) {
    return word_of(value);
}

enum class Channel : std::uint8_t { voice, action, chat };
BOOST_DESCRIBE_ENUM(Channel, voice, action, chat)
inline constexpr auto channels = enumerators<Channel>();
inline constexpr std::size_t channel_count = channels.size();
/// Whose items are routed as tasks.
inline constexpr std::array task_channels{Channel::action, Channel::chat};
constexpr std::size_t index(Channel channel) { return static_cast<std::size_t>(channel); }

/// One value per channel, indexed by it.
template <class T>
struct PerChannel {
    BOOST_DESCRIBE_CLASS(PerChannel, (), (values), (), ())
    std::array<T, channel_count> values{};
    T& operator[](Channel channel) { return values[index(channel)]; }
    const T& operator[](Channel channel) const { return values[index(channel)]; }
    bool operator==(const PerChannel&) const = default;
};

/// A link to one contact center, or to one media router. Others than its own an engine passes over.
using LinkId = Id<struct LinkTag, std::uint16_t>;

/// An agent of one peripheral, by the name the contact center knows (agent id,
/// or login name with AgentLoginType 5).
struct AgentId {
    std::uint32_t peripheral{};
    std::string name;
    auto operator<=>(const AgentId&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentId, (), (peripheral, name))
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
BOOST_DESCRIBE_ENUM(Front, sap, desk, chat, operators)
constexpr auto own_words(Front) { return std::array{Word{Front::operators, "operator"}}; }

/// An id that a front has chosen. Its number is one of all fronts' (Numbers) and is never used twice.
template <class Tag>
struct FrontId {
    BOOST_DESCRIBE_CLASS(FrontId, (), (value, front), (), ())
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
BOOST_DESCRIBE_STRUCT(TaskId, (), (group_high, group_low, sequence))
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
BOOST_DESCRIBE_STRUCT(CallId, (), (call, device_type, device))
/// Call 0 without a device names nothing, also when it comes off the wire.
inline bool is_none(const CallId& id) { return id.call == 0 && id.device.empty(); }

/// The CRM's own document about an item, read once by its shell, when it arrives: what it was, and what
/// stands before and behind the parts that are written anew with each event.
struct Document {
    std::string text, before, behind;
    bool operator==(const Document&) const = default;
};
BOOST_DESCRIBE_STRUCT(Document, (), (text, before, behind))
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
BOOST_DESCRIBE_STRUCT(ItemInfo, (),
                      (media_id, queue, local_number, called_number, remote_numbers, outbound, call_variables,
                       ecc, attached_data, title, scenario, scenario_text, fields))
using ItemInfoPtr = std::shared_ptr<const ItemInfo>;

/// Who caused something: the CRM (or its agent), the contact center, or this software by itself.
enum class Origin : std::uint8_t { crm, cc, connector };
BOOST_DESCRIBE_ENUM(Origin, crm, cc, connector)

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
BOOST_DESCRIBE_ENUM(Why, asked, login, supervisor, A0, A1, no_reason, RONA, crm_gone, crm_back, link_lost,
                    link_back, logout_wish, after_call)
struct Cause {
    Why why = Why::asked;
    Origin origin = Origin::crm;
    ItemKey item;  ///< that caused it
    bool operator==(const Cause&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cause, (), (why, origin, item))

}  // namespace cticonnector::engine

template <class Tag>
struct std::hash<cticonnector::engine::FrontId<Tag>> {
    std::size_t operator()(const cticonnector::engine::FrontId<Tag>& id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
