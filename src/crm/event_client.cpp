#include "event_client.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/base/base64.hpp"

namespace cticonnector::crm {
namespace {

/// Nobody's password goes to whatever host a subscriber names (R-DEC-67).
std::string basic_authentication(const Settings& settings) {
    if (settings.event_user.empty() || may_name_any_host(settings)) return {};
    return "Basic " + base64(settings.event_user + ":" + settings.event_password.reveal());
}

}  // namespace

EventClient::EventClient(boost::asio::io_context& io, const Settings& settings)
    : client_(io, {.connect_timeout = settings.connect_timeout,
                   .answer_timeout = settings.event_timeout,
                   .connections = std::max<std::size_t>(1, settings.event_connections),
                   .all_connections = all_event_connections(settings),
                   .idle_limit = settings.event_idle_limit}),
      authorization_(basic_authentication(settings)) {}

std::shared_ptr<net::HttpPosting> EventClient::post(const net::HttpTarget& target, std::string envelope,
                                                    bool fresh, net::HttpClient::Handed handed,
                                                    net::HttpClient::Done done) {
    net::HttpPost post{.target = target,
                       .body = std::move(envelope),
                       .content_type = "text/xml; charset=utf-8",
                       .headers = {{"SOAPAction", "\"\""}},
                       .fresh = fresh};
    if (!authorization_.empty()) post.headers.emplace_back("Authorization", authorization_);
    return client_.post(std::move(post), std::move(handed), std::move(done));
}

}  // namespace cticonnector::crm
