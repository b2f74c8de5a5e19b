#include "cticonnector/language/phrases.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "sentences.hpp"

namespace cticonnector::language {

namespace {

constexpr std::string_view between = "; ";

struct Language {
    std::string_view code;
    const Sentences& (*sentences)();
};
/// The first is that of whoever has none of the others.
constexpr std::array languages{Language{"EN", english}};

const Sentences& sentences_of(std::string_view code) {
    const auto* found = std::ranges::find(languages, code, &Language::code);
    return (found == languages.end() ? languages.front() : *found).sentences();
}

void append(std::string& text, const Phrase&, const Sentences&);

void append_parts(std::string& text, const Phrase& phrase, const Sentences& sentences) {
    bool first = true;
    for (const Phrase& part : phrase.parts) {
        if (!std::exchange(first, false)) text += between;
        append(text, part, sentences);
    }
}

void append(std::string& text, const Phrase& phrase, const Sentences& sentences) {
    std::string_view rest = sentences[static_cast<std::size_t>(phrase.id)].sentence;
    bool placed = false;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        text += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        const std::string_view what = rest.substr(open + 1, close - open - 1);
        rest.remove_prefix(close + 1);
        if (what == "parts") {
            placed = true;
            append_parts(text, phrase, sentences);
            continue;
        }
        std::size_t number = 0;
        std::from_chars(what.data(), what.data() + what.size(), number);
        if (number > 0 && number <= phrase.arguments.size()) text += phrase.arguments[number - 1];
    }
    if (placed || std::ranges::all_of(phrase.parts, &Phrase::empty)) return;
    text += ": ";
    append_parts(text, phrase, sentences);
}

std::string_view take(std::string_view& rest, std::string_view end) {
    const std::string_view front = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(front.size() + end.size(), rest.size()));
    return front;
}

bool is_number(std::string_view text) {
    int value = 0;
    const char* const end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && read == end;
}

/// Read as if it were right: then it is written again as it was.
std::optional<ToldCheck> read_check(std::string_view text) {
    std::string_view rest = text;
    ToldCheck told;
    told.check = take(rest, " ");
    told.ok = take(rest, " ") == "ok";
    told.have = take(rest, " against ");
    told.limit = take(rest, " (");
    told.source = take(rest, ")");
    if (told.check.empty() || !is_number(told.have) || !is_number(told.limit)) return std::nullopt;
    const Phrase again{told.ok ? TextId::check_ok : TextId::check_failed,
                       {told.check, told.have, told.limit, told.source}};
    return sentence(again) == text ? std::optional{std::move(told)} : std::nullopt;
}

}  // namespace

std::string sentence(const Phrase& phrase, std::string_view language) {
    std::string text;
    append(text, phrase, sentences_of(language));
    return text;
}

std::vector<ToldCheck> read_explanation(std::string_view text) {
    std::vector<ToldCheck> checks;
    while (!text.empty()) {
        if (auto check = read_check(take(text, between))) checks.push_back(std::move(*check));
    }
    return checks;
}

}  // namespace cticonnector::language
