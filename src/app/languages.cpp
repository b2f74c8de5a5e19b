#include "cticonnector/app/languages.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "config_values.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "lines.hpp"

namespace cticonnector::app {
namespace {

using crm::TextKind;

struct TextSection {
    std::string_view name;
    TextKind kind;
};
constexpr std::array text_sections{
    TextSection{"callState", TextKind::call_state},
    TextSection{"mediaState", TextKind::media_state},
    TextSection{"processingState", TextKind::processing_state},
    TextSection{"userState", TextKind::user_state},
    TextSection{"presenceState", TextKind::presence_state},
    TextSection{"workMode", TextKind::work_mode},
    TextSection{"channel", TextKind::channel},
};
constexpr std::string_view work_mode_section = "workModeSupplementary";
constexpr std::size_t most_work_modes = 47;

/// What of a line a finding shows of it.
std::string shown(std::string_view text) {
    constexpr std::size_t longest = 60;
    return shortened(visible(text), longest);
}

std::string quoted(std::string_view line) { return "'" + shown(line) + "'"; }

/// Nothing where none is similar: the family may have sections that nobody has published.
std::string nearest_text_section(std::string_view section) {
    std::string_view nearest = work_mode_section;
    for (const TextSection& other : text_sections) {
        if (edit_distance(other.name, section) < edit_distance(nearest, section)) nearest = other.name;
    }
    const bool similar = edit_distance(nearest, section) <= nearest.size() / 3;
    return similar ? "[" + std::string{nearest} + "]" : std::string{};
}

class LanguageReader {
  public:
    LanguageReader(std::string text, const std::string& name, const engine::Settings& settings)
        : lines_(std::move(text)), name_(name), settings_(settings) {}

    LoadedTexts read() {
        while (lines_.next()) {
            const std::string_view line = lines_.line();
            if (line.empty() || line.front() == '#') continue;
            if (line.front() == '[') {
                take_section(line);
            } else {
                take_entry(line);
            }
        }
        return std::move(loaded_);
    }

  private:
    enum class Place : std::uint8_t { nowhere, work_modes, texts };

    void take_section(std::string_view line) {
        section_ = trim(line.substr(1, line.find(']') - 1));
        const auto found = std::ranges::find_if(text_sections, [this](const TextSection& section) {
            return equal_ignoring_case(section.name, section_);
        });
        if (equal_ignoring_case(section_, work_mode_section)) {
            place_ = Place::work_modes;
        } else if (found != text_sections.end()) {
            place_ = Place::texts;
            kind_ = found->kind;
        } else {
            place_ = Place::nowhere;
            report({}, "unknown section, its entries are ignored", nearest_text_section(section_));
        }
    }

    void take_entry(std::string_view line) {
        if (place_ == Place::nowhere) {
            if (section_.empty()) report({}, quoted(line) + " stands before any section");
            return;
        }
        const auto equals = line.find('=');
        const auto id =
            equals == std::string_view::npos ? std::nullopt : whole_number(trim(line.substr(0, equals)));
        if (!id) return report({}, quoted(line) + " is not <number>=<text>");
        const auto text = trim(line.substr(equals + 1));
        const auto key = std::to_string(*id) + "=" + shown(text);
        if (text.empty()) return report(key, "has no text");
        if (!is_utf8(text)) return report(key, "is not UTF-8");
        if (place_ == Place::work_modes) {
            take_work_mode(*id, key, text);
        } else {
            take_text(*id, key, text);
        }
    }

    void take_work_mode(std::int64_t number, const std::string& key, std::string_view text) {
        auto& modes = loaded_.texts.work_modes;
        if (number <= engine::last_standard_workmode)
            return report(key, "a customer's work mode is above 999", "1000");
        if (!engine::reason_of(number, settings_)) {
            const auto [first, last] = engine::workmodes_of_reasons(settings_);
            return report(key,
                          "no reason of the contact center (0 to 65535) is this work mode while "
                          "TpiNotReadyReasonCodeOffset is " +
                              std::to_string(settings_.not_ready_offset),
                          std::to_string(std::clamp<std::int64_t>(number, first, last)));
        }
        if (std::ranges::find(modes, static_cast<int>(number), &crm::WorkMode::number) != modes.end()) {
            return report(key, "stands in this file already");
        }
        if (modes.size() == most_work_modes)
            return report(key, "is one more than the 47 a language may have");
        modes.push_back({static_cast<int>(number), std::string{text}});
    }

    void take_text(std::int64_t id, const std::string& key, std::string_view text) {
        const auto known = std::ranges::any_of(crm::english_texts, [&](const crm::EnglishText& entry) {
            return entry.kind == kind_ && entry.id == id;
        });
        if (!known) return report(key, "no such id");
        if (!loaded_.texts.by_code.try_emplace({kind_, static_cast<int>(id)}, text).second) {
            report(key, "stands in this file already");
        }
    }

