#include "config_values.hpp"

#include <array>
#include <charconv>
#include <initializer_list>
#include <numeric>

#include "cticonnector/base/text.hpp"

namespace cticonnector::app {
namespace {

constexpr std::int64_t kilobyte = 1024;
constexpr std::int64_t megabyte = kilobyte * 1024;

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

/// A size with its KB or MB (config-keys.md section 1); too large to be counted: as large as can be.
std::optional<std::int64_t> size_in_bytes(std::string_view text) {
    std::int64_t unit = 1;
    if (ends_with_ignoring_case(text, "KB")) unit = kilobyte;
    if (ends_with_ignoring_case(text, "MB")) unit = megabyte;
    if (unit > 1) text = trim(text.substr(0, text.size() - 2));
    const auto count = whole_number(text);
    if (!count) return {};
    const bool fits = *count <= INT64_MAX / unit && *count >= INT64_MIN / unit;
    return fits ? *count * unit : *count < 0 ? INT64_MIN : INT64_MAX;
}

Refusal refusal(const Rule& rule, std::string nearest = {}) {
    return {"not a legal value (" + describe(rule) + ")", std::move(nearest)};
}
Refusal refusal(const Rule& rule, FormError error) {
    return {error.why + ", not a legal value (" + describe(rule) + ")", std::move(error.nearest), "R-DEC-76"};
}

FormCheck check_form(std::string_view text, Rule::Form form) {
    switch (form) {
        case Rule::Form::host: return check_host(text);
        case Rule::Form::authority: return check_authority(text);
        case Rule::Form::path: return check_path(text);
        case Rule::Form::language: return check_language(text);
        case Rule::Form::url_path: return check_url_path(text);
        case Rule::Form::url_map: return check_url(text);
        default: return {};
    }
}

/// Of a value with a # behind it; nothing for another.
template <class T>
Outcome refuse_comment(std::string_view text, const Rule& rule,
                       Outcome (*read)(T&, std::string_view, const Rule&), T value = {}) {
    const std::string_view alone = without_comment(text);
    if (alone == text) return {};
    const Outcome outcome = read(value, alone, rule);
    return refusal(
        rule, FormError{std::string{begins_no_comment}, outcome ? outcome->nearest : std::string{alone}});
}

bool is_legal(std::int64_t value, const Rule& rule) {
    return (rule.zero && value == 0) || (value >= rule.min && value <= rule.max);
}

/// Thousands may be milliseconds where the key has seconds, and the other way round. Whoever writes 0 or -1
/// wants no least of anything: what stands there without the value is nearer.
std::string nearest_number(std::int64_t value, std::int64_t without, const Rule& rule) {
    if (value <= 0) return is_legal(without, rule) ? show_number(without, rule) : std::string{};
    if (means_seconds(value, rule)) return show_number(std::clamp(value * 1'000, rule.min, rule.max), rule);
    if (rule.zero && value < rule.min / 2) return show_number(0, rule);
    if (value > rule.max && value % rule.scale == 0) value /= rule.scale;
    return show_number(std::clamp(value, rule.min, rule.max), rule);
}

/// What "2s" and "2 min" are in the key's unit.
std::optional<std::int64_t> time_with_unit(std::string_view text, const Rule& rule) {
    struct Unit {
        std::string_view name;
        std::int64_t milliseconds;
    };
    constexpr std::array units{Unit{"ms", 1},     Unit{"s", 1'000},    Unit{"sec", 1'000},
                               Unit{"m", 60'000}, Unit{"min", 60'000}, Unit{"h", 3'600'000}};
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = whole_number(text.substr(0, end));
    const std::string_view name = trim(text.substr(end));
    const auto unit =
        std::ranges::find_if(units, [&](const Unit& u) { return equal_ignoring_case(u.name, name); });
    if (rule.unit.empty() || !count || unit == units.end() || *count > INT64_MAX / unit->milliseconds)
        return {};
    const std::int64_t time = *count * unit->milliseconds;
    return time % rule.scale == 0 ? std::optional{time / rule.scale} : std::nullopt;
}

/// What "100M" and "2GB" are in bytes.
std::optional<std::int64_t> size_with_unit(std::string_view text) {
    std::string size{text};
    if (!ends_with_ignoring_case(size, "B")) size += 'B';
    const bool giga = ends_with_ignoring_case(size, "GB");
    if (giga) size.replace(size.size() - 2, 1, "M");
    const auto bytes = size_in_bytes(size);
    if (!giga || !bytes) return bytes;
    return *bytes <= INT64_MAX / kilobyte ? std::optional{*bytes * kilobyte} : std::nullopt;
}

/// "1" of "true", for a key that is switched by a number.
std::string nearest_switch(std::string_view text) {
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words, [&](auto word) { return equal_ignoring_case(word, text); });
    };
    if (is_one_of({"true", "yes", "on", "enabled"})) return "1";
    return is_one_of({"false", "no", "off", "disabled"}) ? "0" : "";
}

/// Of a text that is no number.
std::string nearest_of_text(std::string_view text, const Rule& rule) {
    if (rule.min == 0 && rule.max == 1) return nearest_switch(text);
    const auto meant = rule.form == Rule::Form::size ? size_with_unit(text) : time_with_unit(text, rule);
    return meant && is_legal(*meant, rule) ? show_number(*meant, rule) : std::string{};
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string only_digits(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

}  // namespace

std::string describe(const Rule& rule) {
    switch (rule.form) {
        case Rule::Form::number:
        case Rule::Form::size:
            return (rule.unit.empty() ? "" : std::string{rule.unit} + ", ") + (rule.zero ? "0 or " : "") +
                   show_number(rule.min, rule) + "-" + show_number(rule.max, rule);
        case Rule::Form::choice: {
            std::string text;
            for (const Choice& choice : rule.choices)
                text += (text.empty() ? "" : ", ") + std::string{choice.text};
            return text;
        }
        case Rule::Form::text:
            return rule.max_length == 0 ? "text"
                                        : "text, at most " + std::to_string(rule.max_length) + " bytes";
        case Rule::Form::digits: return "digits";
        case Rule::Form::host: return "host name or IP address";
        case Rule::Form::authority: return "host name, IP address or network";
        case Rule::Form::path: return "path";
        case Rule::Form::language: return "two letters, as EN";
        case Rule::Form::url_path: return "path that begins with / and has no blank";
        case Rule::Form::list: return "comma-separated list";
        case Rule::Form::address: return "IP address";
        case Rule::Form::network: return "IP address or network, as 10.0.0.0/24";
        case Rule::Form::prefix_match:
            return "X,Y with digits X and Y, Y may be empty; several with ; between";
        case Rule::Form::url_map: return "comma-separated from=to pairs";
    }
    return {};
}

bool has_form(const Rule& rule) {
    constexpr std::array forms{Rule::Form::host,     Rule::Form::authority, Rule::Form::path,
                               Rule::Form::url_path, Rule::Form::address,   Rule::Form::network,
                               Rule::Form::url_map};
    return std::ranges::find(forms, rule.form) != forms.end();
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t beyond) {
    // each further character of the longer one is an edit at least
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > beyond) return beyond + 1;
    const std::string above = to_lower(std::string(b));
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const char here = to_lower(a[i - 1]);
        std::size_t diagonal = std::exchange(row[0], i);
        std::size_t left = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= above.size(); ++j) {
            const std::size_t replaced = diagonal + (here == above[j - 1] ? 0 : 1);
            diagonal = row[j];
            left = row[j] = std::min(replaced, std::min(diagonal, left) + 1);
            least = std::min(least, left);
        }
        if (least > beyond) return beyond + 1;  // no later row has less
    }
    return row.back();
}

