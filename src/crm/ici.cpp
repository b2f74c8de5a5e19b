#include "cticonnector/crm/ici.hpp"

#include <boost/asio/steady_timer.hpp>
#include <initializer_list>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <variant>

#include "access.hpp"
#include "answers.hpp"
#include "app_url.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"
#include "cticonnector/net/http_server.hpp"
#include "cticonnector/net/refusals.hpp"
#include "cticonnector/net/shortage.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "endpoint.hpp"
#include "event_client.hpp"
#include "missing_languages.hpp"
#include "open_requests.hpp"
#include "presence.hpp"
#include "requests.hpp"
#include "subscriptions.hpp"

namespace cticonnector::crm {
namespace {

using Clock = std::chrono::steady_clock;
using ici::ErrorId;
using ici::Operation;
using net::HttpExchange;

/// For a proxy in front, on the port that it forwards to (observability.md, R-CLU-24).
constexpr std::string_view ici_health_path = "/health/ici";
constexpr std::string_view mr_health_path = "/health/mr";

std::optional<ici::Fault> refuse_user(std::string_view user) {
    const std::size_t characters = count_characters(user);
    if (characters <= longest_user) return std::nullopt;
    return ici::make_fault(ErrorId::not_supported, "header user has " + std::to_string(characters) +
                                                       " characters; " + std::to_string(longest_user) +
                                                       " is the most");
}

/// For the log: the request without its secrets.
std::string shown_body(const ici::RequestMessage& message) {
    ici::RequestMessage masked = message;
    if (auto* subscribe = std::get_if<ici::request::Subscribe>(&masked.request)) {
        subscribe->workcenter_id = Secret(std::string(Secret::shown));
        subscribe->app_url = without_credentials(subscribe->app_url);
    }
    if (auto* dtmf = std::get_if<ici::request::SendDtmf>(&masked.request)) dtmf->digits = Secret::shown;
    return ici::write_request(masked);
}

/// The subscription that a subscribe opens.
engine::SubscriptionId named_like(const engine::RequestId& subscribe) {
    return {subscribe.value, subscribe.front};
}

net::HttpServerSettings listener(const Current<Settings>& settings) {
    return {.address = settings->listen_address,
            .port = settings->listen_port,
            .request_read_timeout = {settings, &Settings::request_read_timeout},
            .idle_timeout = {settings, &Settings::idle_timeout},
            .max_connections = settings->max_connections,
            .allowed_peers = {settings, &Settings::allowed_peers}};
}

}  // namespace

class Ici::Impl : public std::enable_shared_from_this<Ici::Impl> {
  public:
    Impl(boost::asio::io_context& io, const Current<Settings>& settings, const Languages& languages,
         Logger& log, Numbers& numbers, Post post, MrServes mr_serves)
        : io_(io),
          settings_(settings),
          languages_(languages),
          log_(log),
          numbers_(numbers),
          post_(std::move(post)),
          mr_serves_(std::move(mr_serves)),
          stop_timer_(io),
          access_(settings_, log),
          refusals_(log, "ici", "[ICI] AllowedPeers", counters_.peers_refused),
          open_(io, settings_, [this](Pending pending) { give_up(std::move(pending)); }),
          client_(io, settings_, languages, log),
          answers_(sessions_, log, counters_),
          missing_languages_(languages, log),
          server_(
              io, listener(settings_),
              [this](HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
                  serve(std::move(request), std::move(exchange));
              },
              [this](std::string_view text) {
                  broken({{"text", text}});
              },
              [this](std::string_view why) { net::tell_shortage(log_, "ICI", why); },
              [this](const boost::asio::ip::address& peer) { refusals_.add(peer); }) {
        log_.event("ici.listening", {{"address", settings_->listen_address.to_string()},
                                     {"port", server_.port()},
                                     {"path", settings_->base_path}});
    }

    void on(const engine::Reply&, std::optional<Clock::time_point>);
    void on(const engine::UserChanged& a, std::optional<Clock::time_point> cause) {
        if (auto* session = find(a.subscription)) session->add(a.user, cause);
    }
    void on(const engine::ItemChanged& a, std::optional<Clock::time_point> cause) {
        if (auto* session = find(a.subscription)) session->add(a.item, cause);
    }
    void on(const engine::EndSubscription&, std::optional<Clock::time_point>);

