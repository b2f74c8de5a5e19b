#include <array>
#include <iostream>
#include <string_view>
#include <vector>

#include "command_line.hpp"
#include "run.hpp"
#include "verbs.hpp"

namespace {

using cticonnector::app::Verb;

constexpr std::array verbs{
    Verb{"run", "[--config FILE]", "Run the connector until SIGINT or SIGTERM.", cticonnector::app::run},
    Verb{"check-config", "[--config FILE] [--strict]",
         "Say what is wrong with the configuration; --strict: warnings count too.",
         cticonnector::app::check_config},
    Verb{"default-config", "", "Print the configuration file with every key at its default.",
         cticonnector::app::default_config},
    Verb{"decode", "[--version N] FILE|-",
         "Explain captured GED-188 bytes, raw or hexadecimal, from the file or standard input.",
         cticonnector::app::decode},
    Verb{"version", "", "Print the version.", cticonnector::app::version},
};

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return cticonnector::app::dispatch(verbs, arguments, {std::cin, std::cout, std::cerr});
}