std::vector<std::string_view> split_list(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        if (const auto part = trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size()) return {};
    if (error == std::errc::result_out_of_range) return text.front() == '-' ? INT64_MIN : INT64_MAX;
    return error == std::errc{} ? std::optional{value} : std::nullopt;
}

Outcome read_number(std::int64_t& value, std::string_view text, const Rule& rule) {
    const auto number = rule.form == Rule::Form::size ? size_in_bytes(text) : whole_number(text);
    if (!number) {
        auto commented = refuse_comment(text, rule, read_number, value);
        return commented ? commented : refusal(rule, nearest_of_text(text, rule));
    }
    const bool legal = is_legal(*number, rule);
    if (*number > 0 && *number < rule.min && rule.form == Rule::Form::size && all_digits(text))
        return Refusal{"has no KB or MB, so it is bytes, " + std::to_string(rule.min) + " at least",
                       std::string{text} + "MB"};
    if (!legal) return refusal(rule, nearest_number(*number, value, rule));
    value = *number;
    return {};
}

std::string show_number(std::int64_t value, const Rule& rule) {
    if (rule.form == Rule::Form::size && value % megabyte == 0)
        return std::to_string(value / megabyte) + "MB";
    if (rule.form == Rule::Form::size && value % kilobyte == 0)
        return std::to_string(value / kilobyte) + "KB";
    return std::to_string(value);
}

