#include "event_client.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <set>
#include <utility>

#include "base64.hpp"
#include "connection_pool.hpp"
#include "cticonnector/net/content_coding.hpp"
#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/spawn.hpp"

namespace cticonnector::crm {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr int max_interim = 16;

/// 101 is none: whoever switches the protocol has not answered.
bool is_interim(unsigned status) { return status / 100 == 1 && status != 101; }

class Posting final : public Delivery, public Claim {
  public:
    Posting(asio::io_context& io, EventTarget to, EventClient::Handed on_handed, EventClient::Done on_done)
        : Claim(io), target(std::move(to)), handed(std::move(on_handed)), done(std::move(on_done)) {}

    void cancel() override {
        cancelled = true;
        connecting.cancel();
        if (connection) connection->close();
        wake.cancel();
    }

    const EventTarget target;
    http::request<http::string_body> request;
    const EventClient::Handed handed;
    const EventClient::Done done;
    net::Connecting connecting;
    std::chrono::nanoseconds waited{};
};
using PostingPtr = std::shared_ptr<Posting>;

/// Nobody was asked for a coding; what cannot be read is said in place of the body.
std::string plain_body(http::response<http::string_body>& message) {
    const std::string_view coding = message[http::field::content_encoding];
    if (coding.empty()) return std::move(message.body());
    auto body = net::uncoded(std::move(message.body()), coding, net::max_body);
    if (auto* refusal = std::get_if<net::CodingRefusal>(&body)) return std::move(refusal->text);
    return std::get<std::string>(std::move(body));
}

/// Nobody's password goes to whatever host a subscriber names (R-DEC-67).
std::string basic_authentication(const Settings& settings) {
    if (settings.event_user.empty() || may_name_any_host(settings)) return {};
    return "Basic " + base64(settings.event_user + ":" + settings.event_password.reveal());
}

}  // namespace

/// Coroutines keep it alive.
class EventClient::Impl : public std::enable_shared_from_this<EventClient::Impl> {
  public:
    Impl(asio::io_context& io, const Settings& settings)
        : io_(io),
          connect_timeout_(settings.connect_timeout),
          event_timeout_(settings.event_timeout),
          pools_(io, {std::max<std::size_t>(1, settings.event_connections), all_event_connections(settings),
                      settings.event_idle_limit}),
          authorization_(basic_authentication(settings)) {}

    PostingPtr post(Event event, Handed handed, Done done) {
        auto post =
            std::make_shared<Posting>(io_, std::move(event.target), std::move(handed), std::move(done));
        post->fresh = event.fresh;
        post->request = request(post->target, std::move(event.envelope));
        posts_.insert(post);
        net::spawn(io_.get_executor(), carry(shared_from_this(), post));
        return post;
    }
    void close() {
        for (const PostingPtr& post : posts_) post->cancel();
        pools_.close();
    }

  private:
    using PoolPtr = std::shared_ptr<ConnectionPool>;
    struct Outcome {
        EventOutcome said;
        bool stale = false;
    };

    static asio::awaitable<void> carry(std::shared_ptr<Impl> self, PostingPtr post);
    static asio::awaitable<std::string> connect(std::shared_ptr<Impl> self, PoolPtr pool, PostingPtr post);
    static asio::awaitable<Outcome> exchange(std::shared_ptr<Impl> self, PostingPtr post);

    http::request<http::string_body> request(const EventTarget&, std::string envelope) const;
    std::string failure(const EventTarget&, const error_code&) const;

    asio::io_context& io_;
    const std::chrono::milliseconds connect_timeout_;
    const std::chrono::milliseconds event_timeout_;
    ConnectionPools pools_;
    const std::string authorization_;
    std::set<PostingPtr> posts_;
};

http::request<http::string_body> EventClient::Impl::request(const EventTarget& target,
                                                            std::string envelope) const {
    http::request<http::string_body> request{http::verb::post, target.path, 11};
    request.set(http::field::host, target.authority());
    request.set(http::field::content_type, "text/xml; charset=utf-8");
    request.set(http::field::accept_encoding, "identity");
    request.set("SOAPAction", "\"\"");
    if (!authorization_.empty()) request.set(http::field::authorization, authorization_);
    request.body() = std::move(envelope);
    request.prepare_payload();
    return request;
}

