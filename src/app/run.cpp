#include "run.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "cticonnector/app/config.hpp"
#include "cticonnector/app/languages.hpp"
#include "cticonnector/app/log.hpp"
#include "platform.hpp"
#include "service.hpp"

namespace cticonnector::app {

int run(Arguments given, Streams) {
    constexpr std::array options{Option{"--config", true}};
    const auto arguments = parse_arguments(given, options);
    LoadedConfig loaded = arguments.has("--config") ? load_config_file(arguments.options.at("--config"))
                                                    : load_default_config(executable_path().parent_path());
    LoadedLanguages languages = load_languages(loaded.config.languages);
    std::ranges::move(languages.findings, std::back_inserter(loaded.findings));

    Log log(loaded.config.log);
    log_findings(log, loaded.findings);
    Service service(loaded.config, std::move(languages.languages), log, [&log] { return log.dropped(); });
    service.run();
    return exit_fine;
}

}  // namespace cticonnector::app
