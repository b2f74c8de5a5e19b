#pragma once
// The other end of an HTTP connection: sends what it is told byte for byte and keeps what it is sent.

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cticonnector::testing {

namespace asio = boost::asio;
using asio::ip::tcp;

/// One HTTP message as it came over the wire.
struct Message {
    std::string head;
    std::string body;
    unsigned status() const { return static_cast<unsigned>(std::stoul(head.substr(9, 3))); }
};

/// Takes whole messages with a Content-Length out of the bytes of one connection.
inline std::optional<Message> take_message(std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    Message message{bytes.substr(0, end + 2), {}};
    constexpr std::string_view header = "Content-Length: ";
    const auto at = message.head.find(header);
    const std::size_t length =
        at == std::string::npos ? 0 : std::stoul(message.head.substr(at + header.size()));
    if (bytes.size() < end + 4 + length) return std::nullopt;
    message.body = bytes.substr(end + 4, length);
    bytes.erase(0, end + 4 + length);
    return message;
}

/// A connection that reads all it is sent and writes what it is told. Outlived by its io_context's handlers.
class Line : public std::enable_shared_from_this<Line> {
  public:
    explicit Line(tcp::socket s) : socket(std::move(s)) {}
    void read() {
        socket.async_read_some(asio::buffer(chunk_), [self = shared_from_this()](auto error, std::size_t n) {
            self->bytes.append(self->chunk_.data(), n);
            self->closed = bool{error};
            if (self->on_bytes) self->on_bytes();
            if (!error) self->read();
        });
    }
    void send(std::string text) {
        out_.push_back(std::move(text));
        if (out_.size() == 1) write();
    }
    void close() {
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    tcp::socket socket;
    std::string bytes;
    bool closed = false;
    std::function<void()> on_bytes;

  private:
    void write() {
        asio::async_write(socket, asio::buffer(out_.front()),
                          [self = shared_from_this()](auto error, std::size_t) {
                              self->out_.pop_front();
                              if (!error && !self->out_.empty()) self->write();
                          });
    }
    std::array<char, 65536> chunk_{};
    std::deque<std::string> out_;
};
using LinePtr = std::shared_ptr<Line>;

/// To a port of this machine, from one of its addresses; it reads already.
inline LinePtr connect_line(asio::io_context& io, std::uint16_t port, const char* from = "127.0.0.1") {
    tcp::socket socket(io, tcp::endpoint{asio::ip::make_address(from), 0});
    socket.connect({asio::ip::address_v4::loopback(), port});
    auto line = std::make_shared<Line>(std::move(socket));
    line->read();
    return line;
}

inline std::string http(std::string_view first_line, std::string_view body, std::string_view more = {}) {
    std::string text{first_line};
    text.append("\r\nHost: cms.example:8080\r\nContent-Type: text/xml\r\n").append(more);
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return text;
}

}  // namespace cticonnector::testing