std::string EventClient::Impl::failure(const EventTarget& target, const error_code& error) const {
    if (error == beast::error::timeout)
        return "no answer from " + target.authority() + " within " + std::to_string(event_timeout_.count()) +
               " ms";
    if (error != http::error::end_of_stream &&
        error.category() == http::make_error_code(http::error::bad_version).category())
        return "the answer of " + target.authority() + " cannot be read: " + error.message();
    return "no answer from " + target.authority() + ": " + error.message();
}

/// One event from its turn in the pool to its answer.
asio::awaitable<void> EventClient::Impl::carry(std::shared_ptr<Impl> self, PostingPtr post) {
    const PoolPtr pool = self->pools_.of(post->target);
    const auto asked = Clock::now();
    co_await ConnectionPool::take(pool, post);
    post->waited = Clock::now() - asked;
    Outcome outcome;
    do {
        if (!post->connection && !post->cancelled) {
            std::string why = co_await connect(self, pool, post);
            outcome.said = NoAnswer{std::move(why)};
        }
        if (!post->connection || post->cancelled) break;
        outcome = co_await exchange(self, post);
        if (std::holds_alternative<NoAnswer>(outcome.said) && !post->cancelled) {
            post->connection = nullptr;
            pool->discard_idle();
        }
    } while (outcome.stale);
    pool->give_back(*post);
    self->posts_.erase(post);
    if (!post->cancelled) post->done(std::move(outcome.said));
}

/// Sets the connection, or returns why there is none.
asio::awaitable<std::string> EventClient::Impl::connect(std::shared_ptr<Impl> self, PoolPtr pool,
                                                        PostingPtr post) {
    net::Connected got;
    post->connecting = pool->remote().connect(self->connect_timeout_, [post, &got](net::Connected result) {
        got = std::move(result);
        post->wake.cancel();
    });
    post->wake.expires_at(Clock::time_point::max());
    error_code ec;
    co_await post->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (got.socket) post->connection = std::make_shared<Connection>(std::move(*got.socket));
    co_return "no connection to " + post->target.authority() + ": " + got.failure;
}

asio::awaitable<EventClient::Impl::Outcome> EventClient::Impl::exchange(std::shared_ptr<Impl> self,
                                                                        PostingPtr post) {
    const ConnectionPtr connection = post->connection;
    auto& stream = connection->stream;
    stream.expires_after(self->event_timeout_);
    post->handed(post->waited);
    connection->writing = true;
    http::async_write(stream, post->request,
                      [post, connection](error_code, std::size_t) { connection->writing = false; });

    std::optional<http::response_parser<http::string_body>> parser;
    error_code ec;
    bool spoke = false;
    int interim = 0;
    do {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(net::max_header));
        parser->body_limit(net::max_body);
        co_await http::async_read(stream, connection->buffer, *parser,
                                  asio::redirect_error(asio::use_awaitable, ec));
        spoke = spoke || parser->got_some();
        interim += is_interim(parser->get().result_int()) ? 1 : 0;
    } while (!ec && is_interim(parser->get().result_int()) && interim <= max_interim);

    Outcome outcome;
    if (ec || interim > max_interim) {
        connection->close();
        outcome.stale = connection->kept && !spoke && ec != beast::error::timeout && !post->cancelled;
        outcome.said = NoAnswer{ec ? self->failure(post->target, ec)
                                   : post->target.authority() + " sends interim answers without end"};
        co_return outcome;
    }
    auto& message = parser->get();
    EventAnswer answer{message.result_int(), message[http::field::content_type], {}};
    const bool clean = connection->buffer.size() == 0 && !connection->writing;
    if (!message.keep_alive() || answer.status < 200 || !clean) connection->close();
    answer.body = plain_body(message);
    outcome.said = std::move(answer);
    co_return outcome;
}

EventClient::EventClient(asio::io_context& io, const Settings& settings)
    : impl_(std::make_shared<Impl>(io, settings)) {}
EventClient::~EventClient() { close(); }
std::shared_ptr<Delivery> EventClient::post(Event event, Handed handed, Done done) {
    return impl_->post(std::move(event), std::move(handed), std::move(done));
}
void EventClient::close() { impl_->close(); }

}  // namespace cticonnector::crm
