#pragma once
// One golden message and its value: decoding, encoding and every shorter body are checked together.

#include <functional>
#include <set>

#include "golden.hpp"

namespace cticonnector::ged188::golden_case {

// What the golden messages have in common.
inline constexpr std::uint32_t none = 0xFFFFFFFF;
inline constexpr std::uint16_t none16 = 0xFFFF;
inline constexpr std::uint32_t peripheral = 5000;
inline constexpr std::uint32_t call = 16000001;
inline constexpr std::int32_t agent = 5121;
inline constexpr std::int32_t mrd = 5003;
inline constexpr std::uint16_t enterprise_agent = PeripheralType::PT_ENTERPRISE_AGENT;

// Where a body may end without breaking: behind the fixed part and behind each floating field.
inline std::set<std::size_t> field_ends(std::span<const std::uint8_t> body, std::size_t fixed_size,
                                        Version version) {
    const bool wide = version.number >= 20;  // GED-188 section 3
    std::set<std::size_t> ends{fixed_size};
    for (std::size_t at = fixed_size; at + (wide ? 4 : 2) <= body.size();) {
        at += wide ? 4u + body[at + 2] * 256u + body[at + 3] : 2u + body[at + 1];
        ends.insert(at);
    }
    return ends;
}

template <class M>
void check(const std::string& name, Version version, std::size_t fixed_size, const M& expected) {
    const Bytes bytes = golden_bytes(name);
    const Frame frame = frame_of(bytes);
    Notes notes;
    const auto decoded = decode<M>(frame, version, notes);
    ASSERT_TRUE(decoded) << describe(decoded.error());
    EXPECT_EQ(*decoded, expected);
    EXPECT_EQ(notes, Notes{});

    Bytes encoded;
    const auto done = encode(expected, version, encoded);
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_EQ(wire::print_hex(encoded), wire::print_hex(bytes));

    const std::set<std::size_t> ends = field_ends(frame.body, fixed_size, version);
    for (std::size_t size = 0; size < frame.body.size(); ++size) {
        const auto shorter = decode<M>({frame.type, frame.body.first(size)}, version);
        ASSERT_EQ(shorter.has_value(), ends.contains(size)) << "cut to " << size << " bytes";
        if (shorter) continue;
        EXPECT_EQ(shorter.error().code,
                  size < fixed_size ? wire::WireError::truncated_fixed : wire::WireError::truncated_floating);
    }
}

struct Case {
    std::string name;
    std::function<void(const std::string&)> run;
};

inline std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

template <class M>
Case golden(const char* name, std::uint32_t version, std::size_t fixed_size, const M& expected) {
    return {name, [=](const std::string& file) { check(file, Version{version}, fixed_size, expected); }};
}
using Cases = std::vector<Case>;

inline Cases joined(std::initializer_list<Cases> parts) {
    Cases all;
    for (const Cases& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace cticonnector::ged188::golden_case
