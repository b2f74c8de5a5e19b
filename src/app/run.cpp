#include "run.hpp"

#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>

#include "command_line.hpp"
#include "cticonnector/app/config.hpp"
#include "cticonnector/app/languages.hpp"
#include "cticonnector/app/log.hpp"
#include "instance.hpp"
#include "open_files.hpp"
#include "platform.hpp"
#include "service.hpp"

namespace cticonnector::app {

namespace {

/// For whoever takes the log's last lines, who may have stopped reading. Ours.
constexpr std::chrono::seconds log_patience{1};

/// Where there is no log to say what is wrong, standard error says it.
Log open_log(const LoadedConfig& loaded) {
    try {
        return Log{loaded.config.log};
    } catch (const std::exception&) {
        for (const Finding& finding : loaded.findings) {
            if (finding.level == Level::error) std::cerr << to_text(finding) << '\n';
        }
        throw;
    }
}

/// Else whoever starts it by hand sees nothing at all.
void tell_where(const Log& log) {
    if (log.file().empty() || !standard_error_is_a_terminal()) return;
    std::cerr << "logging to " << std::filesystem::absolute(log.file()).string() << '\n';
}

}  // namespace

void run_told(Logger& log, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        log.event({"invariant.broken", Level::error}, {{"text", error.what()}, {"next", "the daemon ends"}});
        throw;
    }
}

int run(const std::string& config) {
    outlive_signals();
    LoadedConfig loaded =
        config.empty() ? load_default_config(executable_path().parent_path()) : load_config_file(config);
    // defaults listen on every address, to everybody (R-OPS-23)
    if (!loaded.config.paths.readable)
        throw std::runtime_error(to_text(loaded.findings.front()) + "; nothing is started");
    // before log and ports: they are the other's
    if (auto finding = be_the_only_one(loaded.config)) add_findings(loaded, {std::move(*finding)});
    LoadedLanguages languages = load_languages(loaded.config);
    add_findings(loaded, std::move(languages.findings));

    const std::uint64_t files = raise_open_files(files_needed(loaded.config));
    if (auto finding = fit_into(files, loaded.config, loaded.config.paths.ini.string()))
        add_findings(loaded, {std::move(*finding)});

    Log log = open_log(loaded);
    tell_where(log);
    log_findings(log, loaded.findings);
    const auto exit_unless_written = [&log](int code) {
        // Its thread cannot be ended, and an orderly exit would wait for it (R-DEC-73).
        if (!log.finish(log_patience)) std::_Exit(code);
    };
    try {
        Service service(loaded.config, std::move(languages.languages), log);
        run_told(log, [&service] { service.run(); });
    } catch (const std::exception&) {
        exit_unless_written(exit_wrong);
        throw;
    }
    exit_unless_written(exit_fine);
    return exit_fine;
}

}  // namespace cticonnector::app
