#include "verbs.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "cticonnector/app/config.hpp"
#include "cticonnector/app/languages.hpp"
#include "cticonnector/base/described.hpp"
#include "platform.hpp"

namespace cticonnector::app {
namespace {

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// "3 errors, 5 warnings", only what there is.
std::string counted(const std::vector<Finding>& findings) {
    std::string text;
    for (const Level level : {Level::error, Level::warning}) {
        const auto number = std::ranges::count(findings, level, &Finding::level);
        if (number > 0)
            text += (text.empty() ? "" : ", ") +
                    counted(static_cast<std::size_t>(number), std::string{word_of(level)});
    }
    return text;
}

}  // namespace

int check_config(const std::string& config, bool strict, Streams streams) {
    LoadedConfig loaded =
        config.empty() ? load_default_config(executable_path().parent_path()) : load_config_file(config);
    add_findings(loaded, load_languages(loaded.config).findings);
    for (const Finding& finding : loaded.findings) streams.out << to_text(finding) << '\n';
    const auto& ini = loaded.config.paths.ini;
    const std::string file = ini.empty() ? "no file" : ini.string();
    if (has_errors(loaded.findings) || (strict && !loaded.findings.empty())) {
        streams.out << file << ": " << counted(loaded.findings) << '\n';
        return exit_wrong;
    }
    streams.out << "fine: " << file << ", " << counted(loaded.config.given.keys(), "key");
    if (!loaded.findings.empty()) streams.out << ", " << counted(loaded.findings);
    streams.out << '\n';
    return exit_fine;
}

int default_config(Streams streams) {
    streams.out << sample_config();
    return exit_fine;
}

int version(Streams streams) {
    streams.out << "cticonnectord " CTICONNECTOR_VERSION "\n";
    return exit_fine;
}

}  // namespace cticonnector::app
