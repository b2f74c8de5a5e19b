// The log read again and told in sentences.
#include "tell/tell.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/temporary_directory.hpp"
#include "cticonnector/app/log.hpp"
#include "tell/growing_file.hpp"
#include "tell/sentences.hpp"
#include "wall_time.hpp"
#include "whole_lines.hpp"

namespace cticonnector::app::tell {
namespace {

using app::testing::TemporaryDirectory;
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
        const auto line = read_line(text);
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
        EXPECT_FALSE(read_line(text)) << text;
}

TEST(LogLineTest, PassesOverWhatOthersWriteInFront) {
    const std::string line = "2026-01-31T12:00:00.123456Z info event=item.parked why=\"no event=x\"";
    for (const char* front : {"Jan 31 13:00:00 host cticonnectord[12]: ", "cticonnector-1  | ",
                              "2026-01-31T12:00:00.124Z stdout F ", "\xEF\xBB\xBF ", " "}) {
        const auto read = read_line(front + line);
        ASSERT_TRUE(read) << front;
        EXPECT_EQ(read->time, "2026-01-31T12:00:00.123456Z");
        EXPECT_EQ((*read)["why"], "no event=x");
    }
    for (const char* front : {"x", "an event=of another program ", "time="})
        EXPECT_FALSE(read_line(front + line)) << front;
    EXPECT_FALSE(read_line("2026-01-31T12:00:00Z info of 2026-02-30T12:00:00Z info event=item.parked"));
}

std::string told(const std::string& rest, const std::string& level = "info", Zone zone = Zone::utc) {
    const auto line = read_line("2026-01-31T12:00:00.123456Z " + level + " event=" + rest);
    return line ? sentence(*line, zone).value_or("") : "no line";
}

/// Two hours ahead of UTC; no place calls it so.
class OtherZone {
  public:
    OtherZone() { use("TEST-2"); }
    ~OtherZone() { use(nullptr); }
    OtherZone(const OtherZone&) = delete;
    OtherZone& operator=(const OtherZone&) = delete;

