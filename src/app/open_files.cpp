#include "open_files.hpp"

#include <algorithm>

#include "cticonnector/admin/admin.hpp"
#include "cticonnector/net/http_server.hpp"

namespace cticonnector::app {
namespace {

/// Not for the connections of SAP.
const std::uint64_t fixed =
    reserved_files + admin::Admin::most_connections + 2 * net::HttpServer::most_refusals;

}  // namespace

std::uint64_t files_needed(const Config& config) {
    return fixed + config.crm.max_connections + all_event_connections(config.crm);
}

std::optional<Finding> fit_into(std::uint64_t limit, Config& config, const std::string& ini_file) {
    const std::uint64_t need = files_needed(config);
    if (limit >= need) return {};
    const std::size_t asked = config.crm.max_connections;
    auto& accepted = config.crm.max_connections;
    auto& to_sap = config.crm.event_connections;
    const std::uint64_t left = limit > fixed ? limit - fixed : 0;
    // without a connection to SAP there is no work: a quarter is theirs if they may want it
    const std::uint64_t hosts = all_event_connections(config.crm) / std::max<std::size_t>(to_sap, 1);
    to_sap = std::clamp<std::uint64_t>(left / 4 / hosts, 1, std::max<std::size_t>(to_sap, 1));
    const std::uint64_t for_sap = all_event_connections(config.crm);
    accepted =
        std::clamp<std::uint64_t>(left > for_sap ? left - for_sap : 0, 1, std::max<std::size_t>(asked, 1));
    return Finding{.level = Level::warning,
                   .file = ini_file,
                   .line = 0,
                   .section = "ICI",
                   .key = "MaxConnections",
                   .value = std::to_string(asked),
                   .text = "the system lets this process open " + std::to_string(limit) + " files, " +
                           std::to_string(need) + " may be needed: only " + std::to_string(accepted) +
                           " connections are accepted, and " + std::to_string(to_sap) +
                           " made to one host of the CRM; raise the limit (ulimit -Hn, LimitNOFILE=)",
                   .rule = "R-DEC-74",
                   .nearest = std::to_string(accepted)};
}

}  // namespace cticonnector::app
