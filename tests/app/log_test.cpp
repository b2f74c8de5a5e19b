// observability.md, log: names, levels and the line are an interface.
#include "cticonnector/app/log.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <sstream>

#include "app/config_fixture.hpp"
#include "app/full_disk.hpp"
#include "app/temporary_directory.hpp"
#include "app/until.hpp"

namespace cticonnector::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

std::chrono::system_clock::time_point noon() {
    const std::chrono::sys_time<std::chrono::microseconds> at{
        std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h + 123456us};
    return at;
}

class Collected {
  public:
    explicit Collected(Level level)
        : log(
              level, [this](std::string_view line) { lines.emplace_back(line); }, noon) {}
    std::vector<std::string> lines;
    Log log;
};

TEST(Log, TheLineIsTheDocuments) {
    Collected collected{Level::info};
    const Id<struct TestItemTag, std::string> item{"act-42-1"};
    collected.log.event("item.offered",
                        {{"agent", "12345"}, {"item", item}, {"channel", "action"}, {"part", "regular"}});
    EXPECT_THAT(collected.lines,
                ElementsAre("2026-01-31T12:00:00.123456Z info event=item.offered agent=12345 "
                            "item=act-42-1 channel=action part=regular"));
}

TEST(Log, EachEventHasTheDocumentsLevel) {
    const std::map<Level, std::vector<std::string_view>> document{
        {Level::info, {"service.started", "service.stopping",      "ici.listening", "cti.link_up",
                       "mr.link_up",      "agent.login",           "agent.logout",  "agent.peer_changed",
                       "agent.state",     "crm.delivery_restored", "item.added",    "item.requested",
                       "item.label",      "item.waiting",          "item.offered",  "item.dialled",
                       "item.adopted",    "item.refused",          "item.accepted", "item.rerouted",
                       "item.ended",      "item.invisible",        "operator.act",  "cti.open_refused"}},
        {Level::warning,
         {"cti.link_down", "mr.link_down", "agent.login_refused", "item.parked", "operator.act",
          "config.finding", "crm.delivery_failed", "language.missing", "peer.refused", "ici.unauthorized",
          "cc.request_failed", "cc.unexpected", "item.unknown_reason"}},
        {Level::error, {"config.finding", "invariant.broken", "crm.subscription_lost", "cti.open_refused"}},
        {Level::debug, {"ici.request", "ici.event", "cti.message", "mr.message"}},
        {Level::trace, {"ici.request", "ici.event", "cti.message", "mr.message"}},
    };
    for (const auto& [level, names] : document) {
        std::vector<std::string_view> ours;
        for (const EventName& event : event_names) {
            if (event.level == level || event.also == level) ours.push_back(event.name);
        }
        EXPECT_EQ(ours, names) << word_of(level);
    }
}

TEST(Log, LevelsAreSpelledOut) {
    Collected collected{Level::trace};
    collected.log.event({"cti.message", Level::trace});
    collected.log.event("cti.message");
    collected.log.event("agent.state");
    collected.log.event("cc.unexpected");
    collected.log.event("invariant.broken");
    EXPECT_THAT(collected.lines, ElementsAre(HasSubstr("Z trace event=cti.message"),
                                             HasSubstr("Z debug event="), HasSubstr("Z info event="),
                                             HasSubstr("Z warning event="), HasSubstr("Z error event=")));
}

TEST(Log, ALevelThatIsOffWritesNothing) {
    Collected collected{Level::warning};
    collected.log.event("item.offered", {{"agent", "1"}});
    EXPECT_THAT(collected.lines, IsEmpty());
    EXPECT_FALSE(collected.log.writes(Level::info));
    EXPECT_TRUE(collected.log.writes(Level::warning));
}

struct ValueCase {
    std::string name, value, shown;
};
std::ostream& operator<<(std::ostream& out, const ValueCase& shown) { return out << shown.name; }
class LogValue : public ::testing::TestWithParam<ValueCase> {};

TEST_P(LogValue, IsOneWordOrQuotedAndEscaped) {
    Collected collected{Level::info};
    collected.log.event("agent.state", {{"text", GetParam().value}});
    EXPECT_THAT(collected.lines, ElementsAre(EndsWith("event=agent.state text=" + GetParam().shown)));
}

