#pragma once
// Captured bytes as text for a person: each message with its place, one field per line, enumerations by name,
// and in plain words what is broken and at which byte. Secrets print as ***.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/protocol/wire/capture.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::wire {

struct Dump {
    std::string text;
    std::size_t problems = 0;  // everything that the tables could not explain
};

// Explains messages one after another.
class Explainer {
  public:
    // `version_after`, if there is one: the version that a session speaks from this message on.
    using VersionAfter = Version (*)(const Frame&, Version);
    explicit Explainer(const Protocol& protocol, VersionAfter version_after = nullptr)
        : protocol_(protocol), version_after_(version_after) {}

    void line(std::string_view text) { dump_.text.append(text).append("\n"); }
    void problem(std::string_view text, std::string_view indent = "");
    // `place` stands in front of the message's name; `at`: the byte at which its header begins.
    void message(const Frame& frame, std::string_view place, std::size_t at, Version& version);
    // The whole messages at the front of bytes that begin at byte `at`;
    // `place` is asked for the place of each.
    struct Taken {
        std::size_t bytes = 0;
        std::size_t needed = 0;  // bytes of the message that is not there in whole; 0: nothing is left
        bool broken = false;     // no message can begin behind them; told
    };
    Taken messages(std::span<const std::uint8_t> bytes, std::size_t at, Version& version,
                   const std::function<std::string(std::size_t at)>& place);
    // The message at that byte is not there in whole.
    void cut_short(std::size_t at, std::size_t found, std::size_t needed);

    const Protocol& protocol() const { return protocol_; }
    Dump take() { return std::move(dump_); }

  private:
    void odd_field(const OddField&, std::size_t body_at);
    void failed(const Frame&, Error, std::size_t body_at);

    const Protocol& protocol_;
    VersionAfter version_after_;
    Dump dump_;
};

// One direction of a session, without its OPEN_REQ perhaps. The input is raw bytes, or hexadecimal text:
// pairs with or without spaces, line breaks, 0x, commas, offsets at the start of a line, an ASCII column
// behind '|' or two blanks after an offset, comments from '#' on; `**` is a byte of a secret, and several of
// them are a text with its NUL.
Dump dump(const Protocol&, std::string_view input, Version);

// All connections of a capture, message by message in the order of the packets that completed them.
Dump dump(const Protocol&, const Capture&, Version, Explainer::VersionAfter version_after = nullptr);

struct HexText {
    std::vector<std::uint8_t> bytes;
    std::string problem;  // empty when the text could be read; the bytes before it are kept
};

// Whether the input is text at all: a captured message begins with a zero byte, text never holds one.
bool looks_like_text(std::string_view input);
HexText read_hex(std::string_view text);

}  // namespace cticonnector::wire
