#include "cticonnector/app/config.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>
#include <tuple>
#include <utility>

#include "config_keys.hpp"
#include "config_places.hpp"
#include "config_rules.hpp"
#include "cticonnector/base/described.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"
#include "ini_reader.hpp"
#include "platform.hpp"

namespace cticonnector::app {
namespace {

/// "Username(3)" as name and index.
struct IndexedName {
    std::string_view name;
    std::optional<std::int64_t> index;
};

IndexedName indexed_name(std::string_view text) {
    const auto open = text.find('(');
    if (open == std::string_view::npos || !text.ends_with(')')) return {text, {}};
    return {trim(text.substr(0, open)), whole_number(text.substr(open + 1, text.size() - open - 2))};
}

constexpr std::size_t longest_variable = 32;  // NAMEDVAR, GED-188 section 2: 33 bytes with the NUL

/// Variables of a contact center are called user.NAME, but its own ones for outbound campaigns, BA....
bool is_variable(std::string_view name) {
    return name.starts_with("BA") || (name.starts_with("user.") && name != "user.");
}

/// "user.account" of "account" and "useraccount"; nothing where it would be none.
std::string nearest_variable(std::string_view name) {
    constexpr std::string_view user = "user";
    if (equal_ignoring_case(name.substr(0, user.size()), user)) name.remove_prefix(user.size());
    name.remove_prefix(std::min(name.find_first_not_of("._-"), name.size()));
    std::string nearest = std::string{user} + '.' + std::string{name};
    return name.empty() || nearest.size() > longest_variable ? std::string{} : nearest;
}

/// What the CRM side gives the engine beyond its own time-out before it answers by itself (R-DEC-35).
constexpr std::chrono::seconds answer_grace{5};

void in_order_of(const std::string& file, std::vector<Finding>& findings) {
    std::ranges::stable_sort(findings, {}, [&](const Finding& finding) {
        const bool elsewhere = finding.file != file;
        return std::tuple{elsewhere, elsewhere || finding.line == 0, elsewhere ? 0 : finding.line};
    });
}

/// Turns the entries of one file into a Config.
class Loader {
  public:
    explicit Loader(std::string file) : file_(std::move(file)) {}

    LoadedConfig load(IniFile ini) {
        loaded_.findings = std::move(ini.findings);
        loaded_.config.paths.readable = ini.readable;
        if (!ini.readable) return std::move(loaded_);
        lost_ = std::move(ini.lost);
        for (const IniEntry& entry : ini.entries) take(entry);
        for (auto& [key, values] : lists_) join(*key, values);
        close_what_is_lost();
        tell_what_is_given();
        share();
        apply_rules(loaded_.config, file_, loaded_.findings);
        in_order_of(file_, loaded_.findings);
        for (Finding& finding : loaded_.findings) {
            finding.value = without_credentials(finding.value);
            finding.text = without_credentials(finding.text);
            finding.nearest = without_credentials(finding.nearest);
            if (finding.nearest == finding.value) finding.nearest.clear();  // it was just refused
        }
        return std::move(loaded_);
    }

  private:
    void take(const IniEntry& entry) {
        if (take_ecc(entry)) return;
        const auto [name, index] = indexed_name(entry.name);
        const bool has_index = name.size() != entry.name.size();
        if (const Key* key = find_key(entry.section, name); key && (!has_index || (key->list && index))) {
            take_value(entry, *key, index);
        } else if (const UnusedKey* unused = find_unused_key(entry.section, name)) {
            report(entry, Level::warning, std::string{unused->note} + ", the key has no effect", "R-DEC-14");
        } else {
            report(entry, Level::error, "unknown key", "R-DEC-13", nearest_key(entry.section, name));
            lost_.push_back(entry);
        }
    }

    void take_value(const IniEntry& entry, const Key& key, std::optional<std::int64_t> index) {
        if (const auto [first, fresh] = given_.try_emplace({&key, index.value_or(-1)}, entry.line); !fresh) {
            return report_again(entry, first->second);
        }
        if (entry.value.empty()) return;
        check_quotes(entry, key);
        if (index) {
            lists_[&key].emplace(*index, entry);
        } else {
            set(entry, key, entry.value);
        }
    }

    void report_again(const IniEntry& entry, int first) {
        report(entry, Level::error, "stands in line " + std::to_string(first) + " already, that one is used",
               "R-DEC-50");
        lost_.push_back(entry);
    }

