#include "ini_reader.hpp"

#include <ini.h>

#include <utility>

#include "config_keys.hpp"
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

class Reader {
  public:
    Reader(std::istream& in, const std::string& name) : lines_(in), name_(name) {}

    IniFile read() {
        // the result is a line number of inih's own; every such line already has its finding
        ini_parse_stream(&Reader::next_line, this, &Reader::take, this);
        return std::move(file_);
    }

  private:
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
        if (reader.skip_section_) return 1;
        reader.file_.entries.push_back({reader.lines_.number(), section, name, value});
        return 1;
    }

    /// The line as inih may see it; empty when there is nothing in it, or nothing that can be used.
    std::string_view acceptable(std::size_t limit) {
        const std::string_view line = lines_.line();
        if (line.empty() || line.front() == ';' || line.front() == '#') return {};
        if (line.size() > limit) {
            report(key_part(line), "longer than " + std::to_string(limit) + " bytes, the line is not used");
            return {};
        }
        if (line.find('\0') != std::string_view::npos) {
            report({}, "has a zero byte, the line is not used");
            return {};
        }
        return line.front() == '[' ? section_line(line) : key_line(line);
    }

    std::string_view section_line(std::string_view line) {
        const auto end = line.find(']');
        if (end == std::string_view::npos) {
            skip_section_ = true;
            report({}, "section without ], its keys are not used");
            return {};
        }
        section_ = line.substr(1, end - 1);
        skip_section_ = !known_section(section_);
        if (skip_section_) report({}, "unknown section, its keys are not used", nearest_section(section_));
        return line;
    }

    std::string_view key_line(std::string_view line) {
        const auto separator = line.find_first_of("=:");
        if (separator == std::string_view::npos ||
            find_inline_comment(line.substr(0, separator)) != std::string_view::npos) {
            report({}, "neither a section nor Key=value, the line is not used");
            return {};
        }
        if (find_inline_comment(line.substr(separator + 1)) != std::string_view::npos) {
            report(key_part(line), "what follows the blank and ; is a comment, the value ends before it");
        }
        return line;
    }

    static std::string_view key_part(std::string_view line) {
        const auto separator = line.find_first_of("=:");
        return separator == std::string_view::npos ? std::string_view{} : trim(line.substr(0, separator));
    }

    void report(std::string_view key, std::string text, std::string nearest = {}) {
        file_.findings.push_back({.level = Level::error,
                                  .file = name_,
                                  .line = lines_.number(),
                                  .section = section_,
                                  .key = std::string{key},
                                  .value = {},
                                  .text = std::move(text),
                                  .rule = "R-DEC-50",
                                  .nearest = std::move(nearest)});
    }

    Lines lines_;
    const std::string& name_;
    std::string section_;
    bool skip_section_ = false;
    IniFile file_;
};

}  // namespace

IniFile read_ini(std::istream& in, const std::string& name) { return Reader{in, name}.read(); }

}  // namespace cticonnector::app