INSTANTIATE_TEST_SUITE_P(
    All, LogValue,
    ::testing::Values(
        ValueCase{"Word", "abc-1.2:3/4;", "abc-1.2:3/4;"}, ValueCase{"Blank", "a b", R"("a b")"},
        ValueCase{"Quote", R"(a"b)", R"("a\"b")"}, ValueCase{"Equals", "a=b", R"("a=b")"},
        ValueCase{"Backslash", R"(c:\x)", R"(c:\x)"},
        ValueCase{"BackslashInQuotes", R"(c:\x y)", R"("c:\\x y")"},
        ValueCase{"LineBreaks", "a\r\nb", R"("a\r\nb")"}, ValueCase{"Tab", "a\tb", R"("a\tb")"},
        ValueCase{"Control", std::string{"a\0\x1b\x7f", 4}, R"("a\x00\x1b\x7f")"},
        ValueCase{"Utf8", "Müller", "Müller"},
        // what a terminal obeys, and what turns the writing round
        ValueCase{"C1",
                  "a\xC2\x80\xC2\x9B"
                  "31m\xC2\x9F\xC2\xA0",
                  "\"a\\u0080\\u009b31m\\u009f\xC2\xA0\""},
        ValueCase{"Bidi", "x\xE2\x80\xAEy\xE2\x80\xAA\xE2\x81\xA6\xE2\x81\xA9\xE2\x80\x8F\xD8\x9C",
                  R"("x\u202ey\u202a\u2066\u2069\u200f\u061c")"},
        ValueCase{"LineSeparators", "a\xE2\x80\xA8\xE2\x80\xA9", R"("a\u2028\u2029")"},
        ValueCase{"NoWidth", "1\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD\xE2\x81\xA0\xE2\x81\xA4\xE2\x80\x8E",
                  R"("1\u200b\ufeff\u00ad\u2060\u2064\u200e")"},
        ValueCase{"FiveDigits", "a\xF3\xA0\x81\x81", R"("a\xf3\xa0\x81\x81")"},
        ValueCase{"WrongBytes", "a\x9B\xC3", R"("a\x9b\xc3")"},
        ValueCase{"OtherMarks", "\xE2\x82\xAC\xE2\x80\x93\xD7\xA9", "\xE2\x82\xAC\xE2\x80\x93\xD7\xA9"}));

TEST(Log, AnEmptyTextIsNotWritten) {
    Collected collected{Level::info};
    collected.log.event("agent.state", {{"agent", ""}, {"reason", 0}});
    EXPECT_THAT(collected.lines, ElementsAre(EndsWith("event=agent.state reason=0")));
}

TEST(Log, NumbersAndTruthValuesAreNumbers) {
    Collected collected{Level::info};
    collected.log.event("agent.state",
                        {{"a", -3}, {"b", std::uint64_t{18'446'744'073'709'551'615U}}, {"c", true}});
    EXPECT_THAT(collected.lines, ElementsAre(EndsWith(" a=-3 b=18446744073709551615 c=1")));
}

// R-LOGIN-12
TEST(Log, ASecretIsNeverShown) {
    Collected collected{Level::trace};
    collected.log.event("agent.login", {{"password", Secret{"geheim"}}, {"empty", Secret{}}});
    EXPECT_THAT(collected.lines, ElementsAre(EndsWith(" password=*** empty=***")));
}

// R-ALLOC-3
TEST(Log, FindingsCarryThePublishedSentenceUnchanged_R_ALLOC_3) {
    Collected collected{Level::info};
    log_findings(collected.log, load("[CONFIG]\nAppItemMaxSession=2\n").findings);
    EXPECT_THAT(
        collected.lines,
        ElementsAre(
            AllOf(HasSubstr(" error event=config.finding file=etc/cticonnector.ini line=2 section=CONFIG "
                            "key=AppItemMaxSession value=2 text=\"Used default session values are "
                            "greater than AppItemMaxSession = 2 -> set AppPhoneDefaultSession=1, "
                            "AppActionRoutingDefaultSession=1, AppChatDefaultSession=1\""),
                  HasSubstr(" rule=R-ALLOC-3 nearest=5")),
            HasSubstr(" warning event=config.finding ")));
}

TEST(Log, AFindingWithoutALineShowsNone) {
    Collected collected{Level::info};
    log_findings(collected.log, load("[CONFIG]\nAppChatMaxSession=2\n").findings);
    EXPECT_THAT(
        collected.lines,
        ElementsAre(HasSubstr(" file=etc/cticonnector.ini section=CONFIG key=CtiCheckMediaByDirectCall")));
}

