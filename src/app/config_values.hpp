#pragma once
// Texts of the ini file to typed values and back. read() sets the field and answers nothing, or says what is
// wrong and what a legal value is, and leaves the field alone unless it says otherwise; show() gives the text
// that read() turns into the same value.

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config_forms.hpp"
#include "cticonnector/base/encoding.hpp"
#include "cticonnector/base/secret.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/net/network.hpp"

namespace cticonnector::app {

struct Choice {
    std::string_view text;
    int value;
};

/// What a value must obey. Only the members its type needs are set.
struct Rule {
    enum class Form : std::uint8_t {
        number,
        size,
        choice,
        text,
        digits,
        host,
        authority,  ///< host, host:port or network
        path,
        language,
        url_path,
        list,
        address,
        network,  ///< or one address
        prefix_match,
        url_map
    };
    Form form = Form::text;
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool zero = false;        ///< 0 is legal beside min..max
    int scale = 1;            ///< units of the field in one unit of the key
    std::string_view unit{};  ///< of the key, when it is a time
    std::span<const Choice> choices{};
    std::size_t max_length = 0;  ///< bytes, 0 = any
    bool access = false;         ///< who may do something: a list without a legal entry allows nobody
};

/// A host, a path, a URL or a list of them: what is checked for decoration of all kinds (R-DEC-76).
bool has_form(const Rule&);

/// "1-6", "0 or 1000-7200000", "trace, debug, info", "text"
std::string describe(const Rule&);

/// What is wrong with a value, and a legal one.
struct Refusal {
    std::string text;
    std::string nearest;
    std::string_view rule = "R-ALLOC-5";
    bool used = false;  ///< the field was set all the same: by what is legal in the value
    bool mild = false;  ///< a warning
};
using Outcome = std::optional<Refusal>;

/// Number of single-character edits between two texts, without regard to case; where there are more than
/// `beyond`, any number above it, and the sooner known the smaller `beyond` is.
std::size_t edit_distance(std::string_view a, std::string_view b,
                          std::size_t beyond = std::numeric_limits<std::uint16_t>::max());
std::vector<std::string_view> split_list(std::string_view, std::string_view separators = ",");

std::optional<std::int64_t> whole_number(std::string_view);
/// `value` is what counts without the text, the default.
Outcome read_number(std::int64_t& value, std::string_view text, const Rule&);
/// So few milliseconds are written by who takes them for seconds.
constexpr bool means_seconds(std::int64_t value, const Rule& rule) {
    return rule.unit == "milliseconds" && value > 0 && value < 100;
}
Outcome read_choice(int& value, std::string_view text, const Rule&);
std::string show_number(std::int64_t value, const Rule&);
std::string show_choice(int value, const Rule&);

Outcome read(std::string& field, std::string_view text, const Rule&);
Outcome read(Secret& field, std::string_view text, const Rule&);
/// By its registered name or an alias, if the rule has it as a choice.
Outcome read(Encoding& field, std::string_view text, const Rule&);
Outcome read(std::filesystem::path& field, std::string_view text, const Rule&);
Outcome read(boost::asio::ip::address& field, std::string_view text, const Rule&);
Outcome read(net::Network& field, std::string_view text, const Rule&);
/// All or nothing: with one wrong match left out numbers would be wrong.
Outcome read(std::vector<crm::PrefixMatch>& field, std::string_view text, const Rule&);
Outcome read(crm::UrlRewrite& field, std::string_view text, const Rule&);
std::string show(const std::string&, const Rule&);
std::string show(const Secret&, const Rule&);
std::string show(const std::filesystem::path&, const Rule&);
std::string show(const boost::asio::ip::address&, const Rule&);
std::string show(const net::Network&, const Rule&);
std::string show(const std::vector<crm::PrefixMatch>&, const Rule&);
std::string show(const crm::UrlRewrite&, const Rule&);

template <class T>
requires std::integral<T> || std::is_enum_v<T> Outcome read(T& field, std::string_view text,
                                                            const Rule& rule) {
    if constexpr (std::is_enum_v<T>) {
        int value = 0;
        if (auto refusal = read_choice(value, text, rule)) return refusal;
        field = static_cast<T>(value);
    } else {
        auto value = static_cast<std::int64_t>(field);
        if (auto refusal = read_number(value, text, rule)) return refusal;
        field = static_cast<T>(value);
    }
    return {};
}

template <class T>
requires std::integral<T> || std::is_enum_v<T> std::string show(T field, const Rule& rule) {
    if constexpr (std::is_enum_v<T>) {
        return show_choice(static_cast<int>(field), rule);
    } else {
        return show_number(static_cast<std::int64_t>(field), rule);
    }
}

inline Outcome read(engine::Limit& field, std::string_view text, const Rule& rule) {
    if (auto refusal = read(field.value, text, rule)) return refusal;
    field.source = engine::Source::ini;
    return {};
}
inline std::string show(const engine::Limit& field, const Rule& rule) { return show(field.value, rule); }

inline Outcome read(std::chrono::milliseconds& field, std::string_view text, const Rule& rule) {
    std::int64_t value = field.count() / rule.scale;
    if (auto refusal = read(value, text, rule)) return refusal;
    field = std::chrono::milliseconds{value * rule.scale};
    return {};
}
inline std::string show(std::chrono::milliseconds field, const Rule& rule) {
    return show(static_cast<std::int64_t>(field.count() / rule.scale), rule);
}

/// Of an entry that was refused and is several, with something else than a comma between: says so, and names
/// those of them that are legal.
template <class T>
void tell_separators(Refusal& refusal, std::string_view entry, const Rule& rule) {
    const std::string_view several = without_comment(entry);
    const auto parts = split_list(several, "; \t");
    std::string legal;
    for (const std::string_view part : parts) {
        T value{};
        const Outcome outcome = read(value, part, rule);
        if (!outcome || outcome->used) legal += (legal.empty() ? "" : ",") + std::string{part};
    }
    if (parts.size() < 2 || legal.empty()) return;
    if (several == entry) refusal = {"is more than one, only commas separate them", {}, "R-DEC-76"};
    refusal.nearest = std::move(legal);
}

/// What is wrong with the entries of a list, each with its own nearest.
class ListRefusal {
  public:
    /// The only entry is the value itself, which its finding shows.
    explicit ListRefusal(bool alone) : alone_(alone) {}

    /// The entry counts unless it was refused.
    bool add(std::string_view entry, const Outcome&);
    Outcome result(bool nobody) &&;

  private:
    bool alone_;
    Refusal all_{.text = {}, .nearest = {}, .used = true, .mild = true};
};

/// Entries that are not legal are left out.
template <class T>
Outcome read(std::vector<T>& field, std::string_view text, const Rule& rule) {
    std::vector<T> values;
    const auto parts = split_list(text);
    ListRefusal refused{parts.size() == 1};
    for (const std::string_view part : parts) {
        T value{};
        Outcome outcome = read(value, part, rule);
        if (outcome && !outcome->used) tell_separators<T>(*outcome, part, rule);
        if (refused.add(part, outcome)) values.push_back(std::move(value));
    }
    const bool nobody = rule.access && values.empty();
    if (nobody) values.emplace_back();  // no peer is in this network, no URL has this host
    field = std::move(values);
    return std::move(refused).result(nobody);
}

template <class T>
std::string show(const std::vector<T>& field, const Rule& rule) {
    std::string text;
    for (const T& value : field) text += (text.empty() ? "" : ",") + show(value, rule);
    return text;
}

}  // namespace cticonnector::app