Outcome read_choice(int& value, std::string_view text, const Rule& rule) {
    const auto found = std::ranges::find_if(
        rule.choices, [&](const Choice& choice) { return equal_ignoring_case(choice.text, text); });
    if (found != rule.choices.end()) {
        value = found->value;
        return {};
    }
    if (auto commented = refuse_comment(text, rule, read_choice)) return commented;
    const auto number = whole_number(text);
    const auto distance = [&](const Choice& choice) {
        const auto own = whole_number(choice.text);
        if (!number || !own) return edit_distance(choice.text, text);
        // far beyond every choice all distances are alike: bring the number near first
        const std::int64_t near = std::clamp<std::int64_t>(*number, -1'000'000, 1'000'000);
        return static_cast<std::size_t>(near > *own ? near - *own : *own - near);
    };
    const Choice& nearest = *std::ranges::min_element(rule.choices, {}, distance);
    const bool similar = number || distance(nearest) <= std::max(nearest.text.size(), text.size()) / 2;
    return refusal(rule, similar ? std::string{nearest.text} : std::string{});
}

std::string show_choice(int value, const Rule& rule) {
    return std::string{std::ranges::find(rule.choices, value, &Choice::value)->text};
}

Outcome read(std::string& field, std::string_view text, const Rule& rule) {
    if (rule.form == Rule::Form::digits || rule.form == Rule::Form::language) {
        if (auto commented = refuse_comment<std::string>(text, rule, read)) return commented;
    }
    if (rule.form == Rule::Form::digits && !all_digits(text)) return refusal(rule, only_digits(text));
    if (auto error = check_form(text, rule.form)) return refusal(rule, std::move(*error));
    if (rule.max_length != 0 && text.size() > rule.max_length) return refusal(rule);
    field = text;
    const auto [host, port] = split_port(text);
    if (rule.form != Rule::Form::authority || port.empty()) return {};
    return Refusal{"allows this port only", std::string{host}, "R-DEC-76", true, true};
}
std::string show(const std::string& field, const Rule&) { return field; }

Outcome read(Secret& field, std::string_view text, const Rule& rule) {
    if (rule.max_length != 0 && text.size() > rule.max_length) return refusal(rule);
    field = Secret{std::string{text}};
    return {};
}
std::string show(const Secret& field, const Rule&) { return field.empty() ? "" : std::string{Secret::shown}; }

Outcome read(Encoding& field, std::string_view text, const Rule& rule) {
    if (auto commented = refuse_comment<Encoding>(text, rule, read)) return commented;
    const auto encoding = encoding_from(text);
    int value = 0;
    if (auto refusal = read_choice(value, encoding ? name(*encoding) : text, rule)) return refusal;
    field = static_cast<Encoding>(value);
    return {};
}

Outcome read(std::filesystem::path& field, std::string_view text, const Rule& rule) {
    if (auto error = check_form(text, rule.form)) return refusal(rule, std::move(*error));
    field = std::filesystem::path{std::u8string{text.begin(), text.end()}};
    return {};
}
std::string show(const std::filesystem::path& field, const Rule&) {
    const std::u8string text = field.u8string();
    return {text.begin(), text.end()};
}