TEST(Log, AFullQueueDropsTheOldestAndCounts) {
    std::mutex mutex;
    std::condition_variable changed;
    bool writing = false;
    bool released = false;
    std::vector<std::string> lines;
    const auto slow = [&](std::string_view line) {
        std::unique_lock lock{mutex};
        writing = true;
        changed.notify_all();
        changed.wait(lock, [&] { return released; });
        lines.emplace_back(line);
    };
    {
        Log log{Level::info, slow, 4};
        log.event("agent.state", {{"n", 0}});
        {
            std::unique_lock lock{mutex};
            changed.wait(lock, [&] { return writing; });
        }
        for (int n = 1; n <= 10; ++n) log.event("agent.state", {{"n", n}});
        EXPECT_EQ(log.dropped(), 6u);
        const std::lock_guard lock{mutex};
        released = true;
        changed.notify_all();
    }
    EXPECT_THAT(lines, ElementsAre(EndsWith("n=0"), EndsWith("n=7"), EndsWith("n=8"), EndsWith("n=9"),
                                   EndsWith("n=10")));
}

TEST(Log, FilesRotateAtTheirSizeAndOldOnesGo) {
    const TemporaryDirectory directory;
    constexpr int events = 300;
    {
        Log log{LogSettings{directory / "logs" / "daemon.log", 2048, 2, Level::info}};
        for (int n = 0; n < events; ++n) log.event("agent.state", {{"n", n}});
        EXPECT_EQ(log.dropped(), 0u);
    }
    std::vector<std::string> all;
    for (const auto* file : {"daemon.2.log", "daemon.1.log", "daemon.log"}) {
        const std::string text = directory.read(std::filesystem::path{"logs"} / file);
        EXPECT_LE(text.size(), 2048u);
        std::istringstream in{text};
        for (std::string line; std::getline(in, line);) all.push_back(line);
    }
    EXPECT_FALSE(std::filesystem::exists(directory / "logs" / "daemon.3.log"));
    ASSERT_THAT(all, Not(IsEmpty()));
    EXPECT_LT(all.size(), static_cast<std::size_t>(events));
    for (std::size_t at = 0; at < all.size(); ++at) {
        const auto n = static_cast<std::size_t>(events) - all.size() + at;
        EXPECT_THAT(all[at], MatchesRegex("....-..-..T..:..:..\\.......Z info event=agent\\.state n=" +
                                          std::to_string(n)));
    }
}

TEST(Log, ADirectoryAsPathGetsAFile) {
    const TemporaryDirectory directory;
    Log{LogSettings{directory.path(), 2048, 1, Level::info}}.event("service.started");
    EXPECT_THAT(directory.names(), ElementsAre("cticonnector.log"));
    EXPECT_THAT(directory.read("cticonnector.log"), EndsWith("Z info event=service.started\n"));
}

TEST(Log, ALineOfAnyLevelIsInItsFileWithinASecond_R_DEC_75) {
    const TemporaryDirectory directory;
    Log log{LogSettings{directory / "x.log", 1 << 20, 1, Level::trace}};
    for (const LogEvent event : {LogEvent{"cti.message", Level::trace}, LogEvent{"cti.message"},
                                 LogEvent{"agent.state"}, LogEvent{"cc.unexpected"}}) {
        log.event(event);
        const std::string end =
            " " + std::string{word_of(event.level())} + " event=" + std::string{event.name()} + "\n";
        EXPECT_TRUE(until(
            directory.path(), [&] { return directory.read("x.log").ends_with(end); }, 1s))
            << end;
    }
}

TEST(Log, WhatAFullDiskDoesNotTakeIsCounted_R_DEC_75) {
    const TemporaryDirectory directory;
    const FullDisk disk{10};
    Log log{LogSettings{directory / "x.log", 1 << 20, 1, Level::info}};
    for (int n = 1; n <= 40; ++n) log.event("agent.state", {{"n", n}});
    EXPECT_TRUE(log.finish(20s));
    EXPECT_EQ(log.dropped(), 40u);
}

