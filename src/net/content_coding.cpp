#include "cticonnector/net/content_coding.hpp"

#include <zlib.h>

#include <array>
#include <optional>

#include "cticonnector/base/text.hpp"

namespace cticonnector::net {
namespace {

constexpr std::size_t longest_shown = 40;

/// zlib's windowBits: the largest window, with the header that is expected.
enum class Format : int { deflate_alone = -MAX_WBITS, zlib = MAX_WBITS, gzip = MAX_WBITS + 16 };

std::optional<Format> format_of(std::string_view coding, std::string_view body) {
    if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) return Format::gzip;
    if (!equal_ignoring_case(coding, "deflate")) return std::nullopt;
    // RFC 1950: the method is 8 and the first two bytes are a multiple of 31
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(body[i]); };
    const bool header = body.size() >= 2 && (byte(0) & 0x0F) == 8 && (byte(0) * 256u + byte(1)) % 31 == 0;
    return header ? Format::zlib : Format::deflate_alone;
}

class Inflater {
  public:
    Inflater(std::string_view from, Format format) {
        stream_.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(from.data()));  // NOLINT: zlib reads only
        stream_.avail_in = static_cast<uInt>(from.size());
        ready_ = inflateInit2(&stream_, static_cast<int>(format)) == Z_OK;
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() {
        if (ready_) inflateEnd(&stream_);
    }

    enum class End { complete, broken, too_long };
    End run(std::string& out, std::size_t limit) {
        std::array<char, 16 * 1024> piece;
        int result = ready_ ? Z_OK : Z_MEM_ERROR;
        while (result == Z_OK) {
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = static_cast<uInt>(piece.size());
            result = inflate(&stream_, Z_NO_FLUSH);
            const std::size_t made = piece.size() - stream_.avail_out;
            if (out.size() + made > limit) return End::too_long;
            out.append(piece.data(), made);
            // RFC 1952 section 2.2: members may follow each other
            if (result == Z_STREAM_END && stream_.avail_in > 0) result = inflateReset(&stream_);
        }
        return result == Z_STREAM_END ? End::complete : End::broken;
    }

  private:
    z_stream stream_{};
    bool ready_ = false;
};

}  // namespace

std::variant<std::string, CodingRefusal> uncoded(std::string body, std::string_view content_encoding,
                                                 std::size_t limit) {
    const auto coding = trim(content_encoding, " \t");
    if (body.empty() || coding.empty() || equal_ignoring_case(coding, "identity")) return body;
    const auto format = format_of(coding, body);
    if (!format)
        return CodingRefusal{415, "Content-Encoding " + std::string(coding.substr(0, longest_shown)) +
                                      " is not read here, gzip and deflate are"};
    std::string plain;
    switch (Inflater(body, *format).run(plain, limit)) {
        case Inflater::End::complete: return plain;
        case Inflater::End::too_long:
            return CodingRefusal{413, "The body is longer than " + std::to_string(limit) +
                                          " bytes without its " + std::string(coding)};
        case Inflater::End::broken: break;
    }
    return CodingRefusal{400, "The body is no complete " + std::string(coding) + " data"};
}

}  // namespace cticonnector::net
