#include "cticonnector/net/remote.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <sstream>
#include <utility>
#include <vector>

#include "cticonnector/net/handles.hpp"
#include "lookup.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds next_try_after{250};
/// A name is looked up again after this time.
constexpr std::chrono::seconds lookup_lifetime{60};

/// The system's words, in the middle of a sentence.
std::string words(const error_code& error) {
    if (error == asio::error::timed_out) return "no answer";
    std::string text = error.message();
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

std::string text(const tcp::endpoint& address) {
    std::ostringstream out;
    out << address;
    return out.str();
}

/// A look-up without handles fails with words of its own; whether that was the cause is tried out.
error_code open_a_socket(asio::io_context& io) {
    tcp::socket probe(io);
    error_code error;
    probe.open(tcp::v4(), error);
    return error;
}

}  // namespace

// ---- what is known of a name

class Remote::Name : public std::enable_shared_from_this<Name> {
  public:
    Name(asio::io_context& io, std::string host, std::uint16_t port)
        : io_(io), host_(std::move(host)), port_(port) {
        error_code is_a_name;
        const auto address = asio::ip::make_address(host_, is_a_name);
        if (is_a_name) return;
        addresses_ = {{address, port_}};
        look_again_at_ = Clock::time_point::max();
    }

    const std::string& host() const { return host_; }
    const std::vector<tcp::endpoint>& addresses() const { return addresses_; }

    /// True when `attempt` is told later, by looked_up().
    bool look_up(const std::shared_ptr<Connecting::Attempt>& attempt);
    void answered(const tcp::endpoint& address) {
        const auto winner = std::ranges::find(addresses_, address);
        if (winner != addresses_.end()) std::rotate(addresses_.begin(), winner, winner + 1);
    }
    void nobody_answered() {
        if (look_again_at_ != Clock::time_point::max()) look_again_at_ = Clock::time_point::min();
    }

  private:
    void found(Found);

    asio::io_context& io_;
    const std::string host_;
    const std::uint16_t port_;
    std::vector<tcp::endpoint> addresses_;  ///< the one that answered last is the first
    Clock::time_point look_again_at_ = Clock::time_point::min();
    std::unique_ptr<Lookup> lookup_;
    std::vector<std::weak_ptr<Connecting::Attempt>> waiting_;
};

// ---- one attempt

class Connecting::Attempt : public std::enable_shared_from_this<Attempt> {
  public:
    Attempt(asio::io_context& io, std::shared_ptr<Remote::Name> name, Remote::Done done)
        : io_(io), name_(std::move(name)), done_(std::move(done)), limit_(io), step_(io) {}

    void start(std::chrono::milliseconds limit) {
        limit_.expires_after(limit);
        limit_.async_wait([self = shared_from_this()](error_code error) {
            if (!error && self->done_) self->fail();  // both may be ready in one turn
        });
        asio::post(io_, [self = shared_from_this()] { self->begin(); });
    }
    void looked_up(const error_code& failure);
    void cancel() {
        done_ = nullptr;
        name_ = nullptr;  // the handlers below end with the loop, a look-up must end before it
        limit_.cancel();
        step_.cancel();
        error_code ignored;  // it is not wanted any more
        for (Try& one : tries_) one.socket.close(ignored);
    }

  private:
    struct Try {
        tcp::endpoint address;
        tcp::socket socket;
        std::string failure = "no answer";
        bool over = false;
    };

    void begin();
    void add_addresses();
    void try_next();
    void try_next_later();
    void failed(Try&, const error_code&);
    void connected(Try&);
    void fail();
    void finish(Connected);

    asio::io_context& io_;
    std::shared_ptr<Remote::Name> name_;
    Remote::Done done_;  ///< nothing: it is over, and there is no name any more
    asio::steady_timer limit_, step_;
    std::vector<tcp::endpoint> addresses_;
    std::list<Try> tries_;  ///< of the first of `addresses_`
    bool looking_up_ = false;
    bool no_handles_ = false;
    std::string lookup_failure_ = "no answer from the name service";
};

void Connecting::Attempt::begin() {
    if (!done_) return;
    looking_up_ = name_->look_up(shared_from_this());
    add_addresses();
    if (looking_up_) return try_next_later();
    try_next();
}

