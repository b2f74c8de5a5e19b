#include "config_places.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "config_keys.hpp"
#include "log_file.hpp"
#include "platform.hpp"

namespace cticonnector::app {
namespace {

namespace fs = std::filesystem;

bool is_there_as_directory(const fs::path& path) {
    std::error_code unknown;
    return fs::is_directory(path, unknown);
}

bool is_there(const fs::path& path) {
    std::error_code unknown;
    return fs::exists(path, unknown);
}

/// The directory itself, or the one above it in which it would be made.
fs::path nearest_there(fs::path directory) {
    if (directory.empty()) directory = ".";
    while (!is_there(directory) && directory != directory.parent_path())
        directory = directory.has_parent_path() ? directory.parent_path() : fs::path{"."};
    return directory;
}

/// Why no file can be made there, nothing if it can.
std::string why_not_made_in(const fs::path& directory) {
    const fs::path there = nearest_there(directory);
    if (!is_there_as_directory(there)) return there.string() + " is no directory";
    return may_write(there) ? "" : "this user may write nothing to " + there.string();
}

std::string why_not_written(const fs::path& file) {
    if (!is_there(file)) return why_not_made_in(file.parent_path());
    return may_write(file) ? "" : "this user may not write to it";
}

class Places {
  public:
    Places(Config& config, std::vector<Finding>& findings) : config_(config), findings_(findings) {}

    void check() {
        languages();
        log();
        run_directory();
        passwords();
    }

  private:
    void languages() {
        if (config_.given.line("CONFIG", "LanguagesPath") == 0) return;
        auto& directories = config_.paths.languages;
        if (std::ranges::any_of(directories, is_there_as_directory)) return;
        std::string looked_for;
        for (const auto& directory : directories)
            looked_for += (looked_for.empty() ? "" : " and ") + directory.string();
        report(Level::error, "CONFIG", "LanguagesPath",
               "no such directory (looked for " + looked_for + "), the default is used", "R-ALLOC-5");
        directories = language_directories(config_.paths.ini.parent_path(), Config{}.languages);
    }

    void log() {
        const fs::path file = log_file(config_.log.path);
        if (file.empty()) return;
        if (const std::string why = why_not_written(file); !why.empty())
            report(Level::error, "LOGGER", "Path", "cannot be written: " + why, "R-DEC-13");
    }

    void run_directory() {
        if (config_.run_directory.empty()) return;
        if (const std::string why = why_not_made_in(config_.paths.run); !why.empty())
            report(Level::error, "SERVICE", "RunDir", "cannot be used: " + why, "R-OPS-25");
    }

    void passwords() {
        std::vector<std::pair<int, const Key*>> given;
        for (const Key& key : keys()) {
            const int line = key.secret ? config_.given.line(key.section, key.name) : 0;
            if (line > 0) given.emplace_back(line, &key);
        }
        if (given.empty() || !readable_by_others(config_.paths.ini)) return;
        std::ranges::sort(given);
        std::string more;
        for (std::size_t n = 1; n < given.size(); ++n)
            more += (n == 1 ? " (and what stands in line " : ", ") + std::to_string(given[n].first);
        report(Level::warning, given.front().second->section, given.front().second->name,
               "every user of this machine can read it" + more + (more.empty() ? "" : ")") + ": chmod o-r " +
                   config_.paths.ini.string(),
               "R-OPS-24");
    }

    void report(Level level, std::string_view section, std::string_view name, std::string text,
                std::string rule) {
        findings_.push_back(finding(config_, config_.paths.ini.string(), level, {section, name},
                                    std::move(text), std::move(rule)));
    }

    Config& config_;
    std::vector<Finding>& findings_;
};

}  // namespace

std::vector<fs::path> language_directories(const fs::path& ini_directory, const fs::path& path) {
    std::vector<fs::path> directories{ini_directory / path};
    const auto installed = data_directory() / path;
    if (installed != directories.front())
        directories.push_back(installed);  // an absolute path is the same in both
    return directories;
}

void check_places(Config& config, std::vector<Finding>& findings) { Places{config, findings}.check(); }

}  // namespace cticonnector::app
