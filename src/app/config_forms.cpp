#include "config_forms.hpp"

#include <algorithm>
#include <bit>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <filesystem>
#include <utility>

#include "config_values.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"
#include "cticonnector/net/network.hpp"
#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::app {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_address(std::string_view text) {
    boost::system::error_code error;
    boost::asio::ip::make_address(std::string{text}, error);
    return !error;
}

bool is_host(std::string_view text) {
    constexpr std::size_t longest_name = 253;
    constexpr std::size_t longest_label = 63;
    if (is_address(text)) return true;
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty() || text.size() > longest_name) return false;
    for (;;) {
        const auto end = std::min(text.find('.'), text.size());
        const auto label = text.substr(0, end);
        const bool legal = std::ranges::all_of(
            label, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
        if (!legal || label.empty() || label.size() > longest_label) return false;
        // a name that ends like an address would be taken for one, and is none
        if (end == text.size()) return !std::ranges::all_of(label, is_digit);
        text.remove_prefix(end + 1);
    }
}

/// Of the characters that come with text copied from documents.
bool is_invisible(std::uint32_t code) {
    const bool blank = code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
                       code == 0x205F || code == 0x3000;
    return blank || is_hidden(code);
}

std::string code_point(std::uint32_t code) {
    std::string digits;
    for (; code != 0 || digits.size() < 4; code >>= 4) digits.insert(0, 1, "0123456789ABCDEF"[code & 15]);
    return "U+" + digits;
}

/// A text on its way to what was meant: `text` gets nearer, `why` says what was first found wrong with it.
class Mending {
  public:
    explicit Mending(std::string_view given) : text(given) {}

    std::string text;
    std::string why;

    void found(std::string_view what, std::string_view nearer) {
        if (why.empty()) why = what;
        text = std::string{nearer};  // it may be part of text
    }

    /// What people put around values of any kind.
    void undecorate() {
        std::string seen;
        for (std::size_t at = 0, size = 1; at < text.size(); at += size) {
            const auto [code, bytes] = character(text, at);
            size = std::max<std::size_t>(bytes, 1);
            const bool invisible = bytes > 0 && is_invisible(code);
            if (invisible && why.empty()) why = "has the invisible character " + code_point(code);
            if (code == '\t') seen += ' ';
            if (!invisible) seen += text.substr(at, size);
        }
        text = trim(seen);
        if (const auto at = text.starts_with('#') ? 0 : text.find(" #"); at != std::string::npos) {
            found(begins_no_comment, trim(text.substr(0, at)));
        }
        for (const char quote : {'"', '\''}) {
            if (text.size() < 2 || !text.starts_with(quote) || !text.ends_with(quote)) continue;
            found("has quotes around it", trim(std::string_view{text}.substr(1, text.size() - 2)));
        }
    }

    /// The scheme that was there, with its ://, else nothing.
    std::string take_scheme() {
        constexpr std::string_view separator = "://";
        const auto end = text.find(separator);
        const bool scheme =
            end != std::string::npos && end > 1 && std::ranges::all_of(text.substr(0, end), [](char c) {
                return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
            });
        if (!scheme) return {};
        const std::string taken = text.substr(0, end + separator.size());
        found("has a scheme, " + taken, text.substr(taken.size()));
        return taken;
    }

    FormError result(bool legal) && { return {std::move(why), legal ? std::move(text) : std::string{}}; }
};

void keep_host(Mending& mending) {
    const bool url = !mending.take_scheme().empty();
    const auto before_path = std::string_view{mending.text}.substr(0, mending.text.find('/'));
    if (before_path.size() < mending.text.size() &&
        (url || !is_address(before_path)))  // else it is a network
        mending.found("has a path", before_path);
    const auto [host, port] = split_port(mending.text);
    if (!port.empty()) mending.found("has a port, which is a key of its own", host);
    if (mending.text.size() > 2 && mending.text.front() == '[' && mending.text.back() == ']')
        mending.found("has brackets", mending.text.substr(1, mending.text.size() - 2));
}

/// Nobody has this one.
bool is_unspecified(const net::Network& network) {
    return network.single() && network.address.is_unspecified();
}

