// Arguments, verbs and exit codes without a process.
#include "command_line.hpp"

#include <gmock/gmock.h>

#include <array>
#include <sstream>

#include "app/temporary_directory.hpp"
#include "cticonnector/app/config.hpp"
#include "verbs.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr std::array options{Option{"--config", true}, Option{"--strict"}};

TEST(CommandLine, OptionsAndOperandsAreTold) {
    const std::array<std::string_view, 4> given{"--strict", "one", "--config", "a.ini"};
    const auto parsed = parse_arguments(given, options, 1);
    EXPECT_THAT(parsed.options, ElementsAre(Pair("--config", "a.ini"), Pair("--strict", "")));
    EXPECT_THAT(parsed.operands, ElementsAre("one"));
    const std::array<std::string_view, 1> joined{"--config=a=b.ini"};
    EXPECT_THAT(parse_arguments(joined, options).options, ElementsAre(Pair("--config", "a=b.ini")));
}

TEST(CommandLine, UnusableArgumentsAreRefusedByName) {
    const auto refusal = [](std::vector<std::string_view> given) -> std::string {
        try {
            parse_arguments(given, options, 1);
        } catch (const UsageError& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(refusal({"--confg", "x"}), "unknown option '--confg'");
    EXPECT_EQ(refusal({"--config"}), "option '--config' needs a value");
    EXPECT_EQ(refusal({"--config="}), "option '--config' needs a value");
    EXPECT_EQ(refusal({"--strict=1"}), "option '--strict' takes no value");
    EXPECT_EQ(refusal({"--strict", "--strict"}), "option '--strict' given twice");
    EXPECT_EQ(refusal({"one", "two"}), "unexpected argument 'two'");
}

struct Result {
    int code;
    std::string out, err;
};

constexpr std::array verbs{
    Verb{"check-config", "[--config FILE] [--strict]", "help of check-config", check_config},
    Verb{"default-config", "", "help", default_config},
    Verb{"decode", "[FILE]", "help", decode},
    Verb{"version", "", "help", version},
    Verb{"break", "", "help", [](Arguments, Streams) -> int { throw std::runtime_error("broken"); }},
};

Result run(std::vector<std::string> arguments, const std::string& input = {}) {
    const std::vector<std::string_view> views(arguments.begin(), arguments.end());
    std::istringstream in{input};
    std::ostringstream out, err;
    const int code = dispatch(verbs, views, {in, out, err});
    return {code, out.str(), err.str()};
}

TEST(Dispatch, WithoutAKnownVerbItExplainsAndFails) {
    const auto none = run({});
    EXPECT_EQ(none.code, exit_usage);
    EXPECT_THAT(none.err,
                AllOf(HasSubstr("no verb given"), HasSubstr("check-config [--config FILE] [--strict]")));
    EXPECT_THAT(none.out, IsEmpty());
    const auto unknown = run({"chekc"});
    EXPECT_EQ(unknown.code, exit_usage);
    EXPECT_THAT(unknown.err, HasSubstr("unknown verb 'chekc'"));
}

TEST(Dispatch, HelpGoesToStandardOutput) {
    EXPECT_EQ(run({"--help"}).code, exit_fine);
    EXPECT_THAT(run({"--help"}).out, HasSubstr("help of check-config"));
    EXPECT_EQ(run({"check-config", "-h"}).code, exit_fine);
    EXPECT_THAT(run({"check-config", "--help"}).out,
                StartsWith("usage: cticonnectord check-config [--config FILE]"));
}

TEST(Dispatch, AnExceptionIsOneLineAndExitCodeOne) {
    const auto broken = run({"break"});
    EXPECT_EQ(broken.code, exit_wrong);
    EXPECT_EQ(broken.err, "cticonnectord: broken\n");
}

TEST(Dispatch, UnusableArgumentsOfAVerbAreExitCodeTwo) {
    const auto refused = run({"check-config", "--nope"});
    EXPECT_EQ(refused.code, exit_usage);
    EXPECT_THAT(refused.err,
                AllOf(HasSubstr("unknown option '--nope'"), HasSubstr("usage: cticonnectord check-config")));
}

TEST(CheckConfig, FindingsOfTheLanguageFilesAreTold_R_STATE_4) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.ini", "").string();
    std::filesystem::create_directory(directory / "languages");
    directory.write("languages/DE.lfg", "[workModeSupplementary]\n12=x\n");
    const auto checked = run({"check-config", "--config", file});
    EXPECT_EQ(checked.code, exit_fine);
    EXPECT_THAT(checked.out,
                HasSubstr("DE.lfg:2: warning: [workModeSupplementary] 12: a customer's work mode is above"));
    EXPECT_EQ(run({"check-config", "--config", file, "--strict"}).code, exit_wrong);
}

TEST(DefaultConfig, PrintsTheSample) { EXPECT_EQ(run({"default-config"}).out, sample_config()); }

TEST(Version, PrintsNameAndNumber) { EXPECT_THAT(run({"version"}).out, StartsWith("cticonnectord 0.")); }

TEST(Decode, ExplainsHexadecimalTextAndRawBytes) {
    const auto text = run({"decode"}, "00 00 00 04  00 00 00 05  00 00 00 2a\n");
    EXPECT_EQ(text.code, exit_fine);
    EXPECT_THAT(text.out, AllOf(HasSubstr("HEARTBEAT_REQ"), HasSubstr("InvokeID"), HasSubstr("42")));

    const TemporaryDirectory directory;
    const auto file = directory.write("capture", std::string{"\0\0\0\4\0\0\0\5\0\0\0\x2a", 12}).string();
    EXPECT_EQ(run({"decode", file}).out, text.out);
    EXPECT_EQ(run({"decode", "--version", "14", file}).code, exit_fine);
}

TEST(Decode, WhatCannotBeExplainedIsExitCodeOne) {
    const auto cut = run({"decode", "-"}, "00 00 00 04  00 00 00 05  00 00\n");
    EXPECT_EQ(cut.code, exit_wrong);
    EXPECT_THAT(cut.out, HasSubstr("!"));
    EXPECT_EQ(run({"decode", "no/such/file"}).code, exit_wrong);
    EXPECT_EQ(run({"decode", "--version", "13"}).code, exit_usage);
    EXPECT_EQ(run({"decode", "--version", "x"}).code, exit_usage);
}

}  // namespace
}  // namespace cticonnector::app::testing
