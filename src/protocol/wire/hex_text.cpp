// Hexadecimal text in the forms that people and tools write it.

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/wire/dump.hpp"

namespace cticonnector::wire {

namespace {

constexpr std::string_view masked = "**";  // a byte of a secret, as print_masked() writes it

bool is_hex(std::string_view word) {
    return std::ranges::all_of(word, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_pair(std::string_view word) { return word.size() == 2 && is_hex(word); }

std::size_t number_of(std::string_view word) {
    std::size_t value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value, 16);
    return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
    constexpr std::string_view separators = " \t\r,";
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(separators);
        if (begin == std::string_view::npos) return words;
        line.remove_prefix(begin);
        words.push_back(line.substr(0, line.find_first_of(separators)));
        line.remove_prefix(words.back().size());
    }
}

std::size_t trimmed(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    return begin == std::string_view::npos ? line.size() : begin;
}

// The part of a line that holds the bytes: without comment, offset and ASCII column. An offset ends in ':'
// (xxd), or stands before a column behind '|' (hexdump -C),
// or tells exactly the bytes read so far before pairs (od).
std::string_view bytes_part(std::string_view line, std::size_t read_so_far) {
    line = line.substr(0, line.find('#'));
    line.remove_prefix(trimmed(line));
    const std::size_t bar = line.find('|');
    line = line.substr(0, bar);
    const std::size_t end = line.find_first_of(" \t\r:");
    const std::string_view first = line.substr(0, end);
    if (first.size() < 4 || !is_hex(first)) return line;
    std::string_view rest = line.substr(first.size());
    if (rest.starts_with(':')) {
        rest.remove_prefix(1);
        rest.remove_prefix(trimmed(rest));
        return rest.substr(0, rest.find("  "));
    }
    if (bar != std::string_view::npos) return rest;
    const std::vector<std::string_view> words = words_of(rest);
    const bool offset =
        !words.empty() && std::ranges::all_of(words, is_pair) && number_of(first) == read_so_far;
    return offset ? rest : line;
}

/// Bytes, word by word.
class Pairs {
  public:
    /// False when the word is not whole bytes in hexadecimal.
    bool take(std::string_view word) {
        if (word.starts_with("0x") || word.starts_with("0X")) word.remove_prefix(2);
        if (word.empty() || word.size() % 2 != 0) return false;
        for (; !word.empty(); word.remove_prefix(2)) {
            const std::string_view pair = word.substr(0, 2);
            if (!is_hex(pair) && pair != masked) return false;
            take_pair(pair);
        }
        return true;
    }

    std::vector<std::uint8_t> bytes;

  private:
    /// A secret is a text, and ends in NUL as every text does.
    void take_pair(std::string_view pair) {
        const bool hidden = pair == masked;
        if (hidden && behind_hidden_) bytes.back() = '*';
        bytes.push_back(hidden ? std::uint8_t{0} : static_cast<std::uint8_t>(number_of(pair)));
        behind_hidden_ = hidden;
    }

    bool behind_hidden_ = false;
};

}  // namespace

bool looks_like_text(std::string_view input) {
    return std::ranges::all_of(input, [](unsigned char c) { return c >= 0x20 || (c >= '\t' && c <= '\r'); });
}

HexText read_hex(std::string_view text) {
    Pairs pairs;
    std::string problem;
    for (std::size_t line_number = 1; !text.empty() && problem.empty(); ++line_number) {
        const std::size_t end = text.find('\n');
        const std::string_view line = bytes_part(text.substr(0, end), pairs.bytes.size());
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        for (const std::string_view word : words_of(line)) {
            if (pairs.take(word)) continue;
            problem = "line " + std::to_string(line_number) + ": '" + visible(word) +
                      "' is not whole bytes in hexadecimal";
            break;
        }
    }
    return {std::move(pairs.bytes), std::move(problem)};
}

}  // namespace cticonnector::wire
