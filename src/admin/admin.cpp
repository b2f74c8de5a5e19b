#include "cticonnector/admin/admin.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/net/http_server.hpp"
#include "cticonnector/net/refusals.hpp"
#include "cticonnector/net/shortage.hpp"
#include "pages.hpp"
#include "refusal.hpp"

namespace cticonnector::admin {

namespace {

constexpr auto json_type = "application/json";

/// For people and scrapers, who have no need to stay.
constexpr std::chrono::seconds patience{10};

/// Whoever learns that something is away, or that this one stops, asks again after this.
constexpr unsigned retry_after = 5;

net::HttpAnswer answer_of(Page page) {
    return {.status = static_cast<unsigned>(page.status),
            .body = std::move(page.body),
            .content_type = page.content_type,
            .retry_after = page.status == 503 ? retry_after : 0};
}

net::HttpServerSettings listener(const Current<Settings>& settings) {
    return {.address = settings->listen_address,
            .port = settings->listen_port,
            .request_read_timeout = patience,
            .idle_timeout = patience,
            .max_connections = Admin::most_connections,
            .allowed_peers = {settings, &Settings::allowed_peers}};
}

}  // namespace

class Admin::Impl {
  public:
    Impl(boost::asio::io_context& io, const Current<Settings>& settings, Sources from,
         std::function<void(engine::ItemId)> retry)
        : settings_(settings),
          from_(std::move(from)),
          retry_(std::move(retry)),
          refusals_(from_.log, "admin", "[ADMIN] AllowedPeers", peers_refused_),
          server_(
              io, listener(settings),
              [this](const net::HttpRequest& request, const std::shared_ptr<net::HttpExchange>& exchange) {
                  const auto refusal = refuse(request, settings_->server_names);
                  exchange->answer(refusal ? answer(request, *refusal) : answer(request), {});
              },
              [this](std::string_view text) { from_.journal.broken(text); },
              [this](std::string_view why) { net::tell_shortage(from_.log, "ADMIN", why); },
              [this](const boost::asio::ip::address& peer) { refusals_.add(peer); }) {}

    std::uint16_t port() const { return server_.port(); }
    void stop() { server_.close(); }
    std::uint64_t peers_refused() const { return peers_refused_; }

  private:
    net::HttpAnswer answer(const net::HttpRequest&);
    net::HttpAnswer answer(const net::HttpRequest&, const AdminRefusal&);
    void tell_act(const net::HttpRequest&, std::string_view target, const RetryAnswer&);
    net::HttpAnswer show(const net::HttpRequest&) const;

    const Current<Settings>& settings_;
    const Sources from_;
    const std::function<void(engine::ItemId)> retry_;
    /// What no item was meant by, by peer and text: a page in a browser may ask so at will.
    OnceAMinute<std::pair<std::string, std::string>> refused_acts_;
    std::uint64_t peers_refused_ = 0;
    net::Refusals refusals_;
    net::HttpServer server_;  ///< last: it starts to call when it is made, and stops first
};

/// One that is refused before anybody looks at what it asks for.
net::HttpAnswer Admin::Impl::answer(const net::HttpRequest& request, const AdminRefusal& refusal) {
    if (const auto item = item_to_retry(request.path); item && request.method == "POST")
        tell_act(request, *item, {.refusal = refusal.text});
    return answer_of(error_page(refusal.status, refusal.text));
}

net::HttpAnswer Admin::Impl::answer(const net::HttpRequest& request) {
    const auto item = item_to_retry(request.path);
    const std::string_view allowed = item ? "POST" : "GET, HEAD";
    if (request.method != (item ? "POST" : "GET")) {
        return {.status = 405,
                .body = error_page(405, "this answers " + std::string(allowed)).body,
                .content_type = json_type,
                .allow = allowed};
    }
    if (!item) return show(request);
    if (!from_.health().ici) {
        constexpr auto why = "the connector is stopping";
        tell_act(request, *item, {.refusal = why});
        return answer_of(error_page(503, why));
    }
    RetryAnswer given = admin::retry(from_.engine, *item);
    tell_act(request, *item, given);
    if (given.item) retry_(*given.item);
    return answer_of(std::move(given.page));
}

/// R-OPS-7: who asked for what, and what came of it.
void Admin::Impl::tell_act(const net::HttpRequest& request, std::string_view target,
                           const RetryAnswer& given) {
    constexpr std::size_t longest = 100;
    const std::string peer = request.peer.to_string();
    const std::string asked_for = shortened(target, longest);
    const std::string refusal = shortened(given.refusal, 2 * longest);
    const auto tell = [&](LogEvent event, std::string_view result) {
        from_.log.event(event, {{"act", "item.resend"},
                                {"target", asked_for},
                                {"item", given.key},
                                {"action_item", given.external_id},
                                {"result", result},
                                {"peer", peer},
                                {"text", refusal}});
    };
    if (refusal.empty()) {
        tell("operator.act", "done");
    } else if (refused_acts_({peer, refusal}, std::chrono::steady_clock::now())) {
        tell({"operator.act", Level::warning}, "refused");
    }
}

net::HttpAnswer Admin::Impl::show(const net::HttpRequest& request) const {
    if (request.path == "/metrics")
        return {.body = from_.metrics(), .content_type = "text/plain; version=0.0.4"};
    return answer_of(page({from_.engine, from_.journal, from_.worker, from_.shown_workmode, from_.health()},
                          request.path, request.query));
}

Admin::Admin(boost::asio::io_context& io, const Current<Settings>& settings, Sources from,
             std::function<void(engine::ItemId)> retry)
    : impl_(std::make_unique<Impl>(io, settings, std::move(from), std::move(retry))) {}
Admin::~Admin() = default;
std::uint16_t Admin::port() const { return impl_->port(); }
void Admin::stop() { impl_->stop(); }
std::uint64_t Admin::peers_refused() const { return impl_->peers_refused(); }

}  // namespace cticonnector::admin
