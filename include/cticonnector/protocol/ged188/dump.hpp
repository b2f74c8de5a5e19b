#pragma once
// Captured bytes of one direction of a GED-188 session as text for a person: each message with its offset,
// one field per line, enumerations by name, and in plain words what is broken and at which byte. Secrets
// print as ***.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"

namespace cticonnector::ged188 {

struct Dump {
    std::string text;
    std::size_t problems = 0;  // everything that the tables could not explain
};

// The input is raw bytes, or hexadecimal text: pairs with or without spaces, line breaks, 0x, commas, offsets
// at the start of a line, an ASCII column behind '|' or two blanks after an offset, comments from '#' on.
Dump dump(std::string_view input, Version version);

struct HexText {
    std::vector<std::uint8_t> bytes;
    std::string problem;  // empty when the text could be read; the bytes before it are kept
};

// Whether the input is text at all: a captured message begins with a zero byte, text never holds one.
bool looks_like_text(std::string_view input);
HexText read_hex(std::string_view text);

}  // namespace cticonnector::ged188
