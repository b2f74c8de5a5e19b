#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/routing/settings.hpp"
#include "decode.hpp"
#include "platform.hpp"
#include "run.hpp"
#include "tell/tell.hpp"
#include "verbs.hpp"

namespace cticonnector::app {
namespace {

constexpr std::string_view program = "cticonnectord";
constexpr std::string_view summary = "connects the agents of a CRM to a contact center";
constexpr std::string_view exit_codes = "Exit codes: 0 fine, 1 something is wrong, 2 unusable arguments.";

/// What the help text and the man page say besides.
struct Told {
    std::string_view name;
    std::string_view what;
};
constexpr std::array signals{
    Told{"SIGTERM, SIGINT", "An ordered stop, within 5 seconds."},
    Told{"SIGHUP", "Opens the log anew."},
};
constexpr std::array files{
    Told{"cticonnector.ini", "The configuration; default-config prints it with every key and its help."},
    Told{"languages/*.lfg", "Texts for agents, beside the configuration or where the installation has them."},
    Told{"cticonnector.log", "The log, where [LOGGER] Path is a directory; without a Path standard error."},
    Told{"cticonnector.lock",
         "In [SERVICE] RunDir; held while the daemon runs, so that no second one starts."},
};

std::string default_file() {
    try {
        return (executable_path().parent_path() / "cticonnector.ini").string();
    } catch (const std::exception&) {
        return "cticonnector.ini beside the program";
    }
}

std::string listed(std::string_view title, std::span<const Told> all) {
    constexpr std::size_t column = 26;
    std::string text = "\n" + std::string(title) + ":\n";
    for (const auto& [name, what] : all) {
        text += "  " + std::string(name);
        text += std::string(column - std::min(column, name.size()), ' ') + std::string(what) + "\n";
    }
    return text;
}

std::string help_tail() {
    return std::string(exit_codes) + "\n\nWithout --config: " + default_file() + "\n" +
           listed("Files", files) + listed("Signals", signals);
}

/// What the arguments say, and what they are described by.
class CommandLine {
  public:
    CommandLine();
    int run(std::vector<std::string> arguments, Streams);
    const CLI::App& described() const { return app_; }

  private:
    using Verb = std::function<int(Streams)>;
    CLI::App* verb(const std::string& name, const std::string& help, Verb);
    void take_config(CLI::App& verb);
    static void take_filter(CLI::App& verb, tell::Wanted& wanted, CLI::Option* needed = nullptr);
    void add_decode();
    void add_tell();
    int unusable(const CLI::ParseError&, Streams) const;
    int explain_verb(const std::string& name, Streams) const;
    const CLI::App& asked() const;
    std::string usage() const;

