#pragma once
// Engine values as text: the members of a value, in one fixed order. Two printed forms are equal when
// the values are, so runs can be compared byte for byte (allocation.md section 6, rule 8). The canonical form
// renumbers ids by first appearance, replaces times by their order and caps counters at 2, so that states
// which differ only in those are one state.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/engine/engine.hpp"

namespace cticonnector::engine::testing {

class Printer {
  public:
    enum class Form { plain, canonical };
    explicit Printer(Form form = Form::plain) : canonical_(form == Form::canonical) {}

    template <class T>
    void put(const T& value);
    std::string take() { return std::move(text_); }
    /// With times replaced by their order among those still to come; "-" for what is past.
    std::string take_ranked(Time now);

  private:
    template <class T>
    void put_members(const T& value);
    template <class T>
    void put_counter(const T& value) {
        put(canonical_ ? std::min<T>(value, 2) : value);
    }
    void put_id(std::string_view kind, std::string id, bool none);
    void put_time(const Time&);

    struct Known {
        std::string_view kind;
        std::string id;
    };
    bool canonical_;
    std::string text_;
    std::vector<Known> ids_;                           ///< in order of appearance
    std::vector<std::pair<std::size_t, Time>> times_;  ///< where in the text they stand
};

namespace detail {

template <class T>
inline constexpr bool is_id = false;
template <class Tag, class Rep>
inline constexpr bool is_id<Id<Tag, Rep>> = true;
template <class Tag>
inline constexpr bool is_id<FrontId<Tag>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
concept List = requires(const T& list) {
    list.begin();
    list.end();
};

}  // namespace detail

template <class T>
void Printer::put(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        text_ += value ? '1' : '0';
    } else if constexpr (std::is_enum_v<T>) {
        text_ += std::to_string(static_cast<int>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        text_ += std::to_string(value);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        text_ += '"' + std::string(value) + '"';
    } else if constexpr (std::is_same_v<T, Secret>) {
        text_ += Secret::shown;
    } else if constexpr (std::is_same_v<T, Time>) {
        put_time(value);
    } else if constexpr (std::is_same_v<T, Duration>) {
        put(value.count());
    } else if constexpr (std::is_same_v<T, AgentId>) {
        put_id("agent", value.name, value == AgentId{});
    } else if constexpr (std::is_same_v<T, TaskId>) {
        put_id("task",
               std::to_string(value.group_high) + '.' + std::to_string(value.group_low) + '.' +
                   std::to_string(value.sequence),
               value == no_task);
    } else if constexpr (std::is_same_v<T, CallId>) {
        put_id("call",
               std::to_string(value.call) + '/' + std::to_string(value.device_type) + '/' + value.device,
               value == CallId{});
    } else if constexpr (detail::is_id<T>) {
        if constexpr (std::is_arithmetic_v<decltype(value.value)>) {
            put_id(typeid(T).name(), std::to_string(value.value), value == T{});
        } else {
            put_id(typeid(T).name(), value.value, value == T{});
        }
    } else if constexpr (std::is_same_v<T, ItemInfoPtr>) {
        if (canonical_) return;  // carried, never read
        static const ItemInfo empty;
        if (value && !(*value == empty)) put_members(*value);
    } else if constexpr (std::is_same_v<T, ItemPtr>) {
        put(*value);
    } else if constexpr (std::is_same_v<T, DocumentPtr>) {
        if (value) put(value->text);
    } else if constexpr (detail::is_optional<T>) {
        if (value) put(*value);
    } else if constexpr (detail::is_variant<T>) {
        std::visit(
            [&]<class One>(const One& one) {
                if constexpr (detail::is_variant<One>) return put(one);  // an action, by its addressee
                text_ += typeid(one).name();
                put_members(one);
            },
            value);
    } else if constexpr (detail::List<T>) {
        text_ += '[';
        for (const auto& one : value) {
            put(one);
            text_ += ',';
        }
        text_ += ']';
    } else {
        put_members(value);
    }
}

template <class T>
void Printer::put_members(const T& value) {
    text_ += '{';
#define CTICONNECTOR_MEMBER(name)             \
    if constexpr (requires { value.name; }) { \
        text_ += #name "=";                   \
        put(value.name);                      \
        text_ += ' ';                         \
    }
#define CTICONNECTOR_COUNTER(name)            \
    if constexpr (requires { value.name; }) { \
        text_ += #name "=";                   \
        put_counter(value.name);              \
        text_ += ' ';                         \
    }
    // who and what
    CTICONNECTOR_MEMBER(what)
    CTICONNECTOR_MEMBER(id)
    CTICONNECTOR_MEMBER(operation)
    CTICONNECTOR_MEMBER(subscription)
    CTICONNECTOR_MEMBER(user)
    CTICONNECTOR_MEMBER(user_name)
    CTICONNECTOR_MEMBER(agent)
    CTICONNECTOR_MEMBER(app_id)
    CTICONNECTOR_MEMBER(device)
    CTICONNECTOR_MEMBER(link)
    CTICONNECTOR_MEMBER(channel)
    CTICONNECTOR_MEMBER(key)
    CTICONNECTOR_MEMBER(item)
    CTICONNECTOR_MEMBER(task)
    CTICONNECTOR_MEMBER(call)
    CTICONNECTOR_MEMBER(purpose)
    // what is said of it
    CTICONNECTOR_MEMBER(fault)
    CTICONNECTOR_MEMBER(failure)
    CTICONNECTOR_MEMBER(text)
    CTICONNECTOR_MEMBER(data)
    CTICONNECTOR_MEMBER(origin)
    CTICONNECTOR_MEMBER(decision)
    CTICONNECTOR_MEMBER(tell)
    CTICONNECTOR_MEMBER(authenticate_only)
    CTICONNECTOR_MEMBER(forced)
    CTICONNECTOR_MEMBER(wish)
    CTICONNECTOR_MEMBER(workmode)
    CTICONNECTOR_MEMBER(logged_on)
    CTICONNECTOR_MEMBER(status)
    CTICONNECTOR_MEMBER(contact_center_lost)
    CTICONNECTOR_MEMBER(limits)
    CTICONNECTOR_MEMBER(values)
    CTICONNECTOR_MEMBER(value)
    CTICONNECTOR_MEMBER(processing)
    CTICONNECTOR_MEMBER(capabilities)
    CTICONNECTOR_MEMBER(task_limit)
    CTICONNECTOR_MEMBER(channels)
    CTICONNECTOR_MEMBER(ready)
    CTICONNECTOR_MEMBER(logged_in)
    CTICONNECTOR_MEMBER(final)
    CTICONNECTOR_MEMBER(count)
    CTICONNECTOR_MEMBER(label)
    CTICONNECTOR_MEMBER(ending)
    CTICONNECTOR_MEMBER(routed)
    CTICONNECTOR_MEMBER(destination)
    CTICONNECTOR_MEMBER(to_user)
    CTICONNECTOR_MEMBER(step)
    if constexpr (requires { value.tries; }) {  // an item's is told and decides nothing
        if (!canonical_) put(value.end);
    } else {
        CTICONNECTOR_MEMBER(end)
    }
    CTICONNECTOR_MEMBER(selector)
    CTICONNECTOR_MEMBER(previous)
    CTICONNECTOR_MEMBER(preferred)
    CTICONNECTOR_MEMBER(info)
    CTICONNECTOR_MEMBER(verdict)
    CTICONNECTOR_MEMBER(refusal)
    CTICONNECTOR_MEMBER(made)
    CTICONNECTOR_MEMBER(checks)
    CTICONNECTOR_MEMBER(check)
    CTICONNECTOR_MEMBER(ok)
    CTICONNECTOR_MEMBER(source)
    CTICONNECTOR_MEMBER(have)
    CTICONNECTOR_MEMBER(limit)
    CTICONNECTOR_MEMBER(waited)
    // records
    CTICONNECTOR_MEMBER(phase)
    CTICONNECTOR_MEMBER(shadow)
    CTICONNECTOR_MEMBER(crm)
    CTICONNECTOR_MEMBER(crm_grace)
    CTICONNECTOR_MEMBER(login)
    CTICONNECTOR_MEMBER(subscribe)
    CTICONNECTOR_MEMBER(media_open)
    CTICONNECTOR_MEMBER(refusals)
    CTICONNECTOR_MEMBER(next_login)
    CTICONNECTOR_MEMBER(logout_after_items)
    CTICONNECTOR_MEMBER(stale)
    CTICONNECTOR_MEMBER(media)
    CTICONNECTOR_MEMBER(base)
    CTICONNECTOR_MEMBER(found)
    CTICONNECTOR_MEMBER(routable)
    CTICONNECTOR_MEMBER(own_not_ready)
    if constexpr (requires { value.own_reason; }) {
        if (value.own_not_ready != OwnNotReady::none) put(value.own_reason);
    }
    CTICONNECTOR_MEMBER(task_awaited_to)
    CTICONNECTOR_MEMBER(reason_unknown)
    CTICONNECTOR_MEMBER(items)
    CTICONNECTOR_MEMBER(sessions)
    CTICONNECTOR_MEMBER(state)
    CTICONNECTOR_MEMBER(next)
    if constexpr (requires { value.external_id; }) {
        text_ += "external_id=";
        put_id("external", value.external_id, value.external_id.empty());
        text_ += ' ';
    }
    CTICONNECTOR_MEMBER(request)
    if (!canonical_) {  // shown or told; what is decided by them is the same in all states that are compared
        CTICONNECTOR_MEMBER(next_try)
        CTICONNECTOR_MEMBER(reason)
        CTICONNECTOR_MEMBER(back_because)
        CTICONNECTOR_MEMBER(part)
        CTICONNECTOR_MEMBER(told)
        CTICONNECTOR_MEMBER(readiness)
        CTICONNECTOR_MEMBER(cause)
        CTICONNECTOR_MEMBER(asked_for)
        CTICONNECTOR_MEMBER(why)
        CTICONNECTOR_MEMBER(attempt)
        CTICONNECTOR_MEMBER(hidden)
        CTICONNECTOR_MEMBER(confirmed)
        CTICONNECTOR_MEMBER(hidden_until)
        CTICONNECTOR_MEMBER(last_task)
        CTICONNECTOR_MEMBER(parked_because)
        CTICONNECTOR_MEMBER(offers)
        CTICONNECTOR_MEMBER(a0_rejects)
        CTICONNECTOR_MEMBER(a1_rejects)
        CTICONNECTOR_MEMBER(since)
    } else if constexpr (requires { value.tries; }) {
        if (value.state == ItemState::waiting) put(value.task().routing.next_try);
    }
    CTICONNECTOR_MEMBER(tries)
    CTICONNECTOR_MEMBER(routing)
    CTICONNECTOR_MEMBER(work)
    CTICONNECTOR_MEMBER(until)
    CTICONNECTOR_MEMBER(due)
    CTICONNECTOR_MEMBER(owed)
    CTICONNECTOR_MEMBER(back)
    CTICONNECTOR_MEMBER(counts)
    CTICONNECTOR_MEMBER(wrapup_required)
    if constexpr (requires { value.time; }) {  // what is due
        put(value.time);
        put(value.why);
    }
    CTICONNECTOR_MEMBER(line)
    CTICONNECTOR_MEMBER(showing)
    CTICONNECTOR_MEMBER(missing)
    CTICONNECTOR_MEMBER(dialled)
    CTICONNECTOR_MEMBER(undecided)
    CTICONNECTOR_MEMBER(waiting)
    CTICONNECTOR_MEMBER(operations)
    CTICONNECTOR_MEMBER(deadline)
    CTICONNECTOR_MEMBER(late)
    CTICONNECTOR_COUNTER(manual_sessions)
    CTICONNECTOR_COUNTER(hidden_sessions)
    CTICONNECTOR_MEMBER(not_ready_by)
    CTICONNECTOR_MEMBER(refused)
    CTICONNECTOR_MEMBER(ready_after_call)
    CTICONNECTOR_MEMBER(forwarded_to)
    CTICONNECTOR_COUNTER(rona)
    CTICONNECTOR_COUNTER(rejects)
    CTICONNECTOR_MEMBER(parked_by_router)
    CTICONNECTOR_MEMBER(first)
    CTICONNECTOR_MEMBER(second)
    // payload
    CTICONNECTOR_MEMBER(media_id)
    CTICONNECTOR_MEMBER(queue)
    CTICONNECTOR_MEMBER(local_number)
    CTICONNECTOR_MEMBER(title)
    CTICONNECTOR_MEMBER(scenario)
    CTICONNECTOR_MEMBER(scenario_text)
    CTICONNECTOR_MEMBER(ecc)
    CTICONNECTOR_MEMBER(fields)
    CTICONNECTOR_MEMBER(remote_numbers)
    CTICONNECTOR_MEMBER(called_number)
    CTICONNECTOR_MEMBER(outbound)
    CTICONNECTOR_MEMBER(attached_data)
    CTICONNECTOR_MEMBER(call_variables)
#undef CTICONNECTOR_MEMBER
#undef CTICONNECTOR_COUNTER
    text_ += '}';
}

template <class T>
std::string printed(const T& value) {
    Printer printer;
    printer.put(value);
    return printer.take();
}
std::string printed(const Actions& actions);

/// The calls at an agent's phone.
std::vector<Item> calls_of(const Agent& agent);

/// The whole engine, one agent or many, in its canonical form.
std::string canonical(const Engine& engine, Time now);

}  // namespace cticonnector::engine::testing
