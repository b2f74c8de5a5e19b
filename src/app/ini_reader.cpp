#include "ini_reader.hpp"

#include <ini.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "config_keys.hpp"
#include "cticonnector/base/encoding.hpp"
#include "cticonnector/base/text.hpp"
#include "lines.hpp"

namespace cticonnector::app {
namespace {

/// Where inih ends a key or a value: a `;` after a blank.
std::size_t find_inline_comment(std::string_view text) {
    for (std::size_t at = text.find(';'); at != std::string_view::npos; at = text.find(';', at + 1)) {
        if (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) return at;
    }
    return std::string_view::npos;
}

/// The text of a value in double quotes, "" for a quote inside, and what follows the closing one; nothing
/// when there is none.
struct Quoted {
    std::string text;
    std::string_view rest;
};
std::optional<Quoted> read_quoted(std::string_view value) {
    std::string text;
    for (std::size_t at = 1; at < value.size(); ++at) {
        const bool quote = value[at] == '"';
        if (quote && !value.substr(at + 1).starts_with('"')) return Quoted{text, value.substr(at + 1)};
        if (quote) ++at;
        text += value[at];
    }
    return {};
}

class Reader {
  public:
    Reader(std::istream& in, const std::string& name) : name_(name), lines_(in_utf8(read_all(in))) {}

    IniFile read() {
        // the result is a line number of inih's own; every such line already has its finding
        ini_parse_stream(&Reader::next_line, this, &Reader::take, this);
        return std::move(file_);
    }

  private:
    /// Every byte means something in windows-1252, so the file is read in any case (R-DEC-70).
    std::string in_utf8(std::string bytes) {
        if (is_utf16(bytes)) {
            file_.readable = false;
            report(Level::error, 0, {}, std::string{utf16_is_not_read}, "R-DEC-70");
            return {};
        }
        const std::size_t wrong = first_wrong_byte(bytes);
        if (wrong == std::string::npos) return bytes;
        Lines before{bytes.substr(0, wrong) + '?'};
        while (before.next()) continue;
        report(Level::warning, before.number(), {}, "is not UTF-8, the whole file is read as windows-1252",
               "R-DEC-70");
        return decode_tolerant(bytes, Encoding::windows_1252);
    }

    static char* next_line(char* buffer, int size, void* self) {
        auto& reader = *static_cast<Reader*>(self);
        if (!reader.lines_.next()) return nullptr;
        const std::string_view line = reader.acceptable(static_cast<std::size_t>(size) - 1);
        line.copy(buffer, line.size());
        buffer[line.size()] = '\0';
        return buffer;
    }

    static int take(void* self, const char* section, const char* name, const char* value) {
        auto& reader = *static_cast<Reader*>(self);
        if (reader.skip_section_) return reader.lose(name), 1;
        reader.file_.entries.push_back({reader.lines_.number(), section, name,
                                        reader.quoted_ ? std::move(*reader.quoted_) : value,
                                        reader.quoted_.has_value()});
        return 1;
    }

    /// The line as inih may see it; empty when there is nothing in it, or nothing that can be used.
    std::string_view acceptable(std::size_t limit) {
        const std::string_view line = lines_.line();
        quoted_.reset();
        if (line.empty() || line.front() == ';' || line.front() == '#') return {};
        if (line.front() == '[') section_.clear();  // what is wrong with this line is not the one's before
        if (line.size() > limit) {
            report(key_part(line), "longer than " + std::to_string(limit) + " bytes, the line is not used");
            return lose(line);
        }
        if (line.find('\0') != std::string_view::npos) {
            report({}, "has a zero byte, the line is not used");
            return lose(line);
        }
        return line.front() == '[' ? section_line(line) : key_line(line);
    }

    /// Nothing, in place of a line that is not used. What follows a lost section is not the one's before.
    std::string_view lose(std::string_view line) {
        if (line.starts_with('[')) skip_section_ = true;
        file_.lost.push_back(
            {lines_.number(), skip_section_ ? std::string{} : section_, std::string{line}, {}});
        return {};
    }

