#include "verbs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>
#include <string>

#include "config_values.hpp"
#include "cticonnector/app/config.hpp"
#include "cticonnector/app/languages.hpp"
#include "cticonnector/protocol/ged188/dump.hpp"
#include "lines.hpp"
#include "platform.hpp"

namespace cticonnector::app {
namespace {

std::string read_input(const ParsedArguments& arguments, std::istream& standard_input) {
    if (arguments.operands.empty() || arguments.operands.front() == "-") return read_all(standard_input);
    const std::string file{arguments.operands.front()};
    std::ifstream in{file, std::ios::binary};
    std::error_code error;
    if (!in || std::filesystem::is_directory(file, error))
        throw std::runtime_error(file + ": cannot be read");
    return read_all(in);
}

ged188::Version protocol_version(const ParsedArguments& arguments) {
    constexpr std::string_view option = "--version";
    if (!arguments.has(option)) return ged188::Version{routing::Settings{}.protocol_version};
    const auto number = whole_number(arguments.options.at(option));
    if (!number || *number < ged188::oldest_version.number || *number > ged188::newest_version.number) {
        throw UsageError("--version is " + std::to_string(ged188::oldest_version.number) + " to " +
                         std::to_string(ged188::newest_version.number));
    }
    return ged188::Version{static_cast<std::uint32_t>(*number)};
}

}  // namespace

int check_config(Arguments given, Streams streams) {
    constexpr std::array options{Option{"--config", true}, Option{"--strict"}};
    const auto arguments = parse_arguments(given, options);
    LoadedConfig loaded = arguments.has("--config") ? load_config_file(arguments.options.at("--config"))
                                                    : load_default_config(executable_path().parent_path());
    std::ranges::move(load_languages(loaded.config.languages).findings, std::back_inserter(loaded.findings));
    for (const Finding& finding : loaded.findings) streams.out << to_text(finding) << '\n';
    const bool wrong = has_errors(loaded.findings) || (arguments.has("--strict") && !loaded.findings.empty());
    return wrong ? exit_wrong : exit_fine;
}

int default_config(Arguments given, Streams streams) {
    parse_arguments(given, {});
    streams.out << sample_config();
    return exit_fine;
}

int decode(Arguments given, Streams streams) {
    constexpr std::array options{Option{"--version", true}};
    const auto arguments = parse_arguments(given, options, 1);
    const auto used_version = protocol_version(arguments);
    const ged188::Dump dump = ged188::dump(read_input(arguments, streams.in), used_version);
    streams.out << dump.text;
    return dump.problems == 0 ? exit_fine : exit_wrong;
}

int version(Arguments given, Streams streams) {
    parse_arguments(given, {});
    streams.out << "cticonnectord " CTICONNECTOR_VERSION "\n";
    return exit_fine;
}

}  // namespace cticonnector::app