Outcome read(boost::asio::ip::address& field, std::string_view text, const Rule& rule) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(std::string{text}, error);
    if (error) {
        auto commented = refuse_comment<boost::asio::ip::address>(text, rule, read);
        return commented ? commented : Refusal{"not an IP address", nearest_address(text)};
    }
    field = address;
    return {};
}
std::string show(const boost::asio::ip::address& field, const Rule&) { return field.to_string(); }

Outcome read(net::Network& field, std::string_view text, const Rule& rule) {
    if (auto commented = refuse_comment<net::Network>(text, rule, read)) return commented;
    if (auto error = check_network(text)) return Refusal{std::move(error->why), std::move(error->nearest)};
    field = *net::network_from(text);
    return {};
}
std::string show(const net::Network& field, const Rule&) { return to_string(field); }

Outcome read(std::vector<crm::PrefixMatch>& field, std::string_view text, const Rule& rule) {
    if (auto commented = refuse_comment<std::vector<crm::PrefixMatch>>(text, rule, read)) return commented;
    std::vector<crm::PrefixMatch> matches;
    for (const std::string_view pair : split_list(text, ";")) {
        const auto comma = std::min(pair.find(','), pair.size());
        const auto from = trim(pair.substr(0, comma));
        const auto to = trim(pair.substr(std::min(comma + 1, pair.size())));
        const bool legal = comma < pair.size() && !from.empty() && all_digits(from) && all_digits(to);
        if (!legal) return refusal(rule);
        matches.push_back({std::string{from}, std::string{to}});
    }
    field = std::move(matches);
    return {};
}
std::string show(const std::vector<crm::PrefixMatch>& field, const Rule&) {
    std::string text;
    for (const auto& [from, to] : field)
        (text += text.empty() ? "" : ";").append(from).append(",").append(to);
    return text;
}

Outcome read(crm::UrlRewrite& field, std::string_view text, const Rule& rule) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return refusal(rule);
    const std::string_view from = trim(text.substr(0, equals));
    const std::string_view to = trim(text.substr(equals + 1));
    const auto wrong_from = check_form(from, rule.form);
    const auto wrong_to = check_form(to, rule.form);
    if (wrong_from || wrong_to) {
        FormError error{wrong_from ? wrong_from->why : wrong_to->why, {}};
        const std::string nearest_from = wrong_from ? wrong_from->nearest : std::string{from};
        const std::string nearest_to = wrong_to ? wrong_to->nearest : std::string{to};
        if (!nearest_from.empty() && !nearest_to.empty()) error.nearest = nearest_from + "=" + nearest_to;
        return refusal(rule, std::move(error));
    }
    constexpr std::string_view https = "https:";
    if (equal_ignoring_case(to.substr(0, https.size()), https))
        return refusal(rule, FormError{"leads to https, which is not served here", {}});
    field = {std::string{from}, std::string{to}};
    return {};
}
std::string show(const crm::UrlRewrite& field, const Rule&) { return field.from + "=" + field.to; }

bool ListRefusal::add(std::string_view entry, const Outcome& outcome) {
    const std::string nearest = outcome ? outcome->nearest : std::string{entry};
    if (!nearest.empty()) all_.nearest += (all_.nearest.empty() ? "" : ",") + nearest;
    if (!outcome) return true;
    all_.text += (all_.text.empty() ? "" : "; ") + (alone_ ? "" : std::string{entry} + ": ") + outcome->text +
                 (outcome->used ? "" : ", the entry is left out");
    all_.mild = all_.mild && outcome->mild;
    all_.rule = outcome->rule;
    return outcome->used;
}

Outcome ListRefusal::result(bool nobody) && {
    if (nobody) {
        all_.text +=
            all_.text.empty() ? "has no entry, so nobody is allowed" : "; none is left, so nobody is allowed";
        all_.mild = false;
    }
    if (all_.text.empty()) return {};
    return std::move(all_);
}

}  // namespace cticonnector::app
