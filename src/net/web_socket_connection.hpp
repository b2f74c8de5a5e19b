#pragma once
// The server's end of a WebSocket: the handshake, one reader and one writer.

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/stream.hpp"
#include "cticonnector/net/web_socket.hpp"

namespace cticonnector::net {

class WebSocketConnection final : public WebSocket, public std::enable_shared_from_this<WebSocketConnection> {
  public:
    using Request = boost::beast::http::request<boost::beast::http::string_body>;

    WebSocketConnection(Stream, const WebSocketSettings&, WebSocketHooks);

    /// Answers the request that asks for it, then reads until the end.
    static boost::asio::awaitable<void> serve(std::shared_ptr<WebSocketConnection>, Request);

    void send(std::string text) override;
    void close(std::uint16_t code, std::string why) override;
    /// At once, without a word.
    void drop(const std::string& why);

  private:
    /// dropped: by us, and the reader has yet to learn of it.
    enum class State : std::uint8_t { shaking_hands, open, closing, dropped, closed };

    static boost::asio::awaitable<void> write(std::shared_ptr<WebSocketConnection>);
    boost::asio::awaitable<std::string> read_all();
    void take_message();
    bool is_over() const { return state_ == State::dropped || state_ == State::closed; }
    void start_writing();
    void begin_to_write();
    void look_for_stall(Alarm::Time now);
    void reset();
    void ended(const std::string& why);

    const WebSocketSettings settings_;
    WebSocketHooks hooks_;
    boost::beast::websocket::stream<Stream> socket_;
    boost::beast::flat_buffer incoming_;
    State state_ = State::shaking_hands;
    std::deque<std::string> queued_;
    std::size_t waiting_ = 0;  ///< bytes of `queued_`, and of what is being written
    bool writing_ = false;
    boost::beast::websocket::close_reason farewell_;
    std::string why_;                           ///< we have ended it
    std::optional<Alarm::Time> writing_since_;  ///< the piece that the peer has yet to take
    Alarm alarm_;
};

}  // namespace cticonnector::net