    void stop(std::chrono::milliseconds limit, std::function<void()> closed);
    /// Closes without a word.
    void quit() {
        when_closed_ = nullptr;
        close();
    }
    void close();

    std::uint16_t port() const { return server_.port(); }
    std::size_t connections() const { return server_.connections(); }
    const Counters& counters() const { return counters_; }
    Subscription* find(engine::SubscriptionId id) const { return sessions_.find(id); }

  private:
    void serve(HttpRequest, std::shared_ptr<HttpExchange>);
    std::optional<HttpAnswer> answer_without_body(const HttpRequest&);
    void give_up(Pending);
    void too_late(const engine::Reply&);
    void broken(std::initializer_list<LogField>);
    void decide(const ici::RequestMessage&, Pending);
    std::optional<ici::Fault> prepare(const ici::RequestMessage&, const Pending&);
    std::optional<ici::Fault> subscribe(const ici::request::Subscribe&, const ici::Header&, const Pending&);
    /// Part of the settings of this moment, which live as long.
    engine::ProfilePtr profile() const {
        const auto held = settings_.held();
        return {held, &held->profile};
    }
    const std::string& language_of(const Pending&) const;
    const Texts& texts_for(const Pending&) const;
    void forget(engine::SubscriptionId);
    void close_if_done();
    void finish();

