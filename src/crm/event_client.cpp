#include "event_client.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/base/base64.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {
namespace {

/// Nobody's password goes to whatever host a subscriber names (R-DEC-67).
std::string basic_authentication(const Settings& settings) {
    if (settings.event_user.empty() || may_name_any_host(settings)) return {};
    return "Basic " + base64(settings.event_user + ":" + settings.event_password.reveal());
}

}  // namespace

EventClient::EventClient(boost::asio::io_context& io, const Current<Settings>& settings,
                         const Languages& languages, Logger& log)
    : settings_(settings),
      languages_(languages),
      log_(log),
      client_(io, {.connect_timeout = {settings, &Settings::connect_timeout},
                   .answer_timeout = {settings, &Settings::event_timeout},
                   .connections = std::max<std::size_t>(1, settings->event_connections),
                   .all_connections = all_event_connections(*settings),
                   .idle_limit = {settings, &Settings::event_idle_limit}}) {}

std::string EventClient::written(const Subscriber& subscriber, const Shown& shown) const {
    const Texts& texts = languages_.texts(subscriber.language);
    std::string envelope = ici::write_event(event_of(shown, subscriber.app_id, texts, settings_->numbers));
    log_.event({"ici.event", Level::trace}, {{"user", subscriber.user},
                                             {"appid", subscriber.app_id},
                                             {"kind", ici::event_name(kind_of(shown))},
                                             {"body", envelope}});
    return envelope;
}

std::shared_ptr<net::HttpPosting> EventClient::post(const Subscriber& subscriber, const Shown& shown,
                                                    bool fresh, net::HttpClient::Handed handed,
                                                    net::HttpClient::Done done) {
    net::HttpPost post{.target = subscriber.target,
                       .body = written(subscriber, shown),
                       .content_type = "text/xml; charset=utf-8",
                       .headers = {{"SOAPAction", "\"\""}},
                       .fresh = fresh};
    if (auto credentials = basic_authentication(*settings_); !credentials.empty())
        post.headers.emplace_back("Authorization", std::move(credentials));
    return client_.post(std::move(post), std::move(handed), std::move(done));
}

}  // namespace cticonnector::crm
