// The log read again: its lines, and those that are wanted of it.
#include "tell/tell.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/temporary_directory.hpp"
#include "cticonnector/app/log.hpp"
#include "other_zone.hpp"
#include "tell/growing_file.hpp"
#include "whole_lines.hpp"

namespace cticonnector::app::tell {
namespace {

using app::testing::TemporaryDirectory;
using cticonnector::testing::OtherZone;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What the log writes is what is read, whatever the value.
TEST(LogLineTest, ReadsEachValueAsItWasLogged) {
    for (const std::string value :
         {"plain", "two words", "a=b", "\"quoted\"", "back\\slash", "line\nend\t\r", "\x01\x7f",
          "J\xC3\xB6rg", "\xE2\x80\xAE turned", "\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD", "\xF3\xA0\x81\x81",
          "broken \xFF byte", "\\x41"}) {
        std::string text;
        Log log{Level::info, [&](std::string_view line) { text = line; }};
        log.event("item.ended", {{"item", value}, {"agent", "after"}});
        const auto line = language::read_line(text);
        ASSERT_TRUE(line) << text;
        EXPECT_EQ((*line)["item"], value) << text;
        EXPECT_EQ((*line)["agent"], "after");
        EXPECT_EQ(line->event, "item.ended");
        EXPECT_EQ(line->level, "info");
    }
}

TEST(LogLineTest, LeavesAloneWhatIsNoLineOfTheLog) {
    for (const char* text :
         {"", "\n", "hello", "2026-01-31T12:00:00.123456Z info", "2026-01-31T12:00:00.123456Z info x=1",
          "2026-01-31T12:00:00.123456Z loud event=item.ended",
          "2026-01-31T12:00:00.123456Z info event=item.ended item=\"cut",
          "2026-01-31T12:00:00.123456Z info event=item.ended item=\"\\x4",
          "2026-01-31T12:00:00.123456Z info event=item.ended rest"})
        EXPECT_FALSE(language::read_line(text)) << text;
}

TEST(LogLineTest, PassesOverWhatOthersWriteInFront) {
    const std::string line = "2026-01-31T12:00:00.123456Z info event=item.parked why=\"no event=x\"";
    for (const char* front : {"Jan 31 13:00:00 host cticonnectord[12]: ", "cticonnector-1  | ",
                              "2026-01-31T12:00:00.124Z stdout F ", "\xEF\xBB\xBF ", " "}) {
        const auto read = language::read_line(front + line);
        ASSERT_TRUE(read) << front;
        EXPECT_EQ(read->time, "2026-01-31T12:00:00.123456Z");
        EXPECT_EQ((*read)["why"], "no event=x");
    }
    for (const char* front : {"x", "an event=of another program ", "time="})
        EXPECT_FALSE(language::read_line(front + line)) << front;
    EXPECT_FALSE(
        language::read_line("2026-01-31T12:00:00Z info of 2026-02-30T12:00:00Z info event=item.parked"));
}

const std::string log_text =
    "2026-01-31T11:00:00.000000Z info event=agent.logout agent=1 user=ANN\n"
    "2026-01-31T12:00:00.000000Z info event=item.accepted agent=1 user=ANN item=act-7-1 channel=action "
    "action_item=4711\n"
    "2026-01-31T12:00:01.000000Z info event=item.accepted agent=2 user=BEN item=call-2-99 channel=voice "
    "call=99\n"
    "2026-01-31T12:00:02.000000Z info event=item.parked item=act-7 channel=action action_item=4711 "
    "why=tired\n"
    "not a line\n"
    "2026-01-31T12:00:03.000000Z info event=item.parked item=act-77 channel=action why=tired\n";

struct Said {
    std::string out, err;
};
Said say(const Options& options, const std::string& input = log_text) {
    std::istringstream in(input);
    std::ostringstream out, err;
    tell(options, {in, out, err});
    return {out.str(), err.str()};
}

std::string told_of(const Wanted& wanted) {
    const Said said = say({.wanted = wanted, .times = false, .files = {"-"}});
    EXPECT_EQ(said.err, "");
    return said.out;
}

TEST(TellTest, ChoosesByAgentItemCallAndTime) {
    EXPECT_EQ(told_of({.agent = "ANN"}), told_of({.agent = "1"}));
    EXPECT_EQ(told_of({.agent = "1"}), "ANN (1) is logged off\naction item act-7-1 is accepted by ANN (1)\n");
    EXPECT_EQ(told_of({.item = "act-7"}), told_of({.item = "4711"}));
    EXPECT_EQ(told_of({.item = "act-7"}),
              "action item act-7-1 is accepted by ANN (1)\naction item act-7 is parked: tired\n");
    EXPECT_EQ(told_of({.item = "act-7-1"}), "action item act-7-1 is accepted by ANN (1)\n");
    for (const char* no_item : {"act", "act-7-", "call", "call-2"})
        EXPECT_EQ(say({.wanted = {.item = no_item}, .files = {"-"}}).out, "") << no_item;
    EXPECT_EQ(told_of({.item = "call-2-99"}), told_of({.call = "99"}));
    EXPECT_EQ(told_of({.call = "99"}), "call call-2-99 is accepted by BEN (2)\n");
    EXPECT_EQ(told_of({.agent = "ann"}), told_of({.agent = "1"})) << "SAP knows no case of users";
    EXPECT_EQ(told_of({.agent = "1", .since = "2026-01-31T12:00Z"}),
              "action item act-7-1 is accepted by ANN (1)\n");
    EXPECT_EQ(told_of({.since = "2026-01-31T12:00:03Z"}), "action item act-77 is parked: tired\n");
}

TEST(TellTest, TakesATimeAgo) {
    using namespace std::chrono;
    const auto noon = sys_days{2026y / 1 / 31} + 12h;
    const auto line = language::read_line("2026-01-31T11:50:00.000000Z info event=item.parked").value();
    for (const char* ago : {"10m", "600s", "1h", "1d"})
        EXPECT_TRUE(Filter({.since = ago}, noon).passes(line)) << ago;
    for (const char* ago : {"9m", "599s", "0d"})
        EXPECT_FALSE(Filter({.since = ago}, noon).passes(line)) << ago;
    EXPECT_TRUE(Filter({.since = "20000d"}, noon).passes(line));
}

TEST(TellTest, TakesATimeOfHereAndOneOfTheLog) {
    using namespace std::chrono;
    const OtherZone here;
    const auto noon = sys_days{2026y / 1 / 31} + 12h;
    const auto line = language::read_line("2026-01-31T11:50:00.123456Z info event=item.parked").value();
    for (const char* since : {"13:50", "13:50:00", "2026-01-31 13:50:00", "2026-01-31 13:50:00.123",
                              "2026-01-31T11:50:00Z", "2026-01-31T11:50:00.123456Z"})
        EXPECT_TRUE(Filter({.since = since}, noon).passes(line)) << since;
    for (const char* since : {"13:51", "13:50:01", "2026-01-31 13:50:01", "2026-01-31 13:50:00.124",
                              "2026-01-31T11:50:01Z", "2026-01-31T11:50:00.123457Z"})
        EXPECT_FALSE(Filter({.since = since}, noon).passes(line)) << since;
}

TEST(TellTest, RefusesWhatIsNoTimeAndNamesTheForms) {
    using namespace std::chrono;
    const auto noon = sys_days{2026y / 1 / 31} + 12h;
    for (const char* text : {"m", "10", "-1m", "10 m", "1w", "yesterday", "200000d", "99999999999s",
                             "2026-01-31", "2026-01-31x", "2026-01-31T12:00:00", "2026-02-30 12:00"}) {
        try {
            Filter({.since = text}, noon);
            ADD_FAILURE() << text;
        } catch (const std::invalid_argument& error) {
            EXPECT_EQ(error.what(), "--since " + std::string(text) +
                                        ": give 90s, 10m, 2h, 1d, a time of here, 17:25, 17:25:02 or "
                                        "\"2026-01-31 17:25:02\", or one of the log's, 2026-01-31T17:25:02Z");
        }
    }
}

TEST(TellTest, SaysThatNothingWasWanted) {
    const auto said = [](const Wanted& wanted) {
        const Said all = say({.wanted = wanted, .times = false, .files = {"-"}});
        EXPECT_EQ(all.out, "");
        return all.err;
    };
    EXPECT_EQ(said({.agent = "klara"}), "no line is about agent klara\n");
    EXPECT_EQ(said({.item = "act-8", .call = "5", .since = "1m"}),
              "no line is about item act-8 and about call 5 and newer than 1m\n");
}

TEST(TellTest, SaysOnceThatALineIsTooLong) {
    const std::string line = std::string(WholeLines::longest + 1, 'x') + "\n";
    const Options options{.wanted = {.agent = "1"}, .times = false, .files = {"-"}};
    const Said said = say(options, line + line + log_text);
    EXPECT_EQ(said.out, told_of(options.wanted));
    EXPECT_EQ(said.err, "a line of more than 16 MiB is passed over\n");
}

TEST(TellTest, NamesAFileThatCannotBeRead) {
    try {
        say({.files = {"/nowhere/connector.log"}});
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("/nowhere/connector.log: cannot be read"));
    }
}

TEST(TellTest, FindsTheLogInItsDirectory) {
    const TemporaryDirectory directory;
    const std::string path = directory.path().string();
    try {
        say({.files = {path}});
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(error.what(), path + " is a directory without cticonnector.log");
    }
    directory.write("cticonnector.log", log_text);
    EXPECT_EQ(say({.files = {path}}).out, say({.files = {"-"}}).out);
}

std::vector<std::string> lines_of(WholeLines& whole, std::string_view piece) {
    std::vector<std::string> lines;
    whole.add(piece, [&](auto line) { lines.emplace_back(line.value_or("too long")); });
    return lines;
}

TEST(WholeLinesTest, GivesALineWhenItIsWhole) {
    WholeLines whole;
    EXPECT_THAT(lines_of(whole, "one\ntw"), ElementsAre("one"));
    EXPECT_THAT(lines_of(whole, ""), ElementsAre());
    EXPECT_THAT(lines_of(whole, "o"), ElementsAre());
    EXPECT_THAT(lines_of(whole, "\n\nthree\nfour"), ElementsAre("two", "", "three"));
    EXPECT_THAT(lines_of(whole, "\n"), ElementsAre("four"));
}

TEST(WholeLinesTest, PassesOverALineThatIsTooLong) {
    WholeLines whole;
    const std::string longest(WholeLines::longest, 'x');
    EXPECT_THAT(lines_of(whole, longest), ElementsAre());
    EXPECT_THAT(lines_of(whole, "\n"), ElementsAre(longest));
    EXPECT_THAT(lines_of(whole, longest), ElementsAre());
    EXPECT_THAT(lines_of(whole, "x"), ElementsAre("too long")) << "when it is known";
    EXPECT_THAT(lines_of(whole, longest), ElementsAre()) << "and once";
    EXPECT_THAT(lines_of(whole, "x\nnext\n"), ElementsAre("next"));
    EXPECT_THAT(lines_of(whole, longest + "x\nnext\n"), ElementsAre("too long", "next"));
}

TEST(PiecesTest, EndWithTheLineOrWhenTheyAreFull) {
    std::string text = "one\n\n" + std::string(65'535, 'x') + "\n" + std::string(70'000, 'y') + "\nlast";
    std::istringstream in{text};
    Pieces pieces{in};
    EXPECT_EQ(pieces.next(), "one\n");
    std::string all = "one\n";
    for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) all += piece;
    EXPECT_EQ(all, text + "\n");
}