  private:
    static void use(const char* zone) {
        zone ? setenv("TZ", zone, 1) : unsetenv("TZ");
        tzset();
    }
};

TEST(SentenceTest, SaysWhoMadeAnAgentNotReadyAndWhy_R_DEC_82) {
    const std::string who = "agent.state agent=12347 user=MIRA state=not_ready workmode=3 ";
    EXPECT_EQ(told(who + "why=A1 origin=crm item=act-7-1"),
              "MIRA (12347) is not ready, after an A1: all agent sessions are taken (act-7-1)");
    EXPECT_EQ(told(who + "reason=7 why=supervisor origin=cc"),
              "MIRA (12347) is not ready, set in the contact center, reason 7");
    EXPECT_EQ(told(who + "why=link_lost origin=connector"),
              "MIRA (12347) is not ready, the CTI link is lost");
}

// The phone is not ready; other media may go on.
TEST(SentenceTest, SaysOfAnAgentAtWorkWhetherHeIsNotReadyBesides_R_DEC_82) {
    const std::string who = "agent.state agent=1 user=M ";
    EXPECT_EQ(told(who + "state=busy workmode=1005 why=asked origin=crm reason=5"),
              "M (1) is busy, and Not Ready, asked by the agent, reason 5");
    EXPECT_EQ(told(who + "state=reserved workmode=3 why=RONA origin=cc item=act-7-1"),
              "M (1) is reserved, and Not Ready, an item was not accepted in time (act-7-1)");
    EXPECT_EQ(told(who + "state=busy workmode=2 why=asked origin=crm"), "M (1) is busy");
}

TEST(SentenceTest, SaysWhyAnAgentIsReadyAgain_R_DEC_82) {
    const std::string who = "agent.state agent=1 user=M state=ready workmode=2 ";
    EXPECT_EQ(told(who + "why=asked origin=crm"), "M (1) is ready") << "after each call, and nobody asked";
    EXPECT_EQ(told(who + "why=A1 origin=connector item=act-7-1"),
              "M (1) is ready, a session is free again (act-7-1)");
    EXPECT_EQ(told(who + "why=A0 origin=connector"), "M (1) is ready, a session is free again");
    for (const char* why : {"A0", "A1", "no_reason", "asked"})
        EXPECT_EQ(told(who + "why=" + why + " origin=cc"),
                  "M (1) is ready, the contact center refused the Not Ready");
    EXPECT_EQ(told(who + "why=supervisor origin=cc"), "M (1) is ready, set in the contact center");
    EXPECT_EQ(told(who + "why=crm_back origin=connector"),
              "M (1) is ready, SAP takes the agent's events again");
}

TEST(SentenceTest, TellsTheWayOfAnItem_R_DEC_83) {
    const std::string item = " channel=action action_item=4711";
    EXPECT_EQ(told("item.added item=act-7" + item + " scenario=MAIL"),
              "action item act-7 comes from SAP (4711), scenario MAIL");
    EXPECT_EQ(told("item.requested item=act-7" + item + " scenario=MAIL try=2 reason=RONA"),
              "action item act-7 is requested from the router, scenario MAIL, try 2, after RONA (not "
              "accepted in time)");
    EXPECT_EQ(told("item.offered agent=1 user=M item=act-7-1" + item +
                   " part=regular explain=\"logged_in ok 1 against 1 (default); channel_limit ok 0 against 2 "
                   "(login); "
                   "item_maximum ok 3 against 6 (ini)\""),
              "action item act-7-1 is offered to M (1), regular part: 0 of 2 sessions of this channel in use "
              "(login), "
              "3 of 6 in all (ini)");
    EXPECT_EQ(
        told("item.refused agent=1 user=M item=act-7-1" + item +
             " reason=A1 explain=\"channel_limit failed 2 against 2 (login)\""),
        "action item act-7-1 is NOT offered to M (1), A1 (all agent sessions are taken): check channel_limit "
        "failed, 2 against 2 (login)");
    EXPECT_EQ(told("item.rerouted agent=1 user=M item=act-7-1" + item +
                   " reason=A1 origin=crm sessions=2 hidden=4"),
              "action item act-7-1 comes back from M (1), A1 (all agent sessions are taken); 2 other "
              "sessions were known, so 4 are taken to be open by hand");
    EXPECT_EQ(told("item.rerouted agent=1 user=M item=act-7-1" + item + " reason=M0 origin=crm sessions=2"),
              "action item act-7-1 comes back from M (1), M0 (the agent refused by hand)");
    EXPECT_EQ(
        told("item.rerouted agent=1 user=M item=call-1-9 channel=voice reason=M0 origin=crm"),
        "call call-1-9 comes back from M (1), M0 (the agent refused by hand); it rings on at the phone");
    EXPECT_EQ(told("item.parked item=act-7" + item + " why=\"Route Try Overflow\""),
              "action item act-7 is parked: Route Try Overflow");
}

TEST(SentenceTest, SaysHowAnItemEnds) {
    const std::string of_agent = "item.ended agent=1 user=M item=act-7-1 channel=action reason=";
    EXPECT_EQ(told(of_agent + "ended"), "action item act-7-1 of M (1) has ended");
    EXPECT_EQ(told(of_agent + "transferred"), "action item act-7-1 of M (1) is transferred");
    EXPECT_EQ(told(of_agent + "agent_logged_out"), "action item act-7-1 leaves M (1), who has logged out");
    EXPECT_EQ(told(of_agent + "RONA"), "action item act-7-1 of M (1) has ended, RONA (not accepted in time)");
    EXPECT_EQ(told("item.ended item=act-7 channel=action reason=deleted"),
              "action item act-7 is deleted by SAP");
    const std::string call = " agent=1 user=M item=call-1-9 channel=voice ";
    EXPECT_EQ(told("item.dialled" + call + "origin=crm"), "M (1) dials: call call-1-9");
    EXPECT_EQ(told("item.dialled" + call + "origin=cc"), "M (1) dials at the phone: call call-1-9");
    EXPECT_EQ(told("item.ended" + call + "reason=not_answered"), "call call-1-9 of M (1) was not answered");
    EXPECT_EQ(told("item.ended" + call + "reason=failed"),
              "call call-1-9 of M (1) has ended, the number is busy or cannot be reached");
    EXPECT_EQ(told("item.ended item=chat-7 channel=chat reason=customer_left"),
              "chat chat-7 has ended, the customer has left");
}

TEST(SentenceTest, SaysWhatAnItemWaitsFor) {
    const std::string item = "item.waiting item=act-7 channel=action ";
    const std::string next = " next=2026-01-31T12:00:05.000Z";
    EXPECT_EQ(told(item + "reason=REJECT why=delayed" + next),
              "action item act-7 waits after a REJECT, to be routed again at 12:00:05");
    EXPECT_EQ(told(item + "reason=RONA why=due next=soon"),
              "action item act-7 waits after a RONA (not accepted in time), to be routed again")
        << "a line that somebody has edited";
    EXPECT_EQ(told(item + "why=retry"),
              "action item act-7 waits, to be routed again: an operator has asked for another try");
    EXPECT_EQ(told(item + "why=mr_up reason=RESTART" + next),
              "action item act-7 waits after a RESTART, to be routed again at 12:00:05: media routing is "
              "connected again");
    EXPECT_EQ(told(item + "why=mr_down" + next), "action item act-7 waits, until media routing is connected");
    EXPECT_EQ(told(item + "why=closing_session agent=1 user=M" + next),
              "action item act-7 waits, until SAP has closed a session of M (1), at the latest at 12:00:05");
    EXPECT_EQ(told(item + "why=else"), "action item act-7 waits, to be routed again: else");
    const OtherZone here;
    EXPECT_EQ(told(item + "why=due" + next, "info", Zone::local),
              "action item act-7 waits, to be routed again at 14:00:05");
}

TEST(SentenceTest, SaysFromWhereAnAgentLogsOn) {
    EXPECT_EQ(told("agent.login agent=1 user=M device=52 peer=10.0.0.1 voice=1 action=2 chat=0"),
              "M (1) logs on at device 52 from 10.0.0.1: voice 1, action 2, chat 0");
    EXPECT_EQ(told("agent.login_refused user=M peer=10.0.0.1 reason=LOGON_FAILED text=\"wrong password\""),
              "log-on of M from 10.0.0.1 refused, LOGON_FAILED: wrong password");
    EXPECT_EQ(told("agent.peer_changed agent=1 user=M peer=10.0.0.2"),
              "requests of M (1) come from 10.0.0.2 too");
}

TEST(SentenceTest, SaysWhyAnAgentIsLoggedOff) {
    EXPECT_EQ(told("agent.logout agent=1 user=ANN origin=crm why=asked"),
              "ANN (1) is logged off, asked by the agent");
    EXPECT_EQ(told("agent.logout agent=1 user=ANN reason=3 origin=cc why=logged_off_in_contact_center"),
              "ANN (1) is logged off, in the contact center");
    EXPECT_EQ(told("agent.logout agent=1 user=ANN channel=chat origin=connector text=\"taken back\""),
              "ANN (1), chat: taken back");
}

TEST(SentenceTest, TellsWhatAnOperatorDid_R_OPS_7) {
    const std::string act = "operator.act act=item.resend target=act-7 peer=127.0.0.1 ";
    EXPECT_EQ(told(act + "result=done"), "an operator at 127.0.0.1: item.resend act-7, done");
    EXPECT_EQ(told(act + "result=refused text=\"there is no item act-7\""),
              "an operator at 127.0.0.1: item.resend act-7, refused: there is no item act-7");
}

TEST(SentenceTest, TellsWhoWasNotLetIn) {
    EXPECT_EQ(told("peer.refused listener=ici peer=10.0.0.9 text=\"not in [ICI] AllowedPeers\"", "warning"),
              "a connection from 10.0.0.9 to ici is refused: not in [ICI] AllowedPeers");
    EXPECT_EQ(told("ici.unauthorized peer=10.0.0.9 why=missing text=\"requests need them\"", "warning"),
              "a request from 10.0.0.9 is refused, user and password are missing: requests need them");
}

TEST(SentenceTest, TellsWhatTheCtiServersRefuse) {
    EXPECT_EQ(
        told("cti.open_refused side=A host=cti-a port=42027 why=\"status 4\" look_at=\"[CTI] ClientId\"",
             "error"),
        "the CTI server, side A at cti-a:42027, refuses the connector: status 4; look at [CTI] ClientId");
    EXPECT_EQ(told("cti.open_refused side=B host=cti-b port=43027 why=standby"),
              "side B at cti-b:43027 is the standby, it waits for the other");
    EXPECT_EQ(told("cc.request_failed agent=1 user=M item=act-7-1 channel=action request=SET_AGENT_STATE_REQ "
                   "reason=unsent text=\"it is too long\"",
                   "warning"),
              "SET_AGENT_STATE_REQ for M (1) (act-7-1) has failed, unsent: it is too long");
    EXPECT_EQ(told("cc.request_failed call=99 request=ANSWER_CALL_REQ text=\"failure code 13\"", "warning"),
              "ANSWER_CALL_REQ (99) has failed: failure code 13");
    EXPECT_EQ(told("cc.request_failed agent=1 reason=other text=\"no answer in time\"", "warning"),
              "a request to the contact center for agent (1) has failed: no answer in time");
}

TEST(SentenceTest, TellsHowSapTakesTheEvents) {
    const std::string failed = "crm.delivery_failed agent=1 user=M item=act-7-1 appid=A kind=changed ";
    EXPECT_EQ(told(failed + "try=1 of=4 next_ms=500 text=\"no connection\"", "warning"),
              "SAP does not take changed (act-7-1) for M (1), try 1 of 4, the next in 500 ms: no connection");
    EXPECT_EQ(told(failed, "warning"), "SAP does not take changed (act-7-1) for M (1)");
    EXPECT_EQ(told("crm.delivery_restored agent=1 user=M appid=A after_s=12"),
              "SAP takes the events of M (1) again, after 12 s");
    EXPECT_EQ(told("crm.subscription_lost agent=1 user=M text=\"no answer\"", "error"),
              "SAP does not take the events of M (1): no answer");
}

TEST(SentenceTest, TellsEachTroubleWithAllItsFieldsAndPassesOverTheRest) {
    EXPECT_EQ(told("language.missing language=FR used=EN text=\"there is no file of it\"", "warning"),
              "language FR is missing, EN is used: there is no file of it");
    EXPECT_EQ(
        told("config.finding file=/etc/a.ini line=3 section=CTI key=PortA value=\"4 2\" text=\"no number\" "
             "nearest=PortB",
             "error"),
        "error: config.finding file=/etc/a.ini line=3 section=CTI key=PortA value=\"4 2\" nearest=PortB: no "
        "number");
    EXPECT_EQ(told("cc.unexpected message=X agent=1 user=M hex=0011 fields=y text=odd", "warning"),
              "warning: cc.unexpected M (1) message=X: odd");
    EXPECT_EQ(told("cc.unexpected user=M", "warning"), "warning: cc.unexpected user=M");
    EXPECT_EQ(told("ici.listening port=8080"), "");
}

// Neither what a terminal obeys nor what makes one name look like another.
TEST(SentenceTest, ShowsWhatIsNotSeen) {
    EXPECT_EQ(told("item.parked item=act-7 channel=action why=\"a\\x1b[2Jb\\nc\\u009bd J\xC3\xB6rg\""),
              "action item act-7 is parked: a\\x1b[2Jb\\nc\\u009bd J\xC3\xB6rg");
    EXPECT_EQ(told("item.accepted item=act-7-1 channel=action agent=1 user=\"A\\u200bNN\\u202e\\xff\""),
              "action item act-7-1 is accepted by A\\u200bNN\\u202e\\xff (1)");
    EXPECT_EQ(told("item.accepted item=act-7-1 channel=action agent=1 user=A\xEF\xBB\xBFNN"),
              "action item act-7-1 is accepted by A\\ufeffNN (1)")
        << "a line that somebody has edited";
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
    const auto line = read_line("2026-01-31T11:50:00.000000Z info event=item.parked").value();
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
    const auto line = read_line("2026-01-31T11:50:00.123456Z info event=item.parked").value();
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

TEST(WallTime, ShowsTheTimeOfHere) {
    const OtherZone here;
    EXPECT_EQ(local_text("2026-01-31T23:30:00.123456Z"), "2026-02-01 01:30:00.123");
    EXPECT_EQ(local_text("2026-01-31T12:00:00Z"), "2026-01-31 14:00:00.000");
    for (const char* text : {"", "soon", "2026-02-30T12:00:00.123456Z"}) EXPECT_EQ(local_text(text), text);
}

TEST(WallTime, ReadsWhatItHasWritten) {
    using namespace std::chrono;
    const OtherZone here;
    const LogTime time = sys_days{2026y / 1 / 31} + 12h + 3s + 123ms;
    EXPECT_EQ(read_utc("2026-01-31T12:00:03.123Z"), time);
    EXPECT_EQ(read_utc("2026-01-31T12:00:03.123456Z"), time + 456us);
    EXPECT_EQ(read_utc("2026-01-31T12:00Z"), floor<minutes>(time));
    EXPECT_EQ(read_local("2026-01-31 14:00:03.123", {}), time);
    EXPECT_EQ(read_local("2026-01-31 14:00:03", {}), floor<seconds>(time));
    EXPECT_EQ(read_local("00:30", time), sys_days{2026y / 1 / 30} + 22h + 30min) << "of the day of here";
    EXPECT_EQ(read_local("00:30:02", time), sys_days{2026y / 1 / 30} + 22h + 30min + 2s);
    EXPECT_TRUE(read_utc("9999-12-31T23:59:59.999999Z"));
}

TEST(WallTime, ReadsNothingElse) {
    for (const char* text :
         {"", "Z", "2026-01-31", "2026-01-31x", "2026-01-31Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00.Z",
          "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00.5Z", "2026-02-30T12:00:00Z",
          "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:60Z",
          "2026-01-31T 2:00:00Z", "2026-01-31T12:00:0xZ", "+026-01-31T12:00:00Z", "2026-01-31T12:00:00Z "})
        EXPECT_FALSE(read_utc(text)) << text;
    for (const char* text : {"", "17", "17:2", "1:25", "17:25:", "24:00", "2026-01-31 ", "2026-01-31 17",
                             "2026-02-30 17:25", "2026-01-31T17:25", "17:25:02Z", "17:25:02,5"})
        EXPECT_FALSE(read_local(text, {})) << text;
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
