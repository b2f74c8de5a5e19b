#include "event_client.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <deque>
#include <list>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base64.hpp"
#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/rethrow.hpp"

namespace cticonnector::crm {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

/// A name is looked up again after this time, and after a connection could not be made.
constexpr std::chrono::seconds lookup_lifetime{60};

struct Connection {
    explicit Connection(asio::io_context& io) : stream(io) {}
    void close() {
        error_code ec;
        stream.socket().close(ec);
    }
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    bool used = false;  ///< has carried an event before
};
using ConnectionPtr = std::shared_ptr<Connection>;

class Posting;
using PostingPtr = std::shared_ptr<Posting>;

/// The connections to one host and port. `open` counts idle ones and those that carry an event.
struct Pool {
    std::list<ConnectionPtr> idle;
    std::size_t open = 0;
    std::deque<PostingPtr> waiting;  ///< for a connection, in turn

    std::vector<tcp::endpoint> endpoints;
    Clock::time_point look_again_at = Clock::time_point::min();
    bool looking_up = false;
    std::string lookup_failure;
    std::vector<PostingPtr> waiting_for_lookup;
};
using PoolPtr = std::shared_ptr<Pool>;

class Posting final : public Delivery {
  public:
    Posting(asio::io_context& io, EventTarget to, std::string envelope, EventClient::Handed on_handed,
            EventClient::Done on_done)
        : target(std::move(to)),
          body(std::move(envelope)),
          handed(std::move(on_handed)),
          done(std::move(on_done)),
          wake(io) {}

    void cancel() override {
        cancelled = true;
        if (connection) connection->close();
        wake.cancel();
    }

    EventTarget target;
    std::string body;
    EventClient::Handed handed;
    EventClient::Done done;
    asio::steady_timer wake;  ///< cancelled when what it waits for is there
    ConnectionPtr connection;
    bool cancelled = false;
};

std::string basic_authentication(const Settings& settings) {
    if (settings.event_user.empty()) return {};
    return "Basic " + base64(settings.event_user + ":" + settings.event_password.reveal());
}

}  // namespace

/// Coroutines and look-ups keep it alive.
class EventClient::Impl : public std::enable_shared_from_this<EventClient::Impl> {
  public:
    Impl(asio::io_context& io, const Settings& settings)
        : io_(io),
          resolver_(io),
          connect_timeout_(settings.connect_timeout),
          event_timeout_(settings.event_timeout),
          limit_(settings.event_connections),
          authorization_(basic_authentication(settings)) {}

    PostingPtr post(EventTarget target, std::string envelope, Handed handed, Done done) {
        auto post = std::make_shared<Posting>(io_, std::move(target), std::move(envelope), std::move(handed),
                                              std::move(done));
        posts_.insert(post);
        asio::co_spawn(io_, carry(shared_from_this(), post), net::rethrow);
        return post;
    }
    void close();

  private:
    static asio::awaitable<void> carry(std::shared_ptr<Impl> self, PostingPtr post);
    asio::awaitable<void> take_connection(PoolPtr pool, PostingPtr post);
    asio::awaitable<EventAnswer> exchange(PoolPtr pool, PostingPtr post, bool* stale);
    asio::awaitable<error_code> connect(PoolPtr pool, PostingPtr post);
    void start_lookup(const PoolPtr&, const EventTarget&);
    asio::awaitable<void> look_up(PoolPtr pool, PostingPtr post);

    PoolPtr pool_of(const EventTarget&);
    void give_back(const EventTarget&, const PoolPtr&, ConnectionPtr, bool reusable);
    void keep(const EventTarget&, const PoolPtr&, ConnectionPtr);
    void give_up_place(const EventTarget&, const PoolPtr&);

    asio::io_context& io_;
    tcp::resolver resolver_;
    const std::chrono::milliseconds connect_timeout_;
    const std::chrono::milliseconds event_timeout_;
    const std::size_t limit_;
    const std::string authorization_;
    std::map<std::string, PoolPtr> pools_;  ///< by authority
    std::set<PostingPtr> posts_;
    bool closed_ = false;
};

