#include "config_rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "config_keys.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::app {
namespace {

class Rules : RulesOfFile {
  public:
    using RulesOfFile::RulesOfFile;

    void apply() {
        media_without_path();
        equal_domains();
        interruptible_is_served();
        interrupt_answer();
        side_b_alone();
        one_server_twice();
        one_port_twice();
        credentials_of_events();
        code_page();
        never_used();
        open_to_all();
        halves_of_credentials();
    }

  private:
    void interrupt_answer() {
        const auto& routing = config_.routing;
        if (routing.interruptible_mrds.empty() || routing.interrupt_answer == routing::InterruptAnswer::none)
            return;
        report(Level::error, "MRI", "ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT",
               "must be 0 when InterruptibleMRDs is set", "R-DEC-13", "0");
    }

    /// The one mistake behind them is told once, at the first of them (R-DEC-84).
    void media_without_path() {
        if (config_.routing.application_path != 0) return;
        const auto of_media = [](const auto& given) {
            return given.first.first == "MEDIA" || given.first.first == "MRI";
        };
        const auto& lines = config_.given.lines;
        const auto count = std::ranges::count_if(lines, of_media);
        if (count == 0) return;
        auto first = std::ranges::find_if(lines, of_media);
        for (auto at = first; at != lines.end(); ++at) {
            if (of_media(*at) && at->second < first->second) first = at;
        }
        const std::string others =
            count == 1 ? "has" : "and " + std::to_string(count - 1) + " more of [MEDIA] and [MRI] have";
        report(
            Level::warning, first->first.first, first->first.second,
            others +
                " no effect while [CTI] ApplicationPathID is 0: there are calls only, and addActionItem is "
                "NOT_SUPPORTED",
            "R-DEC-84", {});
    }

    void equal_domains() {
        const auto& routing = config_.routing;
        const auto compare = [this](std::string_view one, std::uint32_t id, std::string_view other,
                                    std::uint32_t its) {
            if (id != its) return;
            const bool later = config_.given.line("MEDIA", one) >= config_.given.line("MEDIA", other);
            report(Level::error, "MEDIA", later ? one : other,
                   "is " + std::string{later ? other : one} + ", too: their work cannot be told apart",
                   "R-DEC-13", {});
        };
        compare("ActionMRDID", routing.action_mrd, "ChatMRDID", routing.chat_mrd);
        compare("VoiceMRDID", routing.voice_mrd, "ActionMRDID", routing.action_mrd);
        compare("VoiceMRDID", routing.voice_mrd, "ChatMRDID", routing.chat_mrd);
    }

    /// One that is misspelt leaves the one that was meant without.
    void interruptible_is_served() {
        auto& routing = config_.routing;
        const std::array served{routing.action_mrd, routing.chat_mrd, routing.voice_mrd};
        const auto unused = [&](std::uint32_t id) { return std::ranges::find(served, id) == served.end(); };
        std::string which;
        for (const std::uint32_t id : routing.interruptible_mrds) {
            if (unused(id)) which += (which.empty() ? "" : ", ") + std::to_string(id);
        }
        if (which.empty()) return;
        const auto known = [](const std::string& key, std::uint32_t id) {
            return key + " (" + std::to_string(id) + ")";
        };
        const bool alone = routing.interruptible_mrds.size() == 1;
        report(Level::error, "MEDIA", "InterruptibleMRDs",
               (alone ? "" : which + ": ") + "neither " + known("ActionMRDID", routing.action_mrd) + " nor " +
                   known("ChatMRDID", routing.chat_mrd) + " nor " + known("VoiceMRDID", routing.voice_mrd) +
                   ", the entry is left out",
               "R-DEC-13", {});
        std::erase_if(routing.interruptible_mrds, unused);
    }

    /// A failover would lead back to where it came from.
    void one_server_twice() {
        auto& [a, b] = config_.routing.sides;
        if (b.host.empty() || a.port != b.port || !is_one_host(a.host, b.host)) return;
        report(Level::error, "CTI", "HostB",
               "is side A, with the same port: there is nothing to fail over to, side B is left out",
               "R-DEC-13", {});
        b = {};
    }

    /// Names are not looked up: localhost is known to be this machine.
    static bool is_one_host(std::string_view one, std::string_view other) {
        const auto plain = [](std::string_view host) {
            if (host.ends_with('.')) host.remove_suffix(1);
            boost::system::error_code no_address;
            const auto address = boost::asio::ip::make_address(std::string{host}, no_address);
            if (equal_ignoring_case(host, "localhost") || (address.is_v6() && address.is_loopback()))
                return std::string{"127.0.0.1"};
            return no_address ? std::string{host} : address.to_string();
        };
        return equal_ignoring_case(plain(one), plain(other));
    }

    void side_b_alone() {
        if (config_.routing.sides[1].host.empty() || config_.given.line("CTI", "HostA") > 0) return;
        report(Level::warning, "CTI", "HostA",
               "is not set, though HostB is: side A is looked for on this machine", "R-DEC-13", {});
    }

