#include "cticonnector/net/http_client.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "cticonnector/net/content_coding.hpp"
#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/spawn.hpp"
#include "http_pool.hpp"

namespace cticonnector::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr int max_interim = 16;

/// 101 is none: whoever switches the protocol has not answered.
bool is_interim(unsigned status) { return status / 100 == 1 && status != 101; }

class Posting final : public HttpPosting, public HttpClaim {
  public:
    Posting(asio::io_context& io, HttpTarget to, HttpClient::Handed on_handed, HttpClient::Done on_done)
        : HttpClaim(io), target(std::move(to)), handed(std::move(on_handed)), done(std::move(on_done)) {}

    void cancel() override {
        cancelled = true;
        connecting.cancel();
        if (connection) connection->close();
        wake.cancel();
    }

    const HttpTarget target;
    http::request<http::string_body> request;
    const HttpClient::Handed handed;
    const HttpClient::Done done;
    Connecting connecting;
    std::chrono::nanoseconds waited{};
};
using PostingPtr = std::shared_ptr<Posting>;

/// Nobody was asked for a coding; what cannot be read is said in place of the body.
std::string plain_body(http::response<http::string_body>& message) {
    const std::string_view coding = message[http::field::content_encoding];
    if (coding.empty()) return std::move(message.body());
    auto body = uncoded(std::move(message.body()), coding, max_body);
    if (auto* refusal = std::get_if<CodingRefusal>(&body)) return std::move(refusal->text);
    return std::get<std::string>(std::move(body));
}

}  // namespace

/// Coroutines keep it alive.
class HttpClient::Impl : public std::enable_shared_from_this<HttpClient::Impl> {
  public:
    Impl(asio::io_context& io, HttpClientSettings settings)
        : io_(io),
          settings_(std::move(settings)),
          pools_(io, {std::max<std::size_t>(1, settings_.connections), settings_.all_connections,
                      settings_.idle_limit}) {}

    PostingPtr post(HttpPost asked, Handed handed, Done done) {
        auto post =
            std::make_shared<Posting>(io_, std::move(asked.target), std::move(handed), std::move(done));
        post->fresh = asked.fresh;
        if (closed_) {
            post->cancel();
            return post;
        }
        post->request = request(post->target, asked);
        posts_.insert(post);
        // nothing is told before this returns
        asio::post(io_,
                   [self = shared_from_this(), post] { spawn(self->io_.get_executor(), carry(self, post)); });
        return post;
    }
    void close() {
        closed_ = true;
        for (const PostingPtr& post : posts_) post->cancel();
        pools_.close();
    }

  private:
    using PoolPtr = std::shared_ptr<HttpPool>;
    struct Outcome {
        HttpOutcome said;
        bool stale = false;
    };

    static asio::awaitable<void> carry(std::shared_ptr<Impl> self, PostingPtr post);
    static asio::awaitable<std::string> connect(std::shared_ptr<Impl> self, PoolPtr pool, PostingPtr post);
    static asio::awaitable<Outcome> exchange(std::shared_ptr<Impl> self, PostingPtr post);

    static http::request<http::string_body> request(const HttpTarget&, HttpPost&);
    static std::string failure(const HttpTarget&, const error_code&, std::chrono::milliseconds patience);

    asio::io_context& io_;
    const HttpClientSettings settings_;
    HttpPools pools_;
    std::set<PostingPtr> posts_;
    bool closed_ = false;
};

http::request<http::string_body> HttpClient::Impl::request(const HttpTarget& target, HttpPost& asked) {
    http::request<http::string_body> request{http::verb::post, target.path, 11};
    request.set(http::field::host, target.authority());
    request.set(http::field::content_type, asked.content_type);
    request.set(http::field::accept_encoding, "identity");
    for (const auto& [name, value] : asked.headers) request.set(name, value);
    request.body() = std::move(asked.body);
    request.prepare_payload();
    return request;
}

std::string HttpClient::Impl::failure(const HttpTarget& target, const error_code& error,
                                      std::chrono::milliseconds patience) {
    if (error == beast::error::timeout)
        return "no answer from " + target.authority() + " within " + std::to_string(patience.count()) + " ms";
    if (error != http::error::end_of_stream &&
        error.category() == http::make_error_code(http::error::bad_version).category())
        return "the answer of " + target.authority() + " cannot be read: " + error.message();
    return "no answer from " + target.authority() + ": " + error.message();
}