    boost::asio::io_context& io_;
    const Current<Settings>& settings_;
    const Languages& languages_;
    Logger& log_;
    Numbers& numbers_;
    Post post_;
    MrServes mr_serves_;
    Counters counters_;
    boost::asio::steady_timer stop_timer_;
    Access access_;
    net::Refusals refusals_;
    OpenRequests open_;
    std::unordered_set<engine::RequestId> given_up_;  ///< subscribes whose outcome nobody waits for any more
    EventClient client_;
    const Subscription::Hooks hooks_{[this](engine::Event event) { post_(std::move(event), Clock::now()); },
                                     [this](engine::SubscriptionId id) { forget(id); }};
    Subscriptions sessions_;
    Answers answers_;
    MissingLanguages missing_languages_;
    std::function<void()> when_closed_;
    enum class Stage : std::uint8_t {
        serving,
        stopping,
        drained,
        closed
    };  ///< drained: every answer has left
    Stage stage_ = Stage::serving;
    net::HttpServer server_;  ///< last: it starts to call when it is made, and stops first
};

/// Nothing: it is an ICI request, whose body decides.
std::optional<HttpAnswer> Ici::Impl::answer_without_body(const HttpRequest& request) {
    const bool serving = stage_ == Stage::serving;
    if (request.path == ici_health_path) return health_answer(request, serving, "stopping");
    if (request.path == mr_health_path)
        return health_answer(request, serving && mr_serves_(), serving ? "off" : "stopping");
    if (!serving) {
        return HttpAnswer{.status = 503,
                          .body = "The connector is stopping\n",
                          .content_type = "text/plain",
                          .retry_after = retry_after_stop};
    }
    if (auto refusal = access_.refuse(request)) {
        answers_.count_unauthorized();
        return refusal;
    }
    return crm::answer_without_body(request, settings_->base_path);
}

void Ici::Impl::serve(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
    if (auto answer = answer_without_body(request)) return exchange->answer(std::move(*answer), {});
    const auto read = ici::read_request(request.body, request.content_type);
    if (!read)
        return answers_.refuse(*exchange, read.error().header.user, read.error().fault,
                               read.error().http_status);
    if (const auto fault = refuse_user(read->header.user))
        return answers_.refuse(*exchange, read->header.user, *fault, 500);
    Pending pending{{numbers_.next(), engine::Front::sap},
                    engine::user_id(read->header.user),
                    {},
                    ici::operation_of(read->request),
                    read->synonym,
                    read->header.language,
                    request.received,
                    std::move(exchange)};
    pending.peer = request.peer.to_string();
    if (log_.writes(Level::debug)) pending.about = ids_of(read->request);
    if (log_.writes(Level::trace))
        log_.event({"ici.request", Level::trace},
                   {{"user", pending.user}, {"request", pending.id.value}, {"body", shown_body(*read)}});
    decide(*read, std::move(pending));
}

void Ici::Impl::decide(const ici::RequestMessage& message, Pending pending) {
    if (pending.operation == Operation::subscribe) pending.subscription = named_like(pending.id);
    if (const auto fault = prepare(message, pending)) return answers_.send(std::move(pending), *fault);
    if (auto* session = sessions_.of(pending.user)) session->heard(pending.peer);
    if (const auto* wanted = std::get_if<ici::request::GetPresence>(&message.request)) {
        const Colleagues colleagues{
            [this](const engine::UserId& user) { return sessions_.told_of(user); },
            [this](const std::string& beginning) { return sessions_.told_of_all(beginning); }};
        const ici::Reply reply = presence_list(wanted->user_ids, colleagues, texts_for(pending));
        return answers_.send(std::move(pending), reply);
    }
    auto translated =
        translate(message, {pending.id, pending.subscription, pending.user, profile(), pending.peer},
                  texts_for(pending));
    if (const auto* fault = std::get_if<ici::Fault>(&translated))
        return answers_.send(std::move(pending), *fault);
    if (const auto* reply = std::get_if<ici::Reply>(&translated))
        return answers_.send(std::move(pending), *reply);
    const auto received = pending.received;
    post_(std::get<engine::Event>(std::move(translated)), received);
    open_.add(std::move(pending));
}

/// What can be refused without the engine; IciSystem speaks for no agent.
std::optional<ici::Fault> Ici::Impl::prepare(const ici::RequestMessage& message, const Pending& pending) {
    if (!is_served(pending.operation))
        return ici::make_fault(ErrorId::not_supported, std::string(ici::operation_name(pending.operation)) +
                                                           " is not served by this version");
    if (ici::service_of(pending.operation) == ici::Service::system) return std::nullopt;
    if (pending.user.value.empty())
        return ici::make_fault(ErrorId::not_subscribed, "the request has no header user");
    if (const auto* asked = std::get_if<ici::request::Subscribe>(&message.request))
        return subscribe(*asked, message.header, pending);
    const Subscription* session = sessions_.of(pending.user);
    if (const auto* asked = std::get_if<ici::request::Unsubscribe>(&message.request)) {
        // a session that was replaced must not take its successor along
        if (session && !asked->app_id.empty() && asked->app_id != session->subscriber().app_id)
            return ici::make_fault(ErrorId::not_subscribed, "appId " + asked->app_id + " is not subscribed");
    }
    if (pending.operation == Operation::get_presence) {
        if (!settings_->user_presence)
            return ici::make_fault(ErrorId::not_supported, "presence is off: TpiUserPresenceEnabled=0");
        if (!session) return ici::make_fault(ErrorId::not_subscribed);
    }
    return std::nullopt;
}

/// The worker session is there from now on, holding its events until the reply is written.
std::optional<ici::Fault> Ici::Impl::subscribe(const ici::request::Subscribe& asked,
                                               const ici::Header& header, const Pending& pending) {
    const auto refuse = [&](const std::string& text) {  // the engine never hears of it
        auto fault = ici::make_fault(ErrorId::not_supported, text);
        log_.event(
            "agent.login_refused",
            {{"user", pending.user}, {"peer", pending.peer}, {"reason", result_name(fault)}, {"text", text}});
        return fault;
    };
    if (asked.app_id.empty()) return refuse("subscribe needs an appId");
    auto target = event_target(asked.app_url, *settings_);
    if (const auto* refusal = std::get_if<UrlRefusal>(&target)) return refuse(refusal->text);
    missing_languages_.look_at(header.language);
    Subscriber subscriber{pending.subscription, pending.user, asked.app_id,
                          header.language,      {},           pending.peer};
    subscriber.target = std::get<net::HttpTarget>(std::move(target));
    sessions_.add(std::make_shared<Subscription>(io_, settings_, client_, log_, counters_, hooks_,
                                                 std::move(subscriber)));
    return std::nullopt;
}

void Ici::Impl::on(const engine::Reply& reply, std::optional<Clock::time_point>) {
    auto found = open_.take(reply.request);
    if (!found) return too_late(reply);
    Pending pending = std::move(*found);
    if (reply.fault != engine::Fault::none) {
        if (auto* session = find(pending.subscription)) session->drop();
        const std::string language = ici::language_code(language_of(pending));
        return answers_.send(std::move(pending), fault_of(reply, language));
    }
    if (const auto* session = find(pending.subscription)) sessions_.make_current(*session);
    if (auto* session = sessions_.of(pending.user); session && reply.user) session->set_user(*reply.user);
    const auto result = reply_of(pending.operation, reply, texts_for(pending), settings_->numbers);
    answers_.send(std::move(pending), result);
}

/// The engine owes each request a reply; whatever the error of ours was, SAP gets its answer (R-DEC-35).
void Ici::Impl::give_up(Pending pending) {
    broken({{"user", pending.user},
            {"request", pending.id.value},
            {"operation", ici::operation_name(pending.operation)},
            {"text", "nobody has answered the request"}});
    if (auto* session = find(pending.subscription)) {
        given_up_.insert(pending.id);
        session->drop();
    }
    answers_.send(std::move(pending),
                  ici::make_fault(ErrorId::unavailable,
                                  "the connector has no answer; the request may still take effect"));
}

/// SAP believes that a subscribe has failed when nobody answered it: an agent must not stay logged on for it.
void Ici::Impl::too_late(const engine::Reply& reply) {
    if (given_up_.erase(reply.request) == 0 || reply.fault != engine::Fault::none) return;
    post_(engine::SubscriptionLost{named_like(reply.request), true, "its subscribe was answered UNAVAILABLE"},
          Clock::now());
}

void Ici::Impl::broken(std::initializer_list<LogField> fields) {
    ++counters_.invariant_broken;
    log_.event("invariant.broken", fields);
}

void Ici::Impl::on(const engine::EndSubscription& end, std::optional<Clock::time_point> cause) {
    auto* session = find(end.subscription);
    if (!session || session->ending()) return;
    sessions_.retire(*session);
    if (!end.tell) return session->drop();
    sessions_.ending(*session);
    session->end(end.reason, cause);
}

/// The request's, else that of the subscription (ici.md section 1).
const std::string& Ici::Impl::language_of(const Pending& pending) const {
    const auto* session = sessions_.of(pending.user);
    return pending.language.empty() && session ? session->subscriber().language : pending.language;
}

const Texts& Ici::Impl::texts_for(const Pending& pending) const {
    return languages_.texts(language_of(pending));
}

void Ici::Impl::forget(engine::SubscriptionId id) {
    sessions_.remove(id);
    close_if_done();
}

void Ici::Impl::close_if_done() {
    if (stage_ == Stage::drained && sessions_.empty()) finish();
}

void Ici::Impl::finish() {
    close();
    if (when_closed_) std::exchange(when_closed_, nullptr)();
}

void Ici::Impl::stop(std::chrono::milliseconds limit, std::function<void()> closed) {
    if (stage_ != Stage::serving) return;
    stage_ = Stage::stopping;
    when_closed_ = std::move(closed);
    server_.stop([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        if (self->stage_ == Stage::stopping) self->stage_ = Stage::drained;
        self->close_if_done();
    });
    for (const auto& session : sessions_.all()) {
        if (!session->ending()) session->drop();
    }
    stop_timer_.expires_after(limit);
    stop_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (self && !error) self->finish();
    });
}