    std::string_view section_line(std::string_view line) {
        const auto end = line.find(']');
        if (end == std::string_view::npos) {
            const std::string_view shown = line.substr(0, line.find_first_of("=:;#"));
            const std::string_view name = shown.substr(1, shown.find_first_of(" \t") - 1);
            skip_section_ = true;
            report({}, "'" + std::string{trim(shown)} + "' has no ], the keys behind it are not used",
                   nearest_section(name));
            return {};
        }
        section_ = line.substr(1, end - 1);
        if (line.size() > end + 1) {
            report({}, "what follows the ] is not used", "[" + section_ + "]", "R-DEC-76");
        }
        skip_section_ = !known_section(section_);
        if (skip_section_) report({}, "unknown section, its keys are not used", nearest_section(section_));
        return line;
    }

    std::string_view key_line(std::string_view line) {
        const auto separator = line.find_first_of("=:");
        if (separator == std::string_view::npos ||
            find_inline_comment(line.substr(0, separator)) != std::string_view::npos) {
            report({}, first_word(line) + " is neither a section nor Key=value, the line is not used");
            return lose(line);
        }
        const std::string_view key = trim(line.substr(0, separator));
        std::string_view value = line.substr(separator + 1);
        if (trim(value).starts_with('"')) take_quoted(key, trim(value));
        if (quoted_) return line.substr(0, separator + 1);  // the value does not go through inih
        if (const auto end = find_inline_comment(value); end != std::string_view::npos) {
            report_comment(key);
            if (trim(value.substr(0, end)).empty()) return lose(key);
        }
        return line;
    }

    /// Sets quoted_ when the value is what R-DEC-50 calls one in quotes.
    void take_quoted(std::string_view key, std::string_view value) {
        auto found = read_quoted(value);
        if (!found) {
            return report(key, "begins with a quote that has no end, the value is taken as it stands");
        }
        const std::string_view rest = trim(found->rest);
        const bool comment = rest.starts_with(';') && rest.size() < found->rest.size();
        if (comment) report_comment(key);
        if (!rest.empty() && !comment) {
            return report(key, "goes on after its closing quote, the value is taken as it stands");
        }
        quoted_ = std::move(found->text);
    }

    void report_comment(std::string_view key) {
        const Key* known = find_key(section_, key);
        const std::string more =
            known != nullptr && known->list ? "; only commas separate the entries of a list" : "";
        report(key, "what follows the blank and ; is a comment, the value ends before it" + more);
    }

    /// Behind a key may stand its password.
    static std::string first_word(std::string_view line) {
        const auto end = std::min(line.find_first_of(" \t"), line.size());
        return "'" + std::string{line.substr(0, end)} + (end < line.size() ? " ...'" : "'");
    }

    static std::string_view key_part(std::string_view line) {
        const auto separator = line.find_first_of("=:");
        return separator == std::string_view::npos ? std::string_view{} : trim(line.substr(0, separator));
    }

    void report(std::string_view key, std::string text, std::string nearest = {},
                std::string rule = "R-DEC-50") {
        Finding& finding =
            report(Level::error, lines_.number(), std::string{key}, std::move(text), std::move(rule));
        finding.section = section_;
        finding.nearest = std::move(nearest);
    }

    Finding& report(Level level, int line, std::string key, std::string text, std::string rule) {
        return file_.findings.emplace_back(Finding{.level = level,
                                                   .file = name_,
                                                   .line = line,
                                                   .section = {},
                                                   .key = std::move(key),
                                                   .value = {},
                                                   .text = std::move(text),
                                                   .rule = std::move(rule),
                                                   .nearest = {}});
    }

    const std::string& name_;
    IniFile file_;
    Lines lines_;
    std::string section_;
    std::optional<std::string> quoted_;  ///< the line's value, when it stands in quotes
    bool skip_section_ = false;
};

}  // namespace

IniFile read_ini(std::istream& in, const std::string& name) { return Reader{in, name}.read(); }

}  // namespace cticonnector::app
