#include "verbs.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>

#include "cticonnector/app/config.hpp"
#include "cticonnector/app/languages.hpp"
#include "platform.hpp"

namespace cticonnector::app {
namespace {

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

}  // namespace

int check_config(const std::string& config, bool strict, Streams streams) {
    LoadedConfig loaded =
        config.empty() ? load_default_config(executable_path().parent_path()) : load_config_file(config);
    std::ranges::move(load_languages(loaded.config).findings, std::back_inserter(loaded.findings));
    for (const Finding& finding : loaded.findings) streams.out << to_text(finding) << '\n';
    if (has_errors(loaded.findings) || (strict && !loaded.findings.empty())) return exit_wrong;
    const auto& file = loaded.config.paths.ini;
    streams.out << "fine: " << (file.empty() ? "no file" : file.string()) << ", "
                << counted(loaded.config.given.keys(), "key");
    if (!loaded.findings.empty()) streams.out << ", " << counted(loaded.findings.size(), "warning");
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
