// Random bytes and random changes of good messages: every decoder gives a value or an error, never more. The
// seed is fixed; the sanitizer build runs the same bytes.

#include <random>

#include "cticonnector/protocol/ged188/struct_list.hpp"
#include "golden.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;

namespace {

constexpr std::array names{"begin_call_event",     "agent_state_event",    "call_conferenced_event",
                           "call_delivered_event", "agent_pre_call_event", "open_conf",
                           "task_init_ind",        "agent_tasks_resp",     "failure_conf_code"};

Version any_version(std::mt19937& random) { return Version{static_cast<std::uint32_t>(14 + random() % 12)}; }

struct Outcome {
    std::size_t decoded = 0;
    std::size_t refused = 0;
};

// Views point into the body, so touching them shows a view that leaves it.
void decode_everything(const Frame& frame, Version version, Outcome& outcome) {
    Notes notes;
    const auto list = decode_fields(frame, version, notes);
    ++(list ? outcome.decoded : outcome.refused);
    const std::string line = print(frame, version);
    EXPECT_FALSE(line.empty());
}

template <class... Ms>
struct Each {
    static void decode_all(std::span<const std::uint8_t> body, Version version, Outcome& outcome) {
        (one<Ms>(body, version, outcome), ...);
    }
    template <class M>
    static void one(std::span<const std::uint8_t> body, Version version, Outcome& outcome) {
        const auto message = decode<M>({M::type, body}, version);
        ++(message ? outcome.decoded : outcome.refused);
        if (!message) return;
        Bytes out;
        static_cast<void>(encode(*message, version, out));
    }
};

TEST(Mutation, ChangedGoldenMessagesNeverBreakTheDecoder) {
    std::mt19937 random{20240611};
    Outcome outcome;
    for (const char* name : names) {
        const Bytes golden = golden_bytes(name);
        for (int round = 0; round < 2000; ++round) {
            Bytes bytes = golden;
            for (auto change = random() % 4 + 1; change > 0; --change) {
                bytes[wire::header_size + random() % (bytes.size() - wire::header_size)] =
                    static_cast<std::uint8_t>(random());
            }
            bytes.resize(wire::header_size + random() % (bytes.size() - wire::header_size + 1));
            const std::uint32_t type = wire::read_header(std::span{golden}.first<wire::header_size>()).type;
            const Version version = any_version(random);
            decode_everything({type, std::span{bytes}.subspan(wire::header_size)}, version, outcome);
        }
    }
    EXPECT_GT(outcome.decoded, 1000u);
    EXPECT_GT(outcome.refused, 1000u);
}

TEST(Mutation, RandomBodiesNeverBreakAnyStruct) {
    std::mt19937 random{7};
    Outcome outcome;
    for (int round = 0; round < 60; ++round) {
        Bytes body(random() % 200);
        // Small bytes make plausible tags and lengths.
        for (std::uint8_t& byte : body)
            byte = static_cast<std::uint8_t>(random() % (round % 2 == 0 ? 12 : 256));
        EveryStruct<Each>::decode_all(body, any_version(random), outcome);
    }
    EXPECT_GT(outcome.decoded, 100u);
    EXPECT_GT(outcome.refused, 1000u);
}

TEST(Mutation, RandomBodiesNeverBreakAnyFieldList) {
    std::mt19937 random{8};
    Outcome outcome;
    for (const auto& message : protocol.messages) {
        for (int round = 0; round < 20; ++round) {
            Bytes body(random() % 800);
            for (std::uint8_t& byte : body) byte = static_cast<std::uint8_t>(random() % 12);
            decode_everything({message.number, body}, any_version(random), outcome);
        }
    }
    EXPECT_GT(outcome.decoded, 200u);
    EXPECT_GT(outcome.refused, 1000u);
}

TEST(Mutation, RandomInputNeverBreaksTheDump) {
    std::mt19937 random{9};
    std::size_t problems = 0;
    for (int round = 0; round < 500; ++round) {
        std::string input(random() % 300, '\0');
        for (char& c : input)
            c = round % 2 == 0 ? "0123456789abcdefx:|# \n"[random() % 22] : static_cast<char>(random());
        problems += dump(input, any_version(random)).problems;
    }
    EXPECT_GT(problems, 300u);
}

TEST(Prefixes, EveryPrefixOfEveryGoldenStreamIsDumpedAsBrokenAtItsMessage) {
    for (const char* name : names) {
        const Bytes bytes = golden_bytes(name);
        for (std::size_t size = 1; size < bytes.size(); ++size) {
            const std::string prefix{bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
            const Dump result = dump(prefix, Version{24});
            EXPECT_EQ(result.problems, 1u);
            EXPECT_TRUE(result.text.starts_with("! the capture ends inside the message at byte 0"))
                << result.text;
        }
    }
}

}  // namespace
