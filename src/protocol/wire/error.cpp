#include "cticonnector/protocol/wire/error.hpp"

#include <array>
#include <stdexcept>

namespace cticonnector::wire {

namespace {

struct Sentence {
    WireError code;
    std::string_view text;
    bool numbers;  // whether size and limit say something about it
};

constexpr std::array sentences{
    Sentence{WireError::message_too_long, "the message is longer than the largest allowed", true},
    Sentence{WireError::truncated_fixed, "the body ends inside the fixed part", true},
    Sentence{WireError::truncated_floating, "the body ends inside a floating field", true},
    Sentence{WireError::wrong_message, "the frame holds another message type", true},
    Sentence{WireError::unknown_message, "the message type is unknown", true},
    Sentence{WireError::body_not_published, "the body of this message is not published", false},
    Sentence{WireError::not_in_version, "the message does not exist in this protocol version", true},
    Sentence{WireError::field_too_long, "the value is too long for its field", true},
    Sentence{WireError::bad_text, "the text contains a NUL", false},
    Sentence{WireError::bad_value, "the value does not fit the type of its field", false},
    Sentence{WireError::missing_required, "a required field is absent", false},
    Sentence{WireError::too_much_named, "the named variables and arrays are too large together", true},
};

}  // namespace

std::string describe(const Error& error) {
    std::string text;
    if (!error.field.empty()) text.append(error.field).append(": ");
    for (const Sentence& sentence : sentences) {
        if (sentence.code != error.code) continue;
        text += sentence.text;
        if (sentence.numbers) {
            text += " (" + std::to_string(error.size);
            if (error.limit != 0) text += ", limit " + std::to_string(error.limit);
            text += ')';
        }
    }
    return text + " at byte " + std::to_string(error.offset);
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(describe(error));
}

}  // namespace cticonnector::wire