    void report(std::string key, std::string text, std::string nearest = {}) {
        loaded_.findings.push_back(
            {.level = Level::warning,
             .file = name_,
             .line = lines_.number(),
             .section = section_,
             .key = std::move(key),
             .value = {},
             .text = std::move(text) + (place_ == Place::nowhere ? "" : ", the entry is ignored"),
             .rule = "R-STATE-4",
             .nearest = std::move(nearest)});
    }

    Lines lines_;
    const std::string& name_;
    const engine::Settings& settings_;
    std::string section_;
    Place place_ = Place::nowhere;
    TextKind kind_{};
    LoadedTexts loaded_;
};

std::vector<std::filesystem::path> language_files(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator{directory, gone}) {
        if (equal_ignoring_case(entry.path().extension().string(), ".lfg")) files.push_back(entry.path());
    }
    std::ranges::sort(files);  // the directory's own order is not the same everywhere
    return files;
}

Finding file_finding(const std::string& file, std::string_view text, std::string_view rule = "R-LOGIN-11") {
    return {.level = Level::warning,
            .file = file,
            .line = 0,
            .section = {},
            .key = {},
            .value = {},
            .text = std::string{text},
            .rule = std::string{rule},
            .nearest = {}};
}

}  // namespace

LoadedTexts read_language(std::istream& in, const std::string& name, const engine::Settings& settings) {
    std::string text = read_all(in);
    if (is_utf16(text)) return {{}, {file_finding(name, utf16_is_not_read, "R-DEC-70")}};
    return LanguageReader{std::move(text), name, settings}.read();
}

namespace {

LoadedLanguages load_directory(const std::filesystem::path& directory, const engine::Settings& settings) {
    LoadedLanguages loaded;
    for (const auto& file : language_files(directory)) {
        std::ifstream in{file, std::ios::binary};
        std::error_code error;
        if (!in || std::filesystem::is_directory(file, error)) {
            loaded.findings.push_back(file_finding(file.string(), "cannot be read"));
            continue;
        }
        LoadedTexts language = read_language(in, file.string(), settings);
        std::ranges::move(language.findings, std::back_inserter(loaded.findings));
        const auto code = ici::language_code(file.stem().string());
        if (!loaded.languages.by_code.try_emplace(code, std::move(language.texts)).second) {
            loaded.findings.push_back(file_finding(file.string(), "another file has this language already"));
        }
    }
    return loaded;
}

}  // namespace

LoadedLanguages load_languages(const std::vector<std::filesystem::path>& directories,
                               const engine::Settings& settings) {
    LoadedLanguages loaded;
    for (const auto& directory : directories) {
        LoadedLanguages more = load_directory(directory, settings);
        loaded.languages.by_code.merge(more.languages.by_code);
        std::ranges::move(more.findings, std::back_inserter(loaded.findings));
    }
    return loaded;
}

namespace {

Finding default_finding(const Config& config, std::string_view text, std::string_view rule) {
    Finding finding = file_finding(config.paths.ini.string(), text, rule);
    finding.line = config.given.line("CONFIG", "DefaultLanguage");
    finding.section = "CONFIG";
    finding.key = "DefaultLanguage";
    finding.value = config.default_language;
    return finding;
}

/// The default's file, when a site has files of its own and this one is the installation's; else empty.
std::filesystem::path foreign_default(const Config& config) {
    if (config.paths.ini.empty()) return {};
    const auto code = ici::language_code(config.default_language);
    const auto is_default = [&](const std::filesystem::path& file) {
        return ici::language_code(file.stem().string()) == code;
    };
    bool of_site = true;
    for (const auto& directory : config.paths.languages) {
        const auto files = language_files(directory);
        const auto found = std::ranges::find_if(files, is_default);
        if (found != files.end()) return of_site ? std::filesystem::path{} : *found;
        if (of_site && files.empty()) return {};
        of_site = false;
    }
    return {};
}

}  // namespace

LoadedLanguages load_languages(const Config& config) {
    LoadedLanguages loaded = load_languages(config.paths.languages, config.engine);
    loaded.languages.default_code = ici::language_code(config.default_language);
    const bool set = config.given.line("CONFIG", "DefaultLanguage") > 0;
    if (const auto file = foreign_default(config); !file.empty()) {
        loaded.findings.push_back(default_finding(
            config,
            config.paths.languages.front().string() + " has no file of it: " + file.string() + " is used",
            "R-DEC-68"));
    } else if (set && !loaded.languages.has(config.default_language)) {
        loaded.findings.push_back(default_finding(
            config, "there is no file of it: the built-in English is used, without work modes", "R-DEC-86"));
    }
    return loaded;
}

}  // namespace cticonnector::app
