#pragma once
// A TCP connection that carries framed messages, with the bad manners a test may want of it: one byte per
// segment, a peer that reads and says nothing, or a dead one that neither reads nor writes but keeps the
// connection. What it has to say meanwhile is sent when it says something again, as TCP would. Used by the
// CTI server and by the PIM. (net::Connection always reads and writes what it has: it has good manners
// only.) One thread; kept alive by its own pending operations, silent once close() was called. Queue: 16
// MiB of unsent bytes, then the connection is closed.

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cticonnector/protocol/wire/framer.hpp"

namespace cticonnector::sim::cc {

enum class Manner : std::uint8_t { normal, bytewise, silent, half_open };

class PeerConnection : public std::enable_shared_from_this<PeerConnection> {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    using OnMessage = std::function<void(const wire::Frame&)>;
    using OnBroken = std::function<void(const std::string& what)>;  // the stream cannot be read any more
    using OnClosed = std::function<void()>;                         // by the other end

    PeerConnection(Socket socket, std::size_t max_message);

    void start(OnMessage on_message, OnBroken on_broken, OnClosed on_closed);
    void send(std::span<const std::uint8_t> bytes);
    void close();  // after what was sent has left
    void reset();  // at once, so that the other end sees it
    void set_manner(Manner manner);

  private:
    static constexpr std::size_t most_unsent = 16 * 1024 * 1024;

    bool says_nothing() const { return manner_ == Manner::silent || manner_ == Manner::half_open; }
    void read();
    void take_frames();
    void write();
    void finish();
    void fail();

    Socket socket_;
    wire::Framer framer_;
    OnMessage on_message_;
    OnBroken on_broken_;
    OnClosed on_closed_;
    Manner manner_ = Manner::normal;
    bool reading_ = false;
    bool writing_ = false;
    bool closing_ = false;
    std::vector<std::uint8_t> received_;
    std::vector<std::uint8_t> unsent_;
    std::vector<std::uint8_t> in_flight_;
};

}  // namespace cticonnector::sim::cc