    void set(const IniEntry& entry, const Key& key, std::string_view value) {
        auto refusal = key.read(loaded_.config, value, key.rule);
        if (!refusal || refusal->used) lines_.emplace(&key, entry.line);
        if (!refusal) return;
        Finding& finding = report(entry, refusal->mild ? Level::warning : Level::error,
                                  std::move(refusal->text) + (refusal->used ? "" : ", the default is used"),
                                  std::string{refusal->rule}, std::move(refusal->nearest));
        finding.value = key.secret ? Secret::shown : std::string{value};
    }

    /// Quotes are for values that need them (R-DEC-50): elsewhere they are a misunderstanding, where a form
    /// is known to have none.
    void check_quotes(const IniEntry& entry, const Key& key) {
        const std::string_view value{entry.value};
        const bool needed = trim(value) != value || value.find(" ;") != std::string_view::npos;
        if (!entry.quoted || needed || value.empty() || !has_form(key.rule)) return;
        report(entry, Level::error, "needs no quotes, they are not part of the value", "R-DEC-76",
               entry.value)
            .value = '"' + entry.value + '"';
    }

    /// Name(0), Name(1) ... make one list; a gap ends it (config-keys.md section 1).
    void join(const Key& key, const std::map<std::int64_t, IniEntry>& values) {
        std::string joined;
        std::int64_t next = 0;
        const auto whole = lines_.find(&key);
        for (const auto& [index, entry] : values) {
            if (whole != lines_.end()) {
                report_again(entry, whole->second);
                continue;
            }
            if (index != next) {
                lost_.push_back(entry);
                report(entry, Level::error, "indexes begin at 0 and leave none out, the value is not used",
                       "R-ALLOC-4",
                       entry.name.substr(0, entry.name.find('(')) + "(" + std::to_string(next) + ")");
                continue;
            }
            joined += (joined.empty() ? "" : ",") + entry.value;
            ++next;
        }
        if (!joined.empty()) set(values.begin()->second, key, joined);
    }

    /// A line that is not used was to restrict somebody all the same: without a legal one nobody may, where
    /// the default is that everybody may (R-DEC-67).
    void close_what_is_lost() {
        for (const IniEntry& line : lost_) {
            for (const Key* key : meant_to_close(line.section, line.name)) {
                if (!lines_.emplace(key, line.line).second) continue;
                key->close(loaded_.config);
                const IniEntry meant{line.line, std::string{key->section}, std::string{key->name}, {}};
                report(meant, Level::error,
                       "a line that was meant for it is not used and no other says who: nobody is allowed",
                       "R-DEC-50");
            }
        }
    }

    /// The name says which variable; the value may be empty or 1, and 0 takes it out again.
    bool take_ecc(const IniEntry& entry) {
        if (!equal_ignoring_case(entry.section, "CONFIG")) return false;
        const std::string_view name{entry.name};
        const auto starts = [&](std::string_view prefix) {
            return equal_ignoring_case(name.substr(0, prefix.size()), prefix);
        };
        const bool array = starts(ecc_array_prefix);
        if (!array && !starts(ecc_scalar_prefix)) return false;

        const auto variable = name.substr(array ? ecc_array_prefix.size() : ecc_scalar_prefix.size());
        bool handed_over = true;
        const Outcome refusal = entry.value.empty()
                                    ? Outcome{}
                                    : read(handed_over, entry.value, {.form = Rule::Form::number, .max = 1});
        if (variable.empty() || variable.size() > longest_variable) {
            report(entry, Level::error, "the variable's name has 1 to 32 bytes", "R-DATA-2");
        } else if (refusal) {
            report(entry, Level::error, "1 = the variable is handed to the CRM, 0 = it is not", "R-DATA-2",
                   refusal->nearest.empty() ? "1" : refusal->nearest)
                .value = entry.value;
        } else if (!ecc_.insert({std::string{variable}, array}).second) {
            report(entry, Level::error, "the variable is named already", "R-DEC-50");
        } else if (handed_over) {
            check_variable(entry, variable);
            loaded_.config.routing.ecc.push_back({std::string{variable}, array});
        }
        return true;
    }

    void check_variable(const IniEntry& entry, std::string_view variable) {
        if (is_variable(variable)) return;
        const std::string nearest = nearest_variable(variable);
        const std::string prefix = entry.name.substr(0, entry.name.size() - variable.size());
        report(entry, Level::warning,
               "variables are called user.NAME, so the contact center never has this one", "R-DATA-2",
               nearest.empty() ? nearest : prefix + nearest);
    }

    void tell_what_is_given() {
        Given& given = loaded_.config.given;
        for (const auto& [key, line] : lines_) given.lines[{key->section, key->name}] = line;
        given.variables = loaded_.config.routing.ecc.size();
    }

