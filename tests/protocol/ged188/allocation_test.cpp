// The structs of the busy messages cost no allocation per field:
// a program of its own, because it counts them all.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "cticonnector/protocol/ged188/ged188.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

// Not inlined, or g++ takes the pair for mismatched.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace cticonnector::ged188;

namespace {

constexpr Version version{24};

BeginCallEvent busy_event() {
    BeginCallEvent event{.connection_device_id = "2001", .ani = "49123", .dnis = "8000"};
    for (auto& variable : event.call_variables) variable = "a value of some length";
    return event;
}

TEST(Allocations, NoneToDecodeAStructWithoutLists) {
    std::vector<std::uint8_t> bytes;
    ASSERT_TRUE(encode(busy_event(), version, bytes));
    const Frame frame{BeginCallEvent::type, std::span{bytes}.subspan(cticonnector::wire::header_size)};
    const std::size_t before = allocations;
    const auto decoded = decode<BeginCallEvent>(frame, version);
    EXPECT_EQ(allocations, before);
    EXPECT_TRUE(decoded);
}

TEST(Allocations, NoneToEncodeIntoAVectorWithRoom) {
    const BeginCallEvent event = busy_event();
    std::vector<std::uint8_t> bytes;
    bytes.reserve(max_message(version));
    const std::size_t before = allocations;
    const auto done = encode(event, version, bytes);
    EXPECT_EQ(allocations, before);
    EXPECT_TRUE(done);
}

}  // namespace
