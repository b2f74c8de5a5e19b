#pragma once
// What the routing side is told: the CTI server's two sides, agent reporting and management (ARM) and the
// media routing listener. Source: config-keys.md sections 2, 4 and 9 ([CTI], [MEDIA], [MRI]).
//
// One value, read anew each time (base/current.hpp). Read once, at start: the sides, where the router is
// listened for. What the session and the agents stand on, a swap leaves as it is: peripheral,
// protocol_version, application_path, code_page, the routing domains.

#include <array>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "cticonnector/base/encoding.hpp"
#include "cticonnector/base/secret.hpp"
#include "cticonnector/net/network.hpp"

namespace cticonnector::routing {

/// One CTI server. An empty host: this side does not exist.
struct Side {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const Side&) const = default;
};

/// The answer to AGENT_INTERRUPT_ADVISORY_EVENT (R-ALLOC-16).
enum class InterruptAnswer : std::int8_t {
    unaccepted = -1,
    none = 0,
    accepted = 1,
    accepted_then_unaccepted = 2
};

/// An expanded (ECC) variable that is handed to the CRM (R-DATA-2); arrays exist on calls only.
struct EccName {
    std::string name;
    bool array = false;
    bool operator==(const EccName&) const = default;
};

struct Settings {
    // [CTI]
    std::array<Side, 2> sides{{{"127.0.0.1", 42027}, {"", 43027}}};  ///< HostA, PortA, HostB, PortB
    std::string client_id = "cticonnector";
    Secret client_password;
    std::uint32_t peripheral = 5000;
    std::uint16_t protocol_version = 24;                  ///< the highest version spoken
    std::chrono::milliseconds heartbeat_interval{5'000};  ///< IdleTimeout is four times this
    std::chrono::milliseconds request_timeout{15'000};    ///< wait for a confirmation (R-DEC-35)
    std::uint32_t application_path = 0;                   ///< ApplicationPathID, 0 = no ARM (R-DEC-7)
    Encoding code_page = Encoding::windows_1252;          ///< of every text; keeps ASCII (R-DEC-70)

    // [MEDIA]
    std::uint32_t action_mrd = 5001;
    std::uint32_t chat_mrd = 5002;
    std::uint32_t voice_mrd = 1;
    std::vector<std::uint32_t> interruptible_mrds;

    // [MRI]
    boost::asio::ip::address mr_address = boost::asio::ip::address_v4::any();
    std::uint16_t mr_port = 38001;       ///< 0 = pick one
    std::vector<net::Network> mr_peers;  ///< AllowedPeers, empty = any
    InterruptAnswer interrupt_answer = InterruptAnswer::accepted;

    // [CONFIG]
    std::vector<EccName> ecc;  ///< ECC.<name>, ECCA.<name>
};

}  // namespace cticonnector::routing
