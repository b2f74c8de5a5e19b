#pragma once
// The configuration: one ini file (config-keys.md), read once, checked completely, handed out in parts. No
// layer sees a text of the file after this. Content never throws: whatever is wrong becomes a finding and the
// default is used (R-ALLOC-4, R-ALLOC-5), so that the daemon starts in any case (R-DEC-13) but that of a file
// that cannot be read (R-OPS-23).

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/admin/settings.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/net/network.hpp"
#include "cticonnector/routing/settings.hpp"

namespace cticonnector::app {

/// [LOGGER]
struct LogSettings {
    std::filesystem::path path;  ///< a file, or a directory for cticonnector.log; empty = standard error
    std::uint64_t file_size = 100ULL * 1024 * 1024;  ///< bytes at which a new file begins
    std::size_t max_backup_index = 10;               ///< older files kept
    Level level = Level::info;
};

/// Where things are, resolved (R-DEC-68).
struct Paths {
    std::filesystem::path ini;  ///< empty: there is none
    bool readable = true;  ///< false: the ini file has one finding, and nobody may start with this (R-OPS-23)
    std::vector<std::filesystem::path> languages;  ///< looked through in this order
    std::filesystem::path state;                   ///< directory of what the daemon writes for itself
    std::filesystem::path run;                     ///< directory of what is there while it runs: its lock
};

/// Which keys the file decides, and in which line.
struct Given {
    /// Section and key as the table of keys spells them.
    std::map<std::pair<std::string_view, std::string_view>, int> lines;
    std::size_t variables = 0;  ///< keys that name an ECC variable

    /// 0 for a key that has its default.
    int line(std::string_view section, std::string_view key) const {
        const auto found = lines.find({section, key});
        return found == lines.end() ? 0 : found->second;
    }
    std::size_t keys() const { return lines.size() + variables; }
};

struct Config {
    engine::Settings engine;
    routing::Settings routing;
    crm::Settings crm;
    LogSettings log;
    admin::Settings admin;
    std::filesystem::path languages = "languages";  ///< LanguagesPath as it stands in the file (R-DEC-33)
    std::string default_language = "EN";            ///< for a language without a file (R-DEC-86)
    std::filesystem::path run_directory;            ///< [SERVICE] RunDir as it stands in the file
    Paths paths;
    Given given;
};

/// Something the operator should know. Secrets and values of unknown keys are never in it.
struct Finding {
    Level level = Level::error;  ///< error or warning
    std::string file;
    int line = 0;  ///< 0: the file as a whole, or a default that stands in no line
    std::string section;
    std::string key;
    std::string value;
    std::string text;
    std::string rule;     ///< requirement id
    std::string nearest;  ///< nearest legal value, or nearest known name; may be empty
};

/// "FILE:LINE: error: [SECTION] Key=value: text (nearest: X; R-...)"
std::string to_text(const Finding&);
bool has_errors(const std::vector<Finding>&);

struct LoadedConfig {
    Config config;
    std::vector<Finding> findings;  ///< in the order of the file, those without a line last
};
/// Those of another file come behind the ini file's, as they are.
void add_findings(LoadedConfig&, std::vector<Finding>);

/// `name` is the file's path for the findings; relative paths inside the file are taken from its directory.
LoadedConfig load_config(std::istream& in, const std::filesystem::path& name);
/// Looks at what the file names, too: places that are not there or may not be used are findings. A file that
/// cannot be read is an error finding.
LoadedConfig load_config_file(const std::filesystem::path& file);
/// Reads cticonnector.ini in `directory`, the executable's; without one everything has its default, and one
/// finding says so.
LoadedConfig load_default_config(const std::filesystem::path& directory);

/// The ini file that names every key, commented out at its default, with help: config/cticonnector.ini.
std::string sample_config();

}  // namespace cticonnector::app