class GrowingFileTest : public ::testing::Test {
  protected:
    void append(const std::string& text) {
        std::ofstream{directory / "x.log", std::ios::binary | std::ios::app} << text;
    }
    void begin(const std::string& text) { directory.write("x.log", text); }
    void rename() { std::filesystem::rename(directory / "x.log", directory / "x.1.log"); }
    std::string name() const { return (directory / "x.log").string(); }

    const TemporaryDirectory directory;
};

TEST_F(GrowingFileTest, ReadsOn) {
    begin("");
    GrowingFile file{name()};
    EXPECT_EQ(file.read(), "");
    append("one\ntw");
    EXPECT_EQ(file.read(), "one\ntw");
    EXPECT_EQ(file.read(), "");
    append("o\n");
    EXPECT_EQ(file.read(), "o\n");
    const std::string large(200'000, 'x');
    append(large);
    std::string all;
    for (std::string piece = file.read(); !piece.empty(); piece = file.read()) all += piece;
    EXPECT_EQ(all, large);
    EXPECT_THROW(GrowingFile{name() + "x"}, std::runtime_error);
}

TEST_F(GrowingFileTest, TurnsToTheFileThatTakesItsName) {
    begin("1 first\n");
    GrowingFile file{name()};
    EXPECT_EQ(file.read(), "1 first\n");
    append("1 last\n");
    rename();
    EXPECT_EQ(file.read(), "1 last\n") << "of the old one";
    EXPECT_EQ(file.read(), "") << "there is none for a moment";
    begin("2 is longer than all that was read of the one before\n");
    EXPECT_EQ(file.read(), "2 is longer than all that was read of the one before\n");
    begin("");
    EXPECT_EQ(file.read(), "");
    append("3\n");
    EXPECT_EQ(file.read(), "3\n") << "made empty, not renamed";
    begin("3\nagain");
    EXPECT_EQ(file.read(), "again") << "what looks like it is it";
    begin("4\n");
    EXPECT_EQ(file.read(), "\n") << "the old one's last line has its end";
    EXPECT_EQ(file.read(), "4\n");
}

// Opening one would wait for whoever writes to it.
TEST_F(GrowingFileTest, StaysWithItsFileWhileSomethingElseHasTheName) {
    begin("1\n");
    GrowingFile file{name()};
    EXPECT_EQ(file.read(), "1\n");
    rename();
    ASSERT_EQ(::mkfifo(name().c_str(), 0600), 0);
    EXPECT_EQ(file.read(), "");
    std::filesystem::remove(name());
    begin("2\n");
    EXPECT_EQ(file.read(), "2\n");
}
TEST_F(GrowingFileTest, TurnsFromAnEmptyFileToo) {
    begin("");
    GrowingFile file{name()};
    EXPECT_EQ(file.read(), "");
    rename();
    begin("1\n");
    EXPECT_EQ(file.read(), "1\n");
}

}  // namespace
}  // namespace cticonnector::app::tell
