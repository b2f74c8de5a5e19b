// Compressed bodies: whatever comes in, no more than the limit goes out.
#include "cticonnector/net/content_coding.hpp"

#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t limit = 64 * 1024;
    std::span input{data, size};
    const bool gzip = fuzz::take_byte(input) % 2 == 0;
    const auto body = fuzz::text_of(input.data(), input.size());
    const auto result = net::uncoded(std::string(body), gzip ? "gzip" : "deflate", limit);
    if (const auto* plain = std::get_if<std::string>(&result)) {
        fuzz::must(plain->size() <= limit, "the limit holds");
    } else {
        const auto& refusal = std::get<net::CodingRefusal>(result);
        fuzz::must(refusal.status == 400 || refusal.status == 413, "a refusal has its status");
    }
    return 0;
}