void Ici::Impl::close() {
    if (stage_ == Stage::closed) return;
    stage_ = Stage::closed;
    stop_timer_.cancel();
    for (const auto& session : sessions_.take_all()) session->drop();
    server_.close();
    client_.close();
    open_.clear();
}

Ici::Ici(boost::asio::io_context& io, const Current<Settings>& settings, const Languages& languages,
         Logger& log, Numbers& numbers, Post post, MrServes mr_serves)
    : impl_(std::make_shared<Impl>(io, settings, languages, log, numbers, std::move(post),
                                   std::move(mr_serves))) {}
Ici::~Ici() { impl_->quit(); }
std::uint16_t Ici::port() const { return impl_->port(); }
std::size_t Ici::connections() const { return impl_->connections(); }
const Counters& Ici::counters() const { return impl_->counters(); }
void Ici::stop(std::chrono::milliseconds limit, std::function<void()> closed) {
    impl_->stop(limit, std::move(closed));
}

void Ici::perform(const engine::CrmAction& action, std::optional<Clock::time_point> cause) {
    std::visit([&](const auto& one) { impl_->on(one, cause); }, action);
}

std::optional<SessionFacts> Ici::session(engine::SubscriptionId id) const {
    const auto* session = impl_->find(id);
    return session ? std::optional{session->facts()} : std::nullopt;
}

}  // namespace cticonnector::crm
