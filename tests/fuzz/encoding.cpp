// Bytes in an encoding to UTF-8 and back, and UTF-8 of whatever quality into the encoding.
#include "cticonnector/base/encoding.hpp"

#include "cticonnector/base/text.hpp"
#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span input{data, size};
    const auto encoding =
        static_cast<Encoding>(fuzz::take_byte(input) % (static_cast<int>(Encoding::windows_1252) + 1));
    const auto bytes = fuzz::text_of(input.data(), input.size());

    const Decoded strict = decode(bytes, encoding);
    fuzz::must(is_utf8(strict.text), "what is decoded is UTF-8");
    fuzz::must(!strict.wrong || *strict.wrong < bytes.size(), "the wrong byte is one of the input");
    const std::string shown = decode_tolerant(bytes, encoding);
    fuzz::must(is_utf8(shown), "what is shown is UTF-8");
    fuzz::must(shown.starts_with(strict.text), "what is good is shown as it is");
    if (!strict.wrong) {
        fuzz::must(shown == strict.text, "without a wrong byte nothing is replaced");
        const auto back = encode(strict.text, encoding);
        fuzz::must(back && decode(*back, encoding).text == strict.text, "what was decoded can be encoded");
    }
    if (encoding >= Encoding::iso_8859_1)
        fuzz::must(encode(shown, encoding) == bytes, "each byte of a one-byte encoding comes back");

    const auto exact = encode(bytes, encoding);
    const std::string sent = encode_tolerant(bytes, encoding);
    fuzz::must(!exact || *exact == sent, "what can be held is not replaced");
    fuzz::must(!exact || decode_tolerant(sent, encoding) == bytes, "what was encoded reads the same again");
    return 0;
}