void Connecting::Attempt::looked_up(const error_code& failure) {
    if (!done_) return;
    looking_up_ = false;
    if (failure) lookup_failure_ = words(failure);
    add_addresses();
    if (std::ranges::all_of(tries_, &Try::over)) return try_next();
    try_next_later();
}

void Connecting::Attempt::add_addresses() {
    for (const tcp::endpoint& address : name_->addresses()) {
        if (std::ranges::find(addresses_, address) == addresses_.end()) addresses_.push_back(address);
    }
}

void Connecting::Attempt::try_next_later() {
    step_.expires_after(next_try_after);
    step_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->done_) self->try_next();
    });
}

void Connecting::Attempt::try_next() {
    if (tries_.size() == addresses_.size()) {
        if (!looking_up_ && std::ranges::all_of(tries_, &Try::over)) fail();
        return;
    }
    Try& one = tries_.emplace_back(Try{addresses_[tries_.size()], tcp::socket(io_)});
    one.socket.async_connect(one.address, [self = shared_from_this(), &one](error_code error) {
        if (!self->done_) return;
        if (error) return self->failed(one, error);
        self->connected(one);
    });
    try_next_later();
}

void Connecting::Attempt::failed(Try& one, const error_code& error) {
    one.over = true;
    one.failure = words(error);
    no_handles_ = no_handles_ || no_handles_left(error);
    try_next();
}

void Connecting::Attempt::connected(Try& one) {
    name_->answered(one.address);
    finish({.socket = std::move(one.socket)});
}

void Connecting::Attempt::fail() {
    Connected result{.no_handles = no_handles_};
    for (const Try& one : tries_)
        result.failure += (result.failure.empty() ? "" : "; ") + text(one.address) + ": " + one.failure;
    if (tries_.empty()) {
        const error_code open = open_a_socket(io_);
        result.no_handles = no_handles_left(open);
        result.failure = name_->host() + ": " + (result.no_handles ? words(open) : lookup_failure_);
    }
    name_->nobody_answered();
    finish(std::move(result));
}

void Connecting::Attempt::finish(Connected result) {
    const Remote::Done done = std::move(done_);
    cancel();
    done(std::move(result));
}

// ----

bool Remote::Name::look_up(const std::shared_ptr<Connecting::Attempt>& attempt) {
    if (!lookup_ && Clock::now() < look_again_at_) return false;
    waiting_.push_back(attempt);
    if (!lookup_) {
        lookup_ = std::make_unique<Lookup>(io_, host_, port_, [name = weak_from_this()](Found what) {
            if (const auto self = name.lock()) self->found(std::move(what));
        });
    }
    return true;
}

/// Addresses that are known stay in use until there are newer ones.
void Remote::Name::found(Found what) {
    lookup_.reset();
    if (!what.failure) {
        const auto winner = addresses_.empty() ? tcp::endpoint() : addresses_.front();
        addresses_ = std::move(what.addresses);
        answered(winner);
        look_again_at_ = Clock::now() + lookup_lifetime;
    }
    for (const auto& waiting : std::exchange(waiting_, {})) {
        if (const auto attempt = waiting.lock()) attempt->looked_up(what.failure);
    }
}

Connecting::Connecting(std::shared_ptr<Attempt> attempt) : attempt_(std::move(attempt)) {}
Connecting::~Connecting() { cancel(); }
Connecting& Connecting::operator=(Connecting&& other) noexcept {
    if (this == &other) return *this;
    cancel();
    attempt_ = std::move(other.attempt_);
    return *this;
}
void Connecting::cancel() {
    if (const auto attempt = std::exchange(attempt_, nullptr)) attempt->cancel();
}

Remote::Remote(asio::io_context& io, std::string host, std::uint16_t port)
    : io_(io), name_(std::make_shared<Name>(io, std::move(host), port)) {}

Connecting Remote::connect(std::chrono::milliseconds limit, Done done) {
    auto attempt = std::make_shared<Connecting::Attempt>(io_, name_, std::move(done));
    attempt->start(limit);
    return Connecting(std::move(attempt));
}

}  // namespace cticonnector::net
