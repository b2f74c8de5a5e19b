#include "lookup.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <utility>

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// So many names may hang before others wait for them.
constexpr std::size_t threads = 4;

/// Never destroyed: nobody waits for a look-up that hangs.
asio::thread_pool& pool() {
    static asio::thread_pool& the_pool = *new asio::thread_pool(threads);
    return the_pool;
}

Found look_up(const std::string& host, std::uint16_t port) {
    Found found;
    tcp::resolver resolver(pool());
    const auto results =
        resolver.resolve(host, std::to_string(port), tcp::resolver::numeric_service, found.failure);
    for (const auto& entry : results) found.addresses.push_back(entry.endpoint());
    return found;
}

}  // namespace

/// `io` and `done` are there until the owner takes them away; the mutex stands between the two threads.
struct Lookup::Shared {
    std::mutex mutex;
    asio::io_context* io = nullptr;
    std::function<void(Found)> done;

    bool wanted() {
        const std::scoped_lock lock(mutex);
        return io != nullptr;
    }
};

Lookup::Lookup(asio::io_context& io, const std::string& host, std::uint16_t port,
               std::function<void(Found)> done)
    : shared_(std::make_shared<Shared>()) {
    shared_->io = &io;
    shared_->done = std::move(done);
    asio::post(pool(), [shared = shared_, host, port] {
        if (!shared->wanted()) return;
        Found found = look_up(host, port);
        const std::scoped_lock lock(shared->mutex);
        if (!shared->io) return;
        asio::post(*shared->io, [shared, found = std::move(found)]() mutable {
            // only the loop's thread takes `done` away
            if (const auto tell = std::exchange(shared->done, nullptr)) tell(std::move(found));
        });
    });
}

Lookup::~Lookup() {
    const std::scoped_lock lock(shared_->mutex);
    shared_->io = nullptr;
    shared_->done = nullptr;
}

}  // namespace cticonnector::net