    /// What several layers need to know of one key.
    void share() {
        auto& engine = loaded_.config.engine;
        auto& crm = loaded_.config.crm;
        const auto& routing = loaded_.config.routing;
        engine.peripheral = routing.peripheral;
        engine.request_timeout = routing.request_timeout;
        engine.media = routing.application_path != 0;
        crm.answer_timeout = routing.request_timeout + answer_grace;
    }

    Finding& report(const IniEntry& entry, Level level, std::string text, std::string rule,
                    std::string nearest = {}) {
        return loaded_.findings.emplace_back(Finding{.level = level,
                                                     .file = file_,
                                                     .line = entry.line,
                                                     .section = entry.section,
                                                     .key = entry.name,
                                                     .value = {},
                                                     .text = std::move(text),
                                                     .rule = std::move(rule),
                                                     .nearest = std::move(nearest)});
    }

    std::string file_;
    LoadedConfig loaded_;
    std::map<std::pair<const Key*, std::int64_t>, int> given_;  ///< with index or -1: the line
    std::map<const Key*, int> lines_;                           ///< keys whose value the file decided
    std::map<const Key*, std::map<std::int64_t, IniEntry>> lists_;
    std::set<std::pair<std::string, bool>> ecc_;
    std::vector<IniEntry> lost_;  ///< lines of no effect, each with its finding
};

/// Relative paths inside the file are meant from where it lies: a service has no useful working directory.
void resolve_paths(Config& config, const std::filesystem::path& directory) {
    config.paths.languages = language_directories(directory, config.languages);
    config.paths.state = state_directory().value_or(directory);
    config.paths.run = config.run_directory.empty() ? run_directory().value_or(config.paths.state)
                                                    : directory / config.run_directory;
    if (!config.log.path.empty()) config.log.path = directory / config.log.path;
}

}  // namespace

std::string to_text(const Finding& finding) {
    std::string text = finding.file;
    if (finding.line > 0) text += ":" + std::to_string(finding.line);
    text += ": " + std::string{word_of(finding.level)} + ": ";
    if (!finding.section.empty()) text += "[" + finding.section + "] ";
    if (!finding.key.empty()) text += finding.key + (finding.value.empty() ? "" : "=" + finding.value);
    text += (text.ends_with(' ') ? "" : ": ") + finding.text;
    std::string more = finding.nearest.empty() ? "" : "nearest: " + finding.nearest;
    if (!finding.rule.empty()) more += (more.empty() ? "" : "; ") + finding.rule;
    return visible(more.empty() ? text : text + " (" + more + ")");
}

bool has_errors(const std::vector<Finding>& findings) {
    return std::ranges::find(findings, Level::error, &Finding::level) != findings.end();
}

LoadedConfig load_config(std::istream& in, const std::filesystem::path& name) {
    const std::string file = name.string();
    LoadedConfig loaded = Loader{file}.load(read_ini(in, file));
    resolve_paths(loaded.config, name.parent_path());
    loaded.config.paths.ini = name;
    return loaded;
}

void add_findings(LoadedConfig& loaded, std::vector<Finding> more) {
    std::ranges::move(more, std::back_inserter(loaded.findings));
    in_order_of(loaded.config.paths.ini.string(), loaded.findings);
}

LoadedConfig load_config_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    auto why = std::error_code{in ? 0 : errno, std::generic_category()};
    std::error_code unknown;
    if (std::filesystem::is_directory(file, unknown)) why = std::make_error_code(std::errc::is_a_directory);
    if (!why) {
        LoadedConfig read = load_config(in, file);
        std::vector<Finding> of_places;
        if (read.config.paths.readable) check_places(read.config, of_places);
        add_findings(read, std::move(of_places));
        return read;
    }
    LoadedConfig loaded;
    loaded.config.paths.ini = file;
    loaded.config.paths.readable = false;
    loaded.findings.push_back({.level = Level::error,
                               .file = file.string(),
                               .line = 0,
                               .section = {},
                               .key = {},
                               .value = {},
                               .text = "cannot be read: " + why.message(),
                               .rule = "R-OPS-23",
                               .nearest = {}});
    resolve_paths(loaded.config, file.parent_path());
    return loaded;
}

LoadedConfig load_default_config(const std::filesystem::path& directory) {
    const auto file = directory / "cticonnector.ini";
    if (std::filesystem::exists(file)) return load_config_file(file);
    std::istringstream nothing;
    LoadedConfig loaded = load_config(nothing, file);
    loaded.config.paths.ini.clear();
    Finding none;
    none.level = Level::warning;
    none.file = file.string();
    none.text =
        "is not there, every key has its default: name the file with --config, or begin with what "
        "cticonnectord default-config prints";
    none.rule = "R-DEC-13";
    loaded.findings.insert(loaded.findings.begin(), std::move(none));
    return loaded;
}

}  // namespace cticonnector::app