/// What a text may stand for once what people put around values is away.
std::string nearest_network(std::string_view text) {
    Mending mending{text};
    mending.undecorate();
    if (mending.text == "*") return "0.0.0.0/0,::/0";
    const auto network = net::network_from(mending.text);
    if (!network) return nearest_address(text);
    return to_string(is_unspecified(*network) ? net::Network{network->address, 0} : network->base());
}

}  // namespace

HostAndPort split_port(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return {text, {}};
    const auto host = text.substr(0, colon);
    const auto port = text.substr(colon);
    const bool v6 = host.starts_with('[') && host.ends_with(']');
    if (!std::ranges::all_of(port.substr(1), is_digit) || (!v6 && host.find(':') != std::string_view::npos))
        return {text, {}};
    return {v6 ? host.substr(1, host.size() - 2) : host, port};
}

FormCheck check_host(std::string_view text) {
    if (is_host(text)) return {};
    Mending mending{text};
    mending.undecorate();
    if (const auto end = mending.text.find_first_of(" ,;"); end != std::string::npos)
        mending.found("is more than one", mending.text.substr(0, end));
    keep_host(mending);
    if (mending.why.empty()) mending.why = "is no host";
    const bool legal = is_host(mending.text);
    return std::move(mending).result(legal);
}

namespace {

/// "10.0.0.0/24" of "10.0.0.0/255.255.255.0".
std::string without_netmask(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return {};
    boost::system::error_code error;
    const auto mask = boost::asio::ip::make_address_v4(std::string{text.substr(slash + 1)}, error);
    if (error) return {};
    const int prefix = std::countl_one(mask.to_uint());
    if (std::popcount(mask.to_uint()) != prefix) return {};
    const auto network = net::network_from(std::string{text.substr(0, slash + 1)} + std::to_string(prefix));
    return network ? to_string(network->base()) : std::string{};
}

/// "10.1.0.0/16" of "10.1.*" and of "10.1.*.*".
std::string without_stars(std::string_view text) {
    std::string numbers;
    int parts = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('.'), text.size());
        const auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part == "*") break;
        numbers += (parts++ == 0 ? "" : ".") + std::string{part};
    }
    if (!std::ranges::all_of(text, [](char c) { return c == '*' || c == '.'; })) return {};
    constexpr int of_an_address = 4;
    for (int more = parts; more < of_an_address; ++more) numbers += more == 0 ? "0" : ".0";
    const auto network = net::network_from(numbers + "/" + std::to_string(8 * parts));
    return network && parts < of_an_address ? to_string(*network) : std::string{};
}

}  // namespace

FormCheck check_network(std::string_view text) {
    if (const auto network = net::network_from(text)) {
        if (is_unspecified(*network)) return FormError{"is nobody's address", nearest_network(text)};
        const std::string base = to_string(network->base());
        if (network->base() == *network) return {};
        return FormError{"has bits beyond its prefix, it may be one address or a whole network", base};
    }
    if (std::string nearest = without_netmask(text); !nearest.empty())
        return FormError{"has a netmask in place of a prefix", std::move(nearest)};
    if (text.ends_with('*') && text.size() > 1) {
        if (std::string nearest = without_stars(text); !nearest.empty())
            return FormError{"has a * in place of a prefix", std::move(nearest)};
    }
    return FormError{"not an IP address or network", nearest_network(text)};
}

namespace {

/// Also what was probably meant as one: a netmask, a last part that is *.
bool looks_like_network(std::string_view text) {
    const auto slash = text.find('/');
    return (slash != std::string_view::npos && is_address(text.substr(0, slash))) || text.ends_with(".*");
}

}  // namespace

FormCheck check_authority(std::string_view text) {
    if (looks_like_network(text)) return check_network(text);
    const auto host = split_port(text).host;
    return is_address(host) ? check_network(host) : check_host(host);
}

namespace {

constexpr bool on_windows = std::filesystem::path::preferred_separator == '\\';

bool has_drive(std::string_view path) {
    return path.size() > 1 && is_letter(path[0]) && path[1] == ':' &&
           (path.size() == 2 || path[2] == '\\' || path[2] == '/');
}

/// Elsewhere it would be the odd name of one file, in the directory of the ini file.
bool is_foreign_path(std::string_view path) {
    return !on_windows && (has_drive(path) || path.find('\\') != std::string_view::npos);
}

/// Nothing for what has no place here: a drive, another machine.
std::string of_this_system(std::string_view path) {
    if (has_drive(path) || path.starts_with("\\\\")) return {};
    std::string text{path};
    std::ranges::replace(text, '\\', '/');
    return text;
}

}  // namespace