// R-DEC-73
TEST(Log, AFileThatWasMovedAwayIsWrittenAnewOnceAsked_R_DEC_73) {
    const TemporaryDirectory directory;
    {
        Log log{LogSettings{directory / "x.log", 1 << 20, 1, Level::info}};
        log.event("agent.state", {{"n", 1}});
        ASSERT_TRUE(until(directory.path(), [&] { return directory.read("x.log").ends_with("n=1\n"); }));
        std::filesystem::rename(directory / "x.log", directory / "old");
        log.event("agent.state", {{"n", 2}});
        ASSERT_TRUE(until(directory.path(), [&] { return directory.read("old").ends_with("n=2\n"); }));
        log.reopen();
        EXPECT_TRUE(until(directory.path(), [&] { return std::filesystem::exists(directory / "x.log"); }))
            << "without a further line";
        log.event("agent.state", {{"n", 3}});
    }
    EXPECT_THAT(directory.read("old"), AllOf(HasSubstr("n=1\n"), EndsWith("n=2\n")));
    EXPECT_THAT(directory.read("x.log"), MatchesRegex("[^\n]* n=3\n"));
}

TEST(Log, AFileThatCannotBeOpenedAgainIsSaidAndTheOldOneUsedOn_R_DEC_73) {
    const TemporaryDirectory directory;
    Log log{LogSettings{directory / "logs" / "x.log", 1 << 20, 1, Level::info}};
    std::filesystem::rename(directory / "logs", directory / "moved");
    directory.write("logs", "in the way");
    log.reopen();
    EXPECT_TRUE(until(directory / "moved", [&] {
        return directory.read("moved/x.log")
                   .find(
                       " error event=config.finding section=LOGGER key=Path text=\"the "
                       "log file " +
                       (directory / "logs" / "x.log").string() + " cannot be opened: ") != std::string::npos;
    })) << directory.read("moved/x.log");
    EXPECT_EQ(log.dropped(), 0u);
}

/// More lines than go into x.log, whose oldest backup cannot be written: none is missing from the others.
void grows_on(std::size_t backups, std::initializer_list<const char*> others) {
    const TemporaryDirectory directory;
    std::filesystem::create_directories(directory / ("x." + std::to_string(backups) + ".log") / "in the way");
    constexpr int events = 300;
    {
        Log log{LogSettings{directory / "x.log", 2048, backups, Level::info}};
        for (int n = 0; n < events; ++n) log.event("agent.state", {{"n", n}});
        EXPECT_EQ(log.dropped(), 0u);
    }
    std::string text;
    for (const char* file : others) text += directory.read(file);
    const auto has = [&](const std::string& part) { return text.find(part) != std::string::npos; };
    EXPECT_TRUE(has("cannot be renamed, it grows on"));
    for (int n = 0; n < events; ++n) EXPECT_TRUE(has(" n=" + std::to_string(n) + "\n")) << n;
}

TEST(Log, AFileThatCannotBeRenamedGrowsOn) { grows_on(1, {"x.log"}); }

TEST(Log, AnOldFileThatCannotBeRenamedIsNotWrittenOver) { grows_on(2, {"x.1.log", "x.log"}); }

TEST(Log, AFileThatCannotBeOpenedIsSaidAtOnce) {
    const TemporaryDirectory directory;
    const auto file = directory.write("file", "");
    EXPECT_THROW((Log{LogSettings{file / "below.log", 2048, 1, Level::info}}), std::runtime_error);
}

/// While it lives, this process is nobody in particular: root may write everywhere.
class Nobody {
  public:
    Nobody() { is_ = geteuid() != 0 || seteuid(65'534) == 0; }
    ~Nobody() { restored_ = seteuid(getuid()) == 0; }
    Nobody(const Nobody&) = delete;
    Nobody& operator=(const Nobody&) = delete;
    bool is() const { return is_; }

  private:
    bool is_ = false;
    bool restored_ = false;
};

TEST(Log, WhyAFileCannotBeOpenedIsTheTrueReason) {
    const TemporaryDirectory directory;
    std::filesystem::permissions(directory.path(), std::filesystem::perms{0555});
    const auto why = [&](const std::filesystem::path& file) {
        const Nobody nobody;
        if (!nobody.is()) return std::string{"not known"};
        try {
            const Log log{LogSettings{file, 2048, 1, Level::info}};
        } catch (const std::runtime_error& error) {
            return std::string{error.what()};
        }
        return std::string{"opened"};
    };
    for (const auto* file : {"x.log", "logs/x.log"})
        EXPECT_EQ(why(directory / file),
                  "the log file " + (directory / file).string() + " cannot be opened: Permission denied");
    std::filesystem::permissions(directory.path(), std::filesystem::perms{0755});
}

TEST(Log, WithoutAPathItIsStandardError) {
    ::testing::internal::CaptureStderr();
    Log{LogSettings{}}.event("service.started");
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), EndsWith("Z info event=service.started\n"));
}

}  // namespace
}  // namespace cticonnector::app::testing