/// One event from its turn in the pool to its answer.
asio::awaitable<void> HttpClient::Impl::carry(std::shared_ptr<Impl> self, PostingPtr post) {
    const PoolPtr pool = self->pools_.of(post->target);
    const auto asked = Clock::now();
    co_await HttpPool::take(pool, post);
    post->waited = Clock::now() - asked;
    Outcome outcome;
    do {
        if (!post->connection && !post->cancelled) {
            std::string why = co_await connect(self, pool, post);
            outcome.said = NoResponse{std::move(why)};
        }
        if (!post->connection || post->cancelled) break;
        outcome = co_await exchange(self, post);
        if (std::holds_alternative<NoResponse>(outcome.said) && !post->cancelled) {
            post->connection = nullptr;
            pool->discard_idle();
        }
    } while (outcome.stale);
    pool->give_back(*post);
    self->posts_.erase(post);
    if (!post->cancelled) post->done(std::move(outcome.said));
}

/// Sets the connection, or returns why there is none.
asio::awaitable<std::string> HttpClient::Impl::connect(std::shared_ptr<Impl> self, PoolPtr pool,
                                                       PostingPtr post) {
    TlsContext* const tls = post->target.tls ? self->settings_.tls.get() : nullptr;
    if (post->target.tls && !tls)
        co_return "no connection to " + post->target.authority() + ": no TLS is configured";
    const auto patience = *self->settings_.connect_timeout;
    const auto deadline = Clock::now() + patience;
    Connected got;
    post->connecting = pool->remote().connect(patience, [post, &got](Connected result) {
        got = std::move(result);
        post->wake.cancel();
    });
    post->wake.expires_at(Clock::time_point::max());
    error_code ec;
    co_await post->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (got.socket && !post->cancelled) {
        auto made = std::make_shared<ClientConnection>(std::move(*got.socket), tls);
        post->connection = made;  // to be closed when nobody wants it any more
        made->stream.expires_at(deadline);
        ec = co_await made->stream.connect_handshake(post->target.host);
        if (ec) post->connection = nullptr;
        if (ec) got.failure = "TLS: " + (ec == beast::error::timeout ? "no answer" : ec.message());
    }
    co_return "no connection to " + post->target.authority() + ": " + got.failure;
}

asio::awaitable<HttpClient::Impl::Outcome> HttpClient::Impl::exchange(std::shared_ptr<Impl> self,
                                                                      PostingPtr post) {
    const ClientConnectionPtr connection = post->connection;
    auto& stream = connection->stream;
    const auto patience = *self->settings_.answer_timeout;
    stream.expires_after(patience);
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
        parser->header_limit(static_cast<std::uint32_t>(max_header));
        parser->body_limit(max_body);
        co_await http::async_read(stream, connection->buffer, *parser,
                                  asio::redirect_error(asio::use_awaitable, ec));
        spoke = spoke || parser->got_some();
        interim += is_interim(parser->get().result_int()) ? 1 : 0;
    } while (!ec && is_interim(parser->get().result_int()) && interim <= max_interim);

    Outcome outcome;
    if (ec || interim > max_interim) {
        connection->close();
        outcome.stale = connection->kept && !spoke && ec != beast::error::timeout && !post->cancelled;
        outcome.said = NoResponse{ec ? failure(post->target, ec, patience)
                                     : post->target.authority() + " sends interim answers without end"};
        co_return outcome;
    }
    auto& message = parser->get();
    HttpResponse answer{message.result_int(), message[http::field::content_type], {}};
    const bool clean = connection->buffer.size() == 0 && !connection->writing;
    if (!message.keep_alive() || answer.status < 200 || !clean) connection->close();
    answer.body = plain_body(message);
    outcome.said = std::move(answer);
    co_return outcome;
}

HttpClient::HttpClient(asio::io_context& io, HttpClientSettings settings)
    : impl_(std::make_shared<Impl>(io, std::move(settings))) {}
HttpClient::~HttpClient() { close(); }
std::shared_ptr<HttpPosting> HttpClient::post(HttpPost asked, Handed handed, Done done) {
    return impl_->post(std::move(asked), std::move(handed), std::move(done));
}
void HttpClient::close() { impl_->close(); }

}  // namespace cticonnector::net
