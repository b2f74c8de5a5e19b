#include "instance.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

#include "platform.hpp"

namespace cticonnector::app {

std::optional<Finding> be_the_only_one(const Config& config) {
    std::error_code unknown;
    const auto& directory = config.paths.run;
    if (!directory.empty()) std::filesystem::create_directories(directory, unknown);
    const auto file = std::filesystem::absolute(directory / "cticonnector.lock");
    const FileLock lock = hold_file(file);
    if (lock.held == Held::by_us) return {};
    if (lock.held == Held::by_another)
        throw std::runtime_error("it runs already: " + lock.who() + " holds " + file.string() +
                                 "; nothing is started (a second one needs a [SERVICE] RunDir of its own)");
    return Finding{.level = Level::warning,
                   .file = config.paths.ini.string(),
                   .line = config.given.line("SERVICE", "RunDir"),
                   .section = "SERVICE",
                   .key = "RunDir",
                   .value = {},
                   .text = file.string() + " cannot be made, a second daemon would not be noticed: " +
                           std::generic_category().message(lock.error),
                   .rule = "R-OPS-25",
                   .nearest = {}};
}

}  // namespace cticonnector::app