    void one_port_twice() {
        struct Listener {
            std::string_view section;
            boost::asio::ip::address address;
            std::uint16_t port;
        };
        const auto& crm = config_.crm;
        const auto& routing = config_.routing;
        const auto& admin = config_.admin;
        std::vector<Listener> all{{"ICI", crm.listen_address, crm.listen_port},
                                  {"ADMIN", admin.listen_address, admin.listen_port}};
        if (routing.application_path != 0) all.push_back({"MRI", routing.mr_address, routing.mr_port});
        std::erase_if(all, [](const Listener& one) { return one.port == 0; });
        std::ranges::stable_sort(
            all, {}, [this](const Listener& one) { return config_.given.line(one.section, "ListenPort"); });
        for (auto one = all.begin(); one != all.end(); ++one) {
            const auto taken = std::find_if(all.begin(), one, [&](const Listener& other) {
                return other.port == one->port && overlap(other.address, one->address);
            });
            if (taken == one) continue;
            report(Level::error, one->section, "ListenPort",
                   "[" + std::string{taken->section} + "] listens there already: the start fails", "R-DEC-13",
                   {});
        }
    }

    /// Whether two listeners want one port: the unspecified IPv6 address takes IPv4 in, too.
    static bool overlap(const boost::asio::ip::address& a, const boost::asio::ip::address& b) {
        const auto takes_in = [](const boost::asio::ip::address& one, const boost::asio::ip::address& other) {
            return one.is_unspecified() && (one.is_v6() || other.is_v4());
        };
        return a == b || takes_in(a, b) || takes_in(b, a);
    }

    /// What nobody but the operator can know (R-DEC-67).
    void open_to_all() {
        const auto& crm = config_.crm;
        peers("ICI", crm.listen_address, crm.allowed_peers, "act as any agent: name the hosts of the CRM");
        if (may_name_any_host(crm)) {
            report(Level::warning, "ICI", "AllowedEventHosts",
                   "events go wherever a subscriber points: name the hosts of the CRM", "R-DEC-67", {});
        }
        const auto& routing = config_.routing;
        const bool listens = routing.application_path != 0;
        if (listens)
            peers("MRI", routing.mr_address, routing.mr_peers,
                  "take and give the items' work: name the hosts of the PIM");
        const auto& admin = config_.admin;
        if (admin.listen_port != 0 && !admin.listen_address.is_loopback()) {
            const bool open = is_open(admin.allowed_peers);
            report(Level::warning, "ADMIN", "ListenAddress",
                   (open ? "whoever reaches " + admin.listen_address.to_string()
                         : "whoever is in AllowedPeers") +
                       " sees agents, users and items, and may send items again: leave it on "
                       "127.0.0.1, with a proxy in front that asks for a log-on",
                   "R-DEC-67", "127.0.0.1");
        }
    }

    static bool is_open(const std::vector<net::Network>& list) {
        return list.empty() || std::ranges::any_of(list, &net::Network::is_open);
    }

    /// Only addresses of the listener's kind reach it, and IPv4 ones the unspecified IPv6 address, too.
    void peers(std::string_view section, const boost::asio::ip::address& listener,
               const std::vector<net::Network>& allowed, const std::string& may) {
        std::vector<net::Network> reaching;
        std::ranges::copy_if(allowed, std::back_inserter(reaching), [&](const net::Network& network) {
            return network.address.is_v4() == listener.is_v4() ||
                   (listener.is_v6() && listener.is_unspecified());
        });
        const auto warn = [&](const std::string& text, const std::string& rule) {
            report(Level::warning, section, "AllowedPeers", text, rule, {});
        };
        if (!allowed.empty() && reaching.empty())
            return warn("nobody is allowed: ListenAddress " + listener.to_string() + " is IPv" +
                            (listener.is_v4() ? "4, and the list names IPv6 alone"
                                              : "6, and the list names IPv4 alone"),
                        "R-DEC-80");
        if (!listener.is_loopback() && is_open(reaching))  // empty only where the list is
            warn("whoever reaches " + listener.to_string() + " may " + may, "R-DEC-67");
    }

    /// Of two matches of one beginning the first is applied, and of all URL prefixes that fit.
    void never_used() {
        const auto& numbers = config_.crm.numbers;
        const std::string same = "a match before has the same beginning";
        const auto begin_alike = [](const crm::PrefixMatch& one, const crm::PrefixMatch& other) {
            return one.from == other.from;
        };
        never_used("CONFIG", "CtiNumberNationalMatch", numbers.national, {}, ",;", begin_alike, same);
        never_used("CONFIG", "CtiNumberInternationalMatch", numbers.international, numbers.national, ",;",
                   begin_alike, same + ", and national ones come first");
        const auto takes = [](const crm::UrlRewrite& one, const crm::UrlRewrite& other) {
            return one.takes(other.from);
        };
        never_used("ICI", "EventUrlMap", config_.crm.event_url_map, {}, "=,", takes,
                   "a prefix before takes what begins with it");
    }

