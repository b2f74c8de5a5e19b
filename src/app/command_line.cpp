#include "command_line.hpp"

#include <algorithm>
#include <exception>
#include <ostream>

namespace cticonnector::app {
namespace {

constexpr std::string_view program = "cticonnectord";

void print_usage(const Verb& verb, std::ostream& out) {
    out << "usage: " << program << ' ' << verb.name << (verb.arguments.empty() ? "" : " ") << verb.arguments
        << "\n  " << verb.help << '\n';
}

void print_usage(std::span<const Verb> verbs, std::ostream& out) {
    out << "usage: " << program << " VERB [arguments]\n";
    for (const Verb& verb : verbs) {
        out << "  " << verb.name << (verb.arguments.empty() ? "" : " ") << verb.arguments << "\n      "
            << verb.help << '\n';
    }
    out << "exit codes: 0 fine, 1 something is wrong, 2 unusable arguments\n";
}

bool asks_for_help(std::string_view argument) { return argument == "--help" || argument == "-h"; }

int run(const Verb& verb, Arguments arguments, Streams streams) {
    if (std::ranges::any_of(arguments, asks_for_help)) {
        print_usage(verb, streams.out);
        return exit_fine;
    }
    try {
        return verb.run(arguments, streams);
    } catch (const UsageError& error) {
        streams.err << program << ": " << error.what() << '\n';
        print_usage(verb, streams.err);
        return exit_usage;
    } catch (const std::exception& error) {
        streams.err << program << ": " << error.what() << '\n';
        return exit_wrong;
    }
}

std::string quoted(std::string_view text) { return "'" + std::string{text} + "'"; }

}  // namespace

ParsedArguments parse_arguments(Arguments arguments, std::span<const Option> known,
                                std::size_t most_operands) {
    ParsedArguments parsed;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const std::string_view argument = arguments[at];
        if (!argument.starts_with("--")) {
            if (parsed.operands.size() == most_operands)
                throw UsageError("unexpected argument " + quoted(argument));
            parsed.operands.push_back(argument);
            continue;
        }
        const auto equals = argument.find('=');
        const std::string_view name = argument.substr(0, equals);
        const auto option = std::ranges::find(known, name, &Option::name);
        if (option == known.end()) throw UsageError("unknown option " + quoted(name));
        if (parsed.has(name)) throw UsageError("option " + quoted(name) + " given twice");
        std::string_view value;
        if (!option->has_value) {
            if (equals != std::string_view::npos)
                throw UsageError("option " + quoted(name) + " takes no value");
        } else if (equals != std::string_view::npos) {
            value = argument.substr(equals + 1);
        } else if (at + 1 < arguments.size()) {
            value = arguments[++at];
        }
        if (option->has_value && value.empty()) throw UsageError("option " + quoted(name) + " needs a value");
        parsed.options.emplace(name, value);
    }
    return parsed;
}

int dispatch(std::span<const Verb> verbs, Arguments arguments, Streams streams) {
    if (arguments.empty()) {
        streams.err << program << ": no verb given\n";
        print_usage(verbs, streams.err);
        return exit_usage;
    }
    if (asks_for_help(arguments.front())) {
        print_usage(verbs, streams.out);
        return exit_fine;
    }
    const auto verb = std::ranges::find(verbs, arguments.front(), &Verb::name);
    if (verb == verbs.end()) {
        streams.err << program << ": unknown verb " << quoted(arguments.front()) << '\n';
        print_usage(verbs, streams.err);
        return exit_usage;
    }
    return run(*verb, arguments.subspan(1), streams);
}

}  // namespace cticonnector::app
