#pragma once
// What the CRM side is told: where ICI requests come in, how events go out, how numbers are shown. Source:
// config-keys.md sections 2.4 and 9 ([ICI]), R-DEC-43, R-DEC-58.
//
// One value, read anew each time (base/current.hpp): who may send requests and the times of connections hold
// for the next of them. Read once, at start: where requests are listened for, and how many connections there
// may be, in and out. A subscription keeps the profile that it began with.

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/engine/profile.hpp"
#include "cticonnector/net/network.hpp"

namespace cticonnector::crm {

/// A prefix of an appUrl and what stands in its place when a gateway is in front of the CRM.
struct UrlRewrite {
    std::string from;
    std::string to;
    /// Whether it is applied to that URL, if none before it is.
    bool takes(std::string_view url) const;
    bool operator==(const UrlRewrite&) const = default;
};

/// A leading `from` of a number becomes `to`.
struct PrefixMatch {
    std::string from;
    std::string to;
    bool operator==(const PrefixMatch&) const = default;
};

/// How the CRM sees numbers: up to intern_max_length digits get the intern prefix, else the match with the
/// longest fitting `from` is applied, then `+` is put in front (R-CALL-3, R-DEC-85).
struct NumberRules {
    std::size_t intern_max_length = 5;                   ///< CtiNumberInternMaxLength
    std::string intern_prefix;                           ///< CtiNumberInternPrefix
    std::vector<PrefixMatch> national;                   ///< CtiNumberNationalMatch
    std::vector<PrefixMatch> international{{"00", ""}};  ///< CtiNumberInternationalMatch
};

struct Settings {
    // requests
    boost::asio::ip::address listen_address = boost::asio::ip::address_v4::any();
    std::uint16_t listen_port = 8080;  ///< 0 = pick one
    std::string base_path = "/ici";
    std::chrono::milliseconds request_read_timeout{10'000};
    std::chrono::milliseconds idle_timeout{120'000};
    std::size_t max_connections = 2048;       ///< beyond: see net::HttpServerSettings
    std::vector<net::Network> allowed_peers;  ///< empty = any
    std::string request_user;                 ///< basic authentication, both empty = none (R-DEC-67)
    Secret request_password;
    /// A request that nobody has answered by now is answered UNAVAILABLE: [CTI] RequestTimeoutSeconds, by
    /// which the engine answers, and 5 s (R-DEC-35).
    std::chrono::milliseconds answer_timeout{20'000};

    // events
    std::chrono::milliseconds connect_timeout{3'000};
    std::chrono::milliseconds event_timeout{10'000};
    std::size_t event_retries = 3;  ///< after the first try
    /// The first pause before a retry, doubled for each further one, and the pause when all are used up
    /// (ici.md section 10, R-DEC-18); no keys.
    std::chrono::milliseconds retry_pause{1'000};
    std::chrono::milliseconds lost_pause{5'000};
    /// How long after the reply to subscribe UNKNOWN_APPID is a failed delivery (R-DEC-56); no key.
    std::chrono::milliseconds unknown_app_id_grace{5'000};
    /// How long a connection to the CRM stays open without an event (R-DEC-43); no key.
    std::chrono::milliseconds event_idle_limit{50'000};
    std::size_t event_queue_limit = 1000;  ///< per subscription, one at least
    std::size_t event_connections = 256;   ///< to one host and port of the CRM; one at least
    /// "host", "host:port" or network that an appUrl may name, empty = any.
    std::vector<std::string> allowed_event_hosts;
    /// Basic authentication, empty = none. Not sent where a subscriber may name any host (R-DEC-67).
    std::string event_user;
    Secret event_password;
    std::vector<UrlRewrite> event_url_map;

    engine::CrmProfile profile;  ///< of each subscription that comes in here

    // what the CRM is shown
    bool user_presence = false;  ///< TpiUserPresenceEnabled (R-STATE-8)
    NumberRules numbers;
};

/// Nobody in particular is named where an appUrl may point: too wide a network is as open as no list.
inline bool may_name_any_host(const Settings& settings) {
    const auto& hosts = settings.allowed_event_hosts;
    return hosts.empty() || std::ranges::any_of(hosts, [](const std::string& entry) {
               const auto network = net::network_from(entry);
               return network && network->is_open();
           });
}

/// "sap.example:443" of a URL whose host the list does not name (R-DEC-67); empty where it does, or where the
/// text is no URL.
std::string host_not_in(const std::vector<std::string>& allowed_event_hosts, std::string_view url);

/// Connections to all hosts of the CRM together, so that the files they take are known (R-DEC-74). Where an
/// appUrl may name any host, also of a network, those of one
/// that hangs must leave some for another (R-HA-11).
inline std::size_t all_event_connections(const Settings& settings) {
    std::size_t hosts = settings.allowed_event_hosts.empty() ? 2 : 0;
    for (const std::string& entry : settings.allowed_event_hosts)
        hosts += entry.find('/') == std::string::npos ? 1 : 2;
    return std::max<std::size_t>(1, settings.event_connections) * hosts;
}

}  // namespace cticonnector::crm