    /// A default that is not in the file is nobody's mistake.
    template <class Pair>
    void never_used(std::string_view section, std::string_view key, const std::vector<Pair>& pairs,
                    std::vector<Pair> before, std::string_view signs, auto takes, const std::string& why) {
        std::string never;
        std::string used;
        for (const Pair& pair : pairs) {
            const bool taken =
                std::ranges::any_of(before, [&](const Pair& other) { return takes(other, pair); });
            std::string& list = taken ? never : used;
            if (!list.empty()) list += signs[1];
            list += pair.from + signs[0] + pair.to;
            before.push_back(pair);
        }
        if (never.empty() || config_.given.line(section, key) == 0) return;
        report(Level::warning, section, key, never + ": never used, " + why,
               section == "ICI" ? "R-DEC-58" : "R-DEC-85", used);
    }

    void halves_of_credentials() {
        const auto& crm = config_.crm;
        const auto compare = [this](std::string_view user, bool no_user, std::string_view password,
                                    bool no_password, const std::string& consequence) {
            if (no_user == no_password) return;
            report(Level::error, "ICI", no_user ? user : password,
                   "is empty though " + std::string{no_user ? password : user} + " is set: " + consequence,
                   "R-DEC-67", {});
        };
        compare("RequestUser", crm.request_user.empty(), "RequestPassword", crm.request_password.empty(),
                "requests are asked for an empty one");
        compare("EventUser", crm.event_user.empty(), "EventPassword", crm.event_password.empty(),
                crm.event_user.empty() ? "events are sent without credentials"
                                       : "events are sent with an empty one");
    }

    void code_page() {
        auto& routing = config_.routing;
        if (!available(routing.code_page)) {
            report(Level::error, "CTI", "CodePage",
                   "this system's iconv does not have it, the default is used", "R-DEC-70",
                   std::string{cticonnector::name(routing::Settings{}.code_page)});
            routing.code_page = routing::Settings{}.code_page;
        }
        if (!held_by_code_page("CTI", "ClientID", routing.client_id, "nothing is sent"))
            routing.client_id = {};
        if (!held_by_code_page("CTI", "ClientPassword", routing.client_password.reveal(), "nothing is sent"))
            routing.client_password = {};
        held_by_code_page("CONFIG", "AgentDefaultPassword", config_.engine.default_password.reveal(),
                          "agents who type none are refused");
    }

    /// What would be sent in its place is no credential.
    bool held_by_code_page(std::string_view section, std::string_view key, std::string_view text,
                           const std::string& consequence) {
        constexpr std::size_t longest = 64;  // AgentPassword and ClientPassword, GED-188 section 4
        const Encoding page = config_.routing.code_page;
        const std::string in_page = "CodePage " + std::string{cticonnector::name(page)};
        const auto encoded = encode(text, page);
        if (encoded && encoded->size() <= longest) return true;
        report(Level::error, section, key,
               (encoded ? "has " + std::to_string(encoded->size()) + " bytes in " + in_page + ", " +
                              std::to_string(longest) + " is the most, "
                        : "has a character that " + in_page + " does not have, ") +
                   consequence,
               "R-DEC-70", {});
        return false;
    }

    void credentials_of_events() {
        const auto& crm = config_.crm;
        if (crm.event_user.empty() || !may_name_any_host(crm)) return;
        const std::string open =
            crm.allowed_event_hosts.empty() ? "is empty" : "has a network that is too wide";
        report(Level::error, "ICI", "EventUser",
               "is sent to nobody while AllowedEventHosts " + open +
                   ": a subscriber could name the host that gets it with its password",
               "R-DEC-67", {});
    }
};

}  // namespace

RulesOfFile::RulesOfFile(Config& config, const std::string& file, std::vector<Finding>& findings)
    : config_(config), file_(file), findings_(findings) {}

void RulesOfFile::report(Level level, std::string_view section, std::string_view name, std::string text,
                         std::string rule, std::string nearest) {
    if (level == Level::warning && is_refused(section, name)) return;
    findings_.push_back(finding(config_, file_, level, {section, name}, std::move(text), std::move(rule),
                                std::move(nearest)));
}

bool RulesOfFile::is_refused(std::string_view section, std::string_view name) const {
    return config_.given.line(section, name) == 0 && std::ranges::any_of(findings_, [&](const Finding& one) {
               return one.line > 0 && equal_ignoring_case(one.section, section) &&
                      equal_ignoring_case(one.key, name);
           });
}

void apply_rules(Config& config, const std::string& file, std::vector<Finding>& findings) {
    apply_session_rules(config, file, findings);
    Rules{config, file, findings}.apply();
    tell_doubts(config, file, findings);
}

}  // namespace cticonnector::app