PoolPtr EventClient::Impl::pool_of(const EventTarget& target) {
    auto& pool = pools_[target.authority()];
    if (!pool) pool = std::make_shared<Pool>();
    return pool;
}

/// One event from its turn in the pool to its answer.
asio::awaitable<void> EventClient::Impl::carry(std::shared_ptr<Impl> self, PostingPtr post) {
    const PoolPtr pool = self->pool_of(post->target);
    co_await self->take_connection(pool, post);
    EventAnswer answer;
    if (post->connection) {
        bool stale = false;
        answer = co_await self->exchange(pool, post, &stale);
        if (stale && !post->cancelled) {
            post->connection = std::make_shared<Connection>(self->io_);
            answer = co_await self->exchange(pool, post, &stale);
        }
        self->give_back(post->target, pool, std::exchange(post->connection, nullptr), answer.status != 0);
    }
    self->posts_.erase(post);
    if (!post->cancelled) post->done(std::move(answer));
}

asio::awaitable<void> EventClient::Impl::take_connection(PoolPtr pool, PostingPtr post) {
    if (post->cancelled) co_return;
    if (!pool->idle.empty()) {
        post->connection = std::move(pool->idle.back());
        pool->idle.pop_back();
        error_code ec;
        post->connection->stream.socket().cancel(ec);  // it was watched while idle
        co_return;
    }
    if (pool->open < limit_) {
        ++pool->open;
        post->connection = std::make_shared<Connection>(io_);
        co_return;
    }
    pool->waiting.push_back(post);
    post->wake.expires_at(Clock::time_point::max());
    error_code ec;
    co_await post->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (!post->connection) std::erase(pool->waiting, post);
}

void EventClient::Impl::give_back(const EventTarget& target, const PoolPtr& pool, ConnectionPtr connection,
                                  bool reusable) {
    reusable = reusable && !closed_ && connection->stream.socket().is_open();
    if (!reusable) connection->close();
    while (!pool->waiting.empty()) {
        const PostingPtr next = std::move(pool->waiting.front());
        pool->waiting.pop_front();
        if (next->cancelled) continue;
        next->connection = reusable ? std::move(connection) : std::make_shared<Connection>(io_);
        next->wake.cancel();
        return;
    }
    if (reusable) return keep(target, pool, std::move(connection));
    give_up_place(target, pool);
}

void EventClient::Impl::give_up_place(const EventTarget& target, const PoolPtr& pool) {
    --pool->open;
    if (pool->open == 0 && !pool->looking_up) pools_.erase(target.authority());
}

/// An idle connection is watched, so that one that SAP closes leaves the pool at once.
void EventClient::Impl::keep(const EventTarget& target, const PoolPtr& pool, ConnectionPtr connection) {
    connection->used = true;
    connection->stream.expires_never();
    pool->idle.push_back(connection);
    auto& socket = connection->stream.socket();
    const auto closed = [self = shared_from_this(), target, pool, connection](error_code) {
        if (std::erase(pool->idle, connection) == 0) return;  // it carries an event again
        connection->close();
        self->give_up_place(target, pool);
    };
    socket.async_wait(tcp::socket::wait_read, closed);
}

/// Runs beside the loop. Addresses that are known stay in use until there are newer ones.
void EventClient::Impl::start_lookup(const PoolPtr& pool, const EventTarget& target) {
    if (std::exchange(pool->looking_up, true)) return;
    pool->lookup_failure = "no answer from the name service";
    resolver_.async_resolve(target.host, std::to_string(target.port),
                            [pool, self = shared_from_this()](error_code failure, const auto& results) {
                                pool->looking_up = false;
                                pool->lookup_failure = failure.message();
                                if (!failure) {
                                    pool->endpoints.assign(results.begin(), results.end());
                                    pool->look_again_at = Clock::now() + lookup_lifetime;
                                }
                                for (const PostingPtr& waiting : std::exchange(pool->waiting_for_lookup, {}))
                                    waiting->wake.cancel();
                            });
}