    CLI::App app_{"CTI connector: " + std::string(summary) + ".", std::string(program)};
    Verb wanted_;
    std::string config_;
    bool strict_ = false;
    std::string topic_;
    DecodeOptions decode_{.version = routing::Settings{}.protocol_version};
    tell::Options tell_;
};

CommandLine::CommandLine() {
    app_.require_subcommand(1);
    app_.footer(help_tail());
    app_.get_formatter()->column_width(28);
    app_.set_version_flag("--version", std::string{}, "Print the version and exit.");

    take_config(*verb("run", "Run the connector until SIGTERM or SIGINT.",
                      [this](Streams) { return app::run(config_); }));
    auto* check = verb("check-config", "Say what is wrong with the configuration; bind and connect nothing.",
                       [this](Streams streams) { return check_config(config_, strict_, streams); });
    take_config(*check);
    check->add_flag("--strict", strict_, "Exit with 1 for warnings too.");
    verb("default-config", "Print the configuration file with every key at its default.", default_config);
    add_decode();
    add_tell();
    verb("version", "Print the version.", app::version);
    auto* help = verb("help", "Print this text, or the one of a verb.",
                      [this](Streams streams) { return explain_verb(topic_, streams); });
    help->add_option("VERB", topic_, "The verb.")->type_name("");
    // for the packages: not in the help text
    verb("man", "Print the man page.", [](Streams streams) {
        streams.out << man_page();
        return exit_fine;
    })->group("");
}

void CommandLine::add_decode() {
    constexpr auto oldest = ged188::oldest_version.number, newest = ged188::newest_version.number;
    auto* explain =
        verb("decode",
             "Explain what went over the wire, message by message: a pcap of one TCP port, raw bytes "
             "of one direction, hexadecimal text, or a log.",
             [this](Streams streams) { return decode(decode_, streams); });
    explain->add_option("--protocol", decode_.protocol, "ged188 (the CTI link) or mr (media routing).")
        ->type_name("NAME")
        ->check(CLI::IsMember({"ged188", "mr"}).description(""))
        ->capture_default_str();
    explain
        ->add_option("--version", decode_.version,
                     "Protocol version of the GED-188 session, " + std::to_string(oldest) + " to " +
                         std::to_string(newest) + "; OPEN_REQ in a pcap or a log says it by itself.")
        ->type_name("N")
        ->check(CLI::Range(oldest, newest).description(""))
        ->capture_default_str();
    explain
        ->add_option_function<std::uint16_t>(
            "--port", [this](const std::uint16_t& port) { decode_.port = port; },
            "Only the connections of this TCP port of a pcap.")
        ->type_name("N");
    auto* log = explain->add_option("--log", decode_.log,
                                    "The messages of a log that was written at trace, instead of a capture; "
                                    "its directory will do.");
    log->type_name("FILE");
    take_filter(*explain, decode_.wanted, log);
    explain->add_option("FILE", decode_.file, "The capture; - is standard input.")
        ->type_name("")
        ->capture_default_str()
        ->excludes(log);
}

CLI::App* CommandLine::verb(const std::string& name, const std::string& help, Verb run) {
    auto* added = app_.add_subcommand(name, help);
    added->callback([this, run = std::move(run)] { wanted_ = run; });
    return added;
}

void CommandLine::take_config(CLI::App& verb) {
    verb.add_option("-c,--config", config_,
                    "The configuration; cticonnector.ini beside the program without it.")
        ->type_name("FILE")
        ->check(CLI::Validator(
            [](const std::string& text) { return text.empty() ? "a file name is missing" : ""; }, ""));
}

/// `needed`: the option without which they mean nothing.
void CommandLine::take_filter(CLI::App& verb, tell::Wanted& wanted, CLI::Option* needed) {
    const auto add = [&](const std::string& name, std::string& value, const std::string& help,
                         const std::string& type) {
        CLI::Option* option = verb.add_option(name, value, help)->type_name(type);
        if (needed) option->needs(needed);
    };
    add("--agent", wanted.agent, "Of this agent id, or of this SAP user where a line names one.", "ID");
    add("--item", wanted.item, "Of this item: act-42, one of its offers, or SAP's own id.", "ID");
    add("--call", wanted.call, "Of this call, by the contact center's number.", "ID");
    add("--since", wanted.since,
        "From then on: 90s, 10m, 2h, 1d ago; 17:25 or \"2026-01-31 17:25:02\" of here; or "
        "2026-01-31T17:25:02Z.",
        "TIME");
}

void CommandLine::add_tell() {
    CLI::App& verb = *this->verb("tell", "Tell log files in plain sentences.", [this](Streams streams) {
        tell::tell(tell_, streams);
        return exit_fine;
    });
    take_filter(verb, tell_.wanted);
    verb.add_flag("-f,--follow", tell_.follow, "Read on as the last file grows.");
    verb.add_flag_callback(
        "--no-times", [this] { tell_.times = false; }, "Without the local time in front.");
    verb.add_option("LOG", tell_.files,
                    "The files, the oldest first, or the directory of cticonnector.log; - is standard input.")
        ->type_name("")
        ->required();
}

/// The verb as far as one was named, else the program as a whole.
const CLI::App& CommandLine::asked() const {
    const auto named = app_.get_subcommands();
    return named.empty() ? app_ : *named.front();
}

std::string CommandLine::usage() const { return asked().help(&asked() == &app_ ? "" : std::string(program)); }

int CommandLine::explain_verb(const std::string& name, Streams streams) const {
    const CommandLine whole;  // this one has parsed a verb, and would explain that
    const auto found = app_.get_subcommands([&name](const CLI::App* one) { return one->check_name(name); });
    if (name.empty() || !found.empty()) {
        streams.out << (name.empty() ? whole.usage() : found.front()->help(std::string(program)));
        return exit_fine;
    }
    streams.err << program << ": unknown verb '" << name << "'\n" << whole.usage();
    return exit_usage;
}

int CommandLine::unusable(const CLI::ParseError& error, Streams streams) const {
    std::string text = error.what();
    if (const auto rest = app_.remaining(); &asked() == &app_) {
        text = rest.empty() ? "no verb given" : "unknown verb '" + rest.front() + "'";
    }
    streams.err << program << ": " << text << '\n' << usage();
    return exit_usage;
}

int CommandLine::run(std::vector<std::string> arguments, Streams streams) {
    try {
        std::ranges::reverse(arguments);  // CLI11 takes them from the back
        app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        wanted_ = [this](Streams to) {
            to.out << usage();
            return exit_fine;
        };
    } catch (const CLI::CallForVersion&) {
        wanted_ = app::version;
    } catch (const CLI::ParseError& error) {
        return unusable(error, streams);
    }
    try {
        const int code = wanted_(streams);
        // whoever reads it must not take half of it for the whole
        if (!streams.out.flush()) throw std::runtime_error("standard output cannot be written");
        return code;
    } catch (const std::exception& error) {
        streams.err << program << ": " << error.what() << '\n';
        return exit_wrong;
    }
}

/// As text of a man page: a hyphen is no line break, a dot at the front no request.
std::string roff(std::string_view text) {
    std::string out = !text.empty() && (text.front() == '.' || text.front() == '\'') ? "\\&" : "";
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

/// "-c, --config"
std::string names_of(const CLI::Option& option) {
    if (option.get_positional()) return italic(option.get_name(true));
    std::string text;
    for (const auto& name : option.get_snames()) text += bold("-" + name) + ", ";
    return text + bold("--" + option.get_lnames().front());
}

/// "--config FILE"
std::string form_of(const CLI::Option& option) {
    const bool many = option.get_expected_max() > 1;
    if (option.get_positional()) return italic(option.get_name(true)) + (many ? "..." : "");
    const std::string& type = option.get_type_name();
    return bold(option.get_name()) + (type.empty() ? "" : " " + italic(type));
}

/// "[--config FILE] LOG..."
std::string synopsis(const CLI::App& verb) {
    std::string text;
    for (const CLI::Option* option : verb.get_options()) {
        if (option == verb.get_help_ptr()) continue;
        text += option->get_required() ? " " + form_of(*option) : " [" + form_of(*option) + "]";
    }
    return text;
}

std::string entry(const CLI::App& verb) {
    std::string text =
        ".TP\n" + bold(verb.get_name()) + synopsis(verb) + "\n" + roff(verb.get_description()) + "\n";
    for (const CLI::Option* option : verb.get_options()) {
        if (option == verb.get_help_ptr()) continue;
        text += ".RS\n.TP\n" + names_of(*option) + "\n" + roff(option->get_description());
        if (!option->get_default_str().empty()) text += " Default: " + roff(option->get_default_str()) + ".";
        text += "\n.RE\n";
    }
    return text;
}

constexpr std::string_view exit_status = R"(.SH EXIT STATUS
0: fine. 1: something is wrong, standard error or the findings say what. 2: unusable arguments.
)";

std::string chapter(std::string_view title, std::span<const Told> all) {
    std::string text = ".SH " + std::string(title) + "\n";
    for (const auto& [name, what] : all) text += ".TP\n" + bold(name) + "\n" + roff(what) + "\n";
    return text;
}

}  // namespace

int run_command_line(std::span<const std::string_view> arguments, Streams streams) {
    return CommandLine().run({arguments.begin(), arguments.end()}, streams);
}

std::string man_page() {
    const CommandLine line;
    std::string text = ".TH CTICONNECTORD 8\n.SH NAME\ncticonnectord \\- " + roff(summary) +
                       "\n.SH SYNOPSIS\n" + bold(program) + " " + italic("VERB") + " [" + italic("options") +
                       "]\n.SH VERBS\n";
    for (const CLI::App* verb :
         line.described().get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
        text += entry(*verb);
    return text + std::string(exit_status) + chapter("SIGNALS", signals) + chapter("FILES", files);
}

}  // namespace cticonnector::app
