// HTTP requests one after the other on one connection, as the server reads them: line ends, header, body.
// What comes of a stream does not depend on the pieces it comes in.
#include <algorithm>
#include <array>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/net/http_limits.hpp"
#include "fuzz/input.hpp"
#include "http_message.hpp"

using namespace cticonnector;
namespace http = boost::beast::http;

namespace {

/// One connection: bytes come in pieces, and the parser takes what it can.
class Reader {
  public:
    Reader(std::string_view stream, std::size_t piece) : stream_(stream), piece_(piece) {}

    /// The next request as text with all that the server looks at; nothing when the connection ends.
    std::optional<std::string> next() {
        do {
            buffer_.consume(net::line_ends(bytes()));
        } while (buffer_.size() == 0 && more());
        if (buffer_.size() == 0) return std::nullopt;
        net::start_request(parser_);
        parser_->eager(false);
        taken_ = 0;
        if (!read([this] { return parser_->is_header_done(); })) return refused(net::refusal_of(error_));
        if (const auto refusal = net::refusal_of(*parser_, taken_)) return refused(refusal);
        const bool waits = net::waits_for_go_on(*parser_);
        net::HttpRequest request = net::request_of(*parser_);
        const bool last = !parser_->get().keep_alive();
        parser_->eager(true);
        if (!read([this] { return parser_->is_done(); })) return refused(net::refusal_of(error_));
        over_ = last;
        request.body = std::move(parser_->get().body());
        fuzz::must(!request.method.empty(), "a request has a method");
        fuzz::must(request.path.find('?') == std::string::npos, "the query is no part of the path");
        fuzz::must(request.body.size() <= net::max_body, "the limit holds");
        return request.method + '\n' + request.path + '\n' + request.query + '\n' + request.host + '\n' +
               request.origin + '\n' + request.content_type + '\n' + (waits ? 'w' : '-') + '\n' +
               request.body;
    }
    bool over() const { return over_; }

  private:
    std::string_view bytes() const {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }
    bool more() {
        const auto part = stream_.substr(0, std::min(piece_, buffer_.max_size() - buffer_.size()));
        stream_.remove_prefix(part.size());
        const auto space = buffer_.prepare(part.size());
        std::ranges::copy(part, static_cast<char*>(space.data()));
        buffer_.commit(part.size());
        over_ = part.empty();
        return !over_;
    }
    /// As Beast's own reading from a stream: the parser is never asked about no bytes.
    template <class Done>
    bool read(Done done) {
        bool need_more = buffer_.size() == 0;
        while (!done()) {
            if (need_more && buffer_.size() == net::max_buffer) error_ = http::error::buffer_overflow;
            if (error_) return false;
            if (need_more && !more()) return at_end(done);
            const std::size_t taken = parser_->put(buffer_.data(), error_);
            buffer_.consume(taken);
            taken_ += taken;
            need_more = error_ == http::error::need_more || buffer_.size() == 0;
            if (error_ == http::error::need_more) error_ = {};
            if (error_) return false;
        }
        return true;
    }
    template <class Done>
    bool at_end(Done done) {
        parser_->put_eof(error_);
        if (!error_ && !done()) error_ = http::error::end_of_stream;
        return !error_;
    }
    std::optional<std::string> refused(const std::optional<net::HttpRefusal>& refusal) {
        static constexpr std::array statuses{400u, 413u, 431u, 501u};
        fuzz::must(!refusal || std::ranges::count(statuses, refusal->status) == 1,
                   "a refusal has its status");
        over_ = true;
        return std::nullopt;
    }

    std::string_view stream_;
    const std::size_t piece_;
    net::HttpBuffer buffer_;
    std::optional<net::HttpParser> parser_;
    boost::system::error_code error_;
    std::size_t taken_ = 0;  ///< by the parser, of this request
    bool over_ = false;
};

std::vector<std::string> read_all(std::string_view stream, std::size_t piece) {
    std::vector<std::string> found;
    Reader reader{stream, piece};
    while (!reader.over()) {
        if (auto request = reader.next()) found.push_back(std::move(*request));
    }
    return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span input{data, size};
    const std::size_t piece = fuzz::take_byte(input) + 1u;
    const auto stream = fuzz::text_of(input.data(), input.size());
    fuzz::must(read_all(stream, piece) == read_all(stream, stream.size() + 1),
               "pieces make no difference to what is asked");
    return 0;
}
