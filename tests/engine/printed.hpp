#pragma once
// Engine values as text: all their members, as they are described. Two printed forms are equal when the
// values are, so runs can be compared byte for byte (allocation.md section 6, rule 8). The canonical form
// renumbers ids by first appearance, replaces times by their order, caps counters at 2 and leaves out what
// decides nothing, so that states which differ only in those are one state.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/engine/engine.hpp"
#include "cticonnector/language/phrases.hpp"

namespace cticonnector::engine::testing {

using language::sentence;

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
    /// `Described` is its description: what its name decides is decided by the compiler.
    template <class Described, class T, class M>
    void put_member(const T& of, const M& value);
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
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
/// Shown or told; what is decided by them is the same in all states that are compared.
inline constexpr std::array only_told{
    "next_try",       "reason",    "crm_reason",   "part",       "told",      "readiness",
    "cause",          "departure", "asked_for",    "why",        "attempt",   "hidden",
    "confirmed",      "offers",    "hidden_until", "a0_rejects", "last_task", "a1_rejects",
    "parked_because", "requests",  "since",        "profile"};
inline constexpr std::array counters{"manual_sessions", "hidden_sessions", "rona", "rejects"};
template <std::size_t n>
constexpr bool one_of(const std::array<const char*, n>& names, std::string_view name) {
    for (const char* const one : names) {
        if (one == name) return true;
    }
    return false;
}

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
        put_id("task", task_text(value), value == no_task);
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
    } else if constexpr (std::is_same_v<T, DocumentPtr>) {
        if (value) put(value->text);
    } else if constexpr (requires { value.values; }) {  // one for each channel
        put(value.values);
    } else if constexpr (detail::is_variant<T>) {
        std::visit(
            [&]<class One>(const One& one) {
                if constexpr (detail::is_variant<One>) {
                    put(one);  // an action, by its addressee
                } else {
                    text_ += typeid(one).name();
                    put_members(one);
                }
            },
            value);
    } else if constexpr (detail::List<T>) {
        text_ += '[';
        for (const auto& one : value) {
            put(one);
            text_ += ',';
        }
        text_ += ']';
    } else if constexpr (DescribedStruct<T>) {
        put_members(value);
    } else if constexpr (requires { *value; }) {  // optional or owned
        if (value) put(*value);
    } else {
        put(value.first);
        text_ += ' ';
        put(value.second);
    }
}

template <class Described, class T, class M>
void Printer::put_member(const T& of, const M& value) {
    constexpr std::string_view name = Described::name;
    constexpr bool due = std::is_same_v<T, Due>;  // its reason decides
    constexpr bool told = detail::one_of(detail::only_told, name) && !due;
    constexpr bool item_end = std::is_same_v<T, Item> && name == "end";
    if (canonical_ && (told || item_end)) return;
    if constexpr (std::is_same_v<T, Medium> && name == "own_reason") {
        if (canonical_ && of.own_not_ready == OwnNotReady::none) return;
    }
    text_ += name;
    text_ += '=';
    if constexpr (std::is_same_v<M, int> && detail::one_of(detail::counters, name)) {
        put(canonical_ ? std::min(value, 2) : value);
    } else if constexpr (std::is_same_v<M, std::string> && name == "external_id") {
        put_id("external", value, value.empty());
    } else {
        put(value);
    }
    text_ += ' ';
}

template <class T>
void Printer::put_members(const T& value) {
    text_ += '{';
    using Members = boost::describe::describe_members<T, boost::describe::mod_any_access>;
    boost::mp11::mp_for_each<Members>(
        [&]<class Described>(Described) { put_member<Described>(value, value.*Described::pointer); });
    if constexpr (std::is_same_v<T, Item>) {
        if (canonical_ && value.state == ItemState::waiting) put(value.route().next_try);
    }
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
