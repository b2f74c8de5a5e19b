#pragma once
// A host and port to connect to, and what was learned of it (R-DEC-72): a name's addresses are tried in turn,
// the next one 250 ms after the last try began or as soon as one has failed; the first that answers wins and
// is tried first next time.
//
//     net::Remote remote(io, "cti-a", 42027);   // kept: it is the memory
//     connecting_ = remote.connect(5s, [](net::Connected got) { ... });
//
// Names are looked up by threads of their own that live as long as the process, so a look-up that hangs holds
// neither the loop nor its end. What it finds is used for a minute, or until no address answers; while a
// look-up has no answer for 250 ms, addresses known from before are tried.
//
// One thread, that of the io_context, which must outlive both classes;
// Remote and Connecting may go in any order.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cticonnector::net {

struct Connected {
    std::optional<boost::asio::ip::tcp::socket> socket;
    /// Without a socket, why: "10.0.0.1:42027: no answer; 10.0.0.2:42027: connection refused", or the name
    /// and what its look-up brought.
    std::string failure;
    bool no_handles = false;  ///< for want of file handles (handles.hpp)
};

/// An attempt on its way; dropping it cancels it, and then nothing is told any more.
class Connecting {
  public:
    Connecting() = default;
    Connecting(Connecting&&) noexcept = default;
    Connecting& operator=(Connecting&&) noexcept;
    ~Connecting();
    void cancel();

  private:
    friend class Remote;
    class Attempt;
    explicit Connecting(std::shared_ptr<Attempt> attempt);
    std::shared_ptr<Attempt> attempt_;
};

class Remote {
  public:
    using Done = std::function<void(Connected)>;

    Remote(boost::asio::io_context&, std::string host, std::uint16_t port);
    /// `done` is called once, not before connect() has returned, and within `limit`, look-up included.
    [[nodiscard]] Connecting connect(std::chrono::milliseconds limit, Done done);

  private:
    friend class Connecting;
    class Name;
    boost::asio::io_context& io_;
    std::shared_ptr<Name> name_;
};

}  // namespace cticonnector::net