asio::awaitable<void> EventClient::Impl::look_up(PoolPtr pool, PostingPtr post) {
    error_code ec;
    const auto address = asio::ip::make_address(post->target.host, ec);
    if (!ec) {
        pool->endpoints = {tcp::endpoint{address, post->target.port}};
        co_return;
    }
    if (Clock::now() >= pool->look_again_at) start_lookup(pool, post->target);
    if (!pool->endpoints.empty()) co_return;
    pool->waiting_for_lookup.push_back(post);
    post->wake.expires_after(connect_timeout_);
    co_await post->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    std::erase(pool->waiting_for_lookup, post);
}

asio::awaitable<error_code> EventClient::Impl::connect(PoolPtr pool, PostingPtr post) {
    auto& stream = post->connection->stream;
    const std::vector<tcp::endpoint> endpoints = pool->endpoints;
    stream.expires_after(connect_timeout_);
    error_code ec;
    co_await stream.async_connect(endpoints, asio::redirect_error(asio::use_awaitable, ec));
    if (ec) {
        pool->look_again_at = Clock::time_point::min();  // it may have moved
        co_return ec;
    }
    error_code ignored;
    stream.socket().set_option(tcp::no_delay(true), ignored);
    co_return ec;
}

asio::awaitable<EventAnswer> EventClient::Impl::exchange(PoolPtr pool, PostingPtr post, bool* stale) {
    const ConnectionPtr connection = post->connection;
    auto& stream = connection->stream;
    EventAnswer answer;
    if (post->cancelled) co_return answer;
    if (!stream.socket().is_open()) {
        co_await look_up(pool, post);
        if (pool->endpoints.empty()) {
            answer.failure = "host " + post->target.host + " not found: " + pool->lookup_failure;
            co_return answer;
        }
        if (post->cancelled) co_return answer;
        const error_code ec = co_await connect(pool, post);
        if (ec) {
            answer.failure = "no connection to " + post->target.authority() + ": " + ec.message();
            co_return answer;
        }
    }
    if (post->cancelled) co_return answer;

    http::request<http::string_body> request{http::verb::post, post->target.path, 11};
    request.set(http::field::host, post->target.authority());
    request.set(http::field::content_type, "text/xml; charset=utf-8");
    request.set("SOAPAction", "\"\"");
    if (!authorization_.empty()) request.set(http::field::authorization, authorization_);
    request.body() = post->body;
    request.prepare_payload();

    stream.expires_after(event_timeout_);
    post->handed();
    error_code ec;
    co_await http::async_write(stream, request, asio::redirect_error(asio::use_awaitable, ec));
    http::response_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(net::max_header));
    parser.body_limit(net::max_body);
    if (!ec) {
        co_await http::async_read(stream, connection->buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, ec));
    }
    if (ec) {
        *stale = connection->used && !parser.got_some() && ec != beast::error::timeout;
        answer.failure = "no answer from " + post->target.authority() + ": " + ec.message();
        connection->close();
        co_return answer;
    }
    answer.status = parser.get().result_int();
    if (!parser.get().keep_alive() || connection->buffer.size() > 0) connection->close();
    answer.body = std::move(parser.get().body());
    co_return answer;
}

void EventClient::Impl::close() {
    closed_ = true;
    resolver_.cancel();
    for (const PostingPtr& post : posts_) post->cancel();
    for (const auto& [authority, pool] : pools_) {
        for (const ConnectionPtr& connection : pool->idle) connection->close();
    }
}

EventClient::EventClient(asio::io_context& io, const Settings& settings)
    : impl_(std::make_shared<Impl>(io, settings)) {}
EventClient::~EventClient() { close(); }
std::shared_ptr<Delivery> EventClient::post(EventTarget target, std::string envelope, Handed handed,
                                            Done done) {
    return impl_->post(std::move(target), std::move(envelope), std::move(handed), std::move(done));
}
void EventClient::close() { impl_->close(); }

}  // namespace cticonnector::crm
