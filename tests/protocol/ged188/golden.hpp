#pragma once
// Golden messages: hexadecimal files composed from the protocol document field by field, not by the encoder.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cticonnector/protocol/ged188/dump.hpp"
#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::ged188 {

using Bytes = std::vector<std::uint8_t>;

inline std::string golden_text(const std::string& name) {
    std::ifstream file{std::string{CTICONNECTOR_SOURCE_DIR} + "/tests/protocol/ged188/golden/" + name +
                       ".hex"};
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline Bytes golden_bytes(const std::string& name) {
    HexText hex = read_hex(golden_text(name));
    EXPECT_EQ(hex.problem, "") << name;
    return std::move(hex.bytes);
}

// The one message that the bytes are.
inline Frame frame_of(const Bytes& bytes) {
    const wire::Header header = wire::read_header(std::span{bytes}.first<wire::header_size>());
    EXPECT_EQ(header.length, bytes.size() - wire::header_size);
    return {header.type, std::span{bytes}.subspan(wire::header_size)};
}

}  // namespace cticonnector::ged188