FormCheck check_path(std::string_view text) {
    Mending mending{text};
    mending.undecorate();
    mending.take_scheme();
    if (mending.why.empty() && is_foreign_path(text))
        mending.found("is a path of Windows", of_this_system(text));
    if (mending.why.empty()) return {};
    const bool legal = !mending.text.empty();
    return std::move(mending).result(legal);
}

FormCheck check_language(std::string_view text) {
    constexpr std::size_t letters = 2;
    const std::string code = ici::language_code(text);
    if (code.size() == letters && std::ranges::all_of(code, is_letter)) return {};
    return FormError{"is no language", {}};
}

std::string_view authority_of(std::string_view url) {
    url.remove_prefix(std::min(url.find("://"), url.size() - 3) + 3);
    return url.substr(0, url.find_first_of("/?#"));
}

namespace {

bool is_port(std::string_view digits) {
    const auto number = whole_number(digits);
    return number && *number >= 1 && *number <= 65'535;
}

/// What makes a URL one that no connection can be made to: its user, its host, its port, its path.
void check_parts(Mending& mending) {
    std::string_view authority = authority_of(mending.text);
    if (const auto user = authority.rfind('@'); user != std::string_view::npos) {
        const auto at = static_cast<std::size_t>(authority.data() - mending.text.data());
        mending.found("has a user or a password, which are EventUser's and EventPassword's",
                      std::string{mending.text}.erase(at, user + 1));
        authority = authority_of(mending.text);
    }
    auto [host, port] = split_port(authority);
    const bool bracketed = authority.starts_with('[');
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (!port.empty() && !is_port(port.substr(1))) return mending.found("has no legal port", {});
    if (bracketed ? !is_address(host) : !is_host(host)) return mending.found("has no legal host", {});
    const std::string_view url{mending.text};
    const std::string_view path =
        url.substr(static_cast<std::size_t>(authority.data() - url.data()) + authority.size());
    if (has_dot_segment(path.substr(0, path.find_first_of("?#"))))
        mending.found("has . or .. in its path", {});
}

}  // namespace

FormCheck check_url(std::string_view text) {
    const auto is_url = [](std::string_view url) {
        for (const std::string_view scheme : {"http://", "https://"}) {
            const auto more = url.substr(std::min(scheme.size(), url.size()));
            if (equal_ignoring_case(url.substr(0, scheme.size()), scheme) && !more.empty() && more[0] != '/')
                return std::ranges::all_of(more, [](char c) { return c > ' ' && c < '\x7f' && c != '"'; });
        }
        return false;
    };
    Mending mending{text};
    mending.undecorate();
    if (is_url(mending.text)) {
        check_parts(mending);
        if (mending.why.empty()) return {};
    }
    if (mending.why.empty() && mending.text.find("://") == std::string::npos)
        mending.found("has no http://", "http://" + mending.text);
    if (mending.why.empty()) mending.why = "is no URL";
    const bool legal = is_url(mending.text);
    return std::move(mending).result(legal);
}

FormCheck check_url_path(std::string_view text) {
    constexpr std::string_view never = " ?#";
    Mending mending{text};
    mending.undecorate();
    if (!mending.take_scheme().empty()) {
        mending.text.erase(0, std::min(mending.text.find('/'), mending.text.size()));
    }
    if (!mending.text.starts_with('/')) mending.found("does not begin with /", "/" + mending.text);
    if (const auto at = mending.text.find_first_of(never); at != std::string::npos)
        mending.found("has a blank, ? or #", mending.text.substr(0, at));
    if (mending.why.empty()) return {};
    return std::move(mending).result(true);
}

std::string_view without_comment(std::string_view text) {
    const auto at = std::min(text.find(" #"), text.find("\t#"));
    return at == std::string_view::npos ? text : trim(text.substr(0, at));
}

std::string nearest_address(std::string_view text) {
    Mending mending{text};
    mending.undecorate();
    keep_host(mending);
    if (equal_ignoring_case(mending.text, "localhost")) return "127.0.0.1";
    if (mending.text == "*") return "0.0.0.0";
    return is_address(mending.text) ? mending.text : std::string{};
}

}  // namespace cticonnector::app
