// Lines of the log, and how they are told.
#include "cticonnector/language/log_sentences.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "other_zone.hpp"

namespace cticonnector::language {
namespace {

using cticonnector::testing::OtherZone;

/// `line`: from the level on.
std::string told(const std::string& line, Zone zone = Zone::utc) {
    const auto read = read_line("2026-01-31T12:00:00.123456Z " + line);
    return read ? sentence(*read, zone).value_or("") : "no line";
}

struct Case {
    std::string_view rest, sentence;
};
/// Lines that begin alike; what of each sentence stands in front is theirs, too.
void expect(const std::string& front, const std::string& sentence, const std::vector<Case>& cases) {
    for (const Case& c : cases)
        EXPECT_EQ(told(front + std::string(c.rest)), sentence + std::string(c.sentence)) << c.rest;
}

TEST(Sentence, SaysWhoMadeAnAgentNotReadyAndWhy_R_DEC_82) {
    expect("info event=agent.state agent=12347 user=MIRA state=not_ready workmode=3 ",
           "MIRA (12347) is not ready, ",
           {{"why=A1 origin=crm item=act-7-1", "after an A1: all agent sessions are taken (act-7-1)"},
            {"reason=7 why=supervisor origin=cc", "set in the contact center, reason 7"},
            {"why=link_lost origin=connector", "the CTI link is lost"}});
}

// The phone is not ready; other media may go on.
TEST(Sentence, SaysOfAnAgentAtWorkWhetherHeIsNotReadyBesides_R_DEC_82) {
    expect("info event=agent.state agent=1 user=M state=", "M (1) is ",
           {{"busy workmode=1005 why=asked origin=crm reason=5",
             "busy, and Not Ready, asked by the agent, reason 5"},
            {"reserved workmode=3 why=RONA origin=cc item=act-7-1",
             "reserved, and Not Ready, an item was not accepted in time (act-7-1)"},
            {"busy workmode=2 why=asked origin=crm", "busy"}});
}

TEST(Sentence, SaysWhyAnAgentIsReadyAgain_R_DEC_82) {
    constexpr std::string_view refused = ", the contact center refused the Not Ready";
    expect("info event=agent.state agent=1 user=M state=ready workmode=2 why=", "M (1) is ready",
           {{"asked origin=crm", ""},  // after each call, and nobody asked
            {"A1 origin=connector item=act-7-1", ", a session is free again (act-7-1)"},
            {"A0 origin=connector", ", a session is free again"},
            {"A0 origin=cc", refused},
            {"A1 origin=cc", refused},
            {"no_reason origin=cc", refused},
            {"asked origin=cc", refused},
            {"supervisor origin=cc", ", set in the contact center"},
            {"crm_back origin=connector", ", SAP takes the agent's events again"}});
}

TEST(Sentence, TellsTheWayOfAnItem_R_DEC_83) {
    const std::string item = " channel=action action_item=4711 ";
    expect("info event=item.added item=act-7" + item, "action item act-7 comes from SAP (4711), ",
           {{"scenario=MAIL", "scenario MAIL"},
            {"scenario=MAIL why=mr_down", "scenario MAIL; it waits until media routing is connected"}});
    expect("info event=item.requested item=act-7" + item, "action item act-7 is requested from the router, ",
           {{"scenario=MAIL try=1", "scenario MAIL, try 1"},
            {"scenario=MAIL try=2 reason=RONA", "scenario MAIL, try 2, after RONA (not accepted in time)"}});
    expect("info event=item.label item=act-7" + item, "the router answers for action item act-7 with label ",
           {{"label=TIMEOUT", "TIMEOUT"}});
    expect(
        "info event=item.offered agent=1 user=M item=act-7-1" + item,
        "action item act-7-1 is offered to M (1), ",
        {{R"(part=regular explain="logged_in ok 1 against 1 (default); channel_limit ok 0 against 2 (login); )"
          "item_maximum ok 3 against 6 (ini)\"",
          "regular part: 0 of 2 sessions of this channel in use (login), 3 of 6 in all (ini)"}});
    expect("info event=item.refused agent=1 user=M item=act-7-1" + item,
           "action item act-7-1 is NOT offered to M (1), A1 (all agent sessions are taken)",
           {{"reason=A1 explain=\"channel_limit failed 2 against 2 (login)\"",
             ": check channel_limit failed, 2 against 2 (login)"}});
    expect("warning event=item.parked item=act-7" + item,
           "action item act-7 is parked: ", {{R"(why="Route Try Overflow")", "Route Try Overflow"}});
}

TEST(Sentence, SaysWhyAnItemComesBack_R_DEC_83) {
    expect("info event=item.rerouted agent=1 user=M item=act-7-1 channel=action origin=crm ",
           "action item act-7-1 comes back from M (1), ",
           {{"reason=A1 sessions=2 hidden=4",
             "A1 (all agent sessions are taken); 2 other sessions were known, so 4 are taken to be open by "
             "hand"},
            {"reason=A1 sessions=1", "A1 (all agent sessions are taken); 1 other session was known"},
            {R"(reason="A1, later")", "A1, later (all agent sessions are taken)"},
            {"reason=A10", "A10"},
            {"reason=RONA", "RONA"},
            {"reason=deleted", "deleted"},
            {"reason=rerouted", "rerouted (without a reason)"},
            {"reason=M0 sessions=2", "M0 (the agent refused by hand)"}});
    expect("info event=item.rerouted agent=1 user=M item=call-1-9 channel=voice origin=crm ",
           "call call-1-9 comes back from M (1), ",
           {{"reason=M0", "M0 (the agent refused by hand); it rings on at the phone"}});
}

TEST(Sentence, SaysHowAnItemEnds) {
    expect("info event=item.ended agent=1 user=M item=act-7-1 channel=action reason=", "action item act-7-1 ",
           {{"ended", "of M (1) has ended"},
            {"transferred", "of M (1) is transferred"},
            {"agent_logged_out", "leaves M (1), who has logged out"},
            {"RONA", "of M (1) has ended, RONA (not accepted in time)"}});
    expect("info event=item.ended item=chat-7 channel=chat reason=", "chat chat-7 ",
           {{"deleted", "is deleted by SAP"}, {"customer_left", "has ended, the customer has left"}});
    expect(
        "info event=item.ended agent=1 user=M item=call-1-9 channel=voice reason=", "call call-1-9 of M (1) ",
        {{"not_answered", "was not answered"},
         {"failed", "has ended, the number is busy or cannot be reached"}});
}

TEST(Sentence, SaysWhereAnAgentDials) {
    expect("info event=item.dialled agent=1 user=M item=call-1-9 channel=voice origin=", "M (1) dials",
           {{"crm", ": call call-1-9"}, {"cc", " at the phone: call call-1-9"}});
}

TEST(Sentence, SaysWhatAnItemWaitsFor) {
    const std::string item = "info event=item.waiting item=act-7 channel=action next=";
    expect(item + "2026-01-31T12:00:05.000Z ", "action item act-7 waits",
           {{"reason=REJECT why=delayed", " after a REJECT (refused), to be routed again at 12:00:05"},
            {"why=mr_up reason=RESTART",
             " after a RESTART (a link or its task was lost), to be routed again at 12:00:05: media routing "
             "is connected again"},
            {"why=mr_down", ", until media routing is connected"},
            {"why=closing_session agent=1 user=M",
             ", until SAP has closed a session of M (1), at the latest at 12:00:05"},
            {"why=else", ", to be routed again at 12:00:05: else"}});
    expect(item + "soon ", "action item act-7 waits",  // somebody has edited the line
           {{"reason=RONA why=due", " after a RONA (not accepted in time), to be routed again"},
            {"why=retry", ", to be routed again: an operator has asked for another try"}});
    const OtherZone here;
    EXPECT_EQ(told(item + "2026-01-31T12:00:05.000Z why=due", Zone::local),
              "action item act-7 waits, to be routed again at 14:00:05");
}

TEST(Sentence, SaysFromWhereAnAgentLogsOn) {
    expect(
        "", "",
        {{"info event=agent.login agent=1 user=M device=52 peer=10.0.0.1 voice=1 action=2 chat=0",
          "M (1) logs on at device 52 from 10.0.0.1: voice 1, action 2, chat 0"},
         {"info event=agent.login agent=1 user=M device=52 voice=1 action=2 chat=0 adopted=1",
          "M (1) logs on at device 52: voice 1, action 2, chat 0; still logged in, and taken over"},
         {R"(warning event=agent.login_refused user=M peer=10.0.0.1 reason=LOGON_FAILED text="wrong password")",
          "log-on of M from 10.0.0.1 refused, LOGON_FAILED: wrong password"},
         {"info event=agent.peer_changed agent=1 user=M peer=10.0.0.2",
          "requests of M (1) come from 10.0.0.2 too"}});
}

TEST(Sentence, SaysWhyAnAgentIsLoggedOff) {
    expect("info event=agent.logout agent=1 user=ANN ", "ANN (1)",
           {{"origin=crm why=asked", " is logged off, asked by the agent"},
            {"reason=3 origin=cc why=logged_off_in_contact_center", " is logged off, in the contact center"},
            {R"(channel=chat origin=connector text="taken back")", ", chat: taken back"}});
}

TEST(Sentence, TellsWhatAnOperatorDid_R_OPS_7) {
    expect("info event=operator.act act=item.resend target=act-7 peer=127.0.0.1 ",
           "an operator at 127.0.0.1: item.resend act-7, ",
           {{"result=done", "done"},
            {R"(result=refused text="there is no item act-7")", "refused: there is no item act-7"}});
}

TEST(Sentence, TellsWhoWasNotLetIn) {
    expect("warning event=", "a ",
           {{R"(peer.refused listener=ici peer=10.0.0.9 text="not in [ICI] AllowedPeers")",
             "connection from 10.0.0.9 to ici is refused: not in [ICI] AllowedPeers"},
            {R"(ici.unauthorized peer=10.0.0.9 why=missing text="requests need them")",
             "request from 10.0.0.9 is refused, user and password are missing: requests need them"}});
}

TEST(Sentence, TellsWhatTheCtiServersRefuse) {
    expect(
        "", "",
        {{R"(error event=cti.open_refused side=A host=cti-a port=42027 why="status 4" look_at="[CTI] ClientId")",
          "the CTI server, side A at cti-a:42027, refuses the connector: status 4; look at [CTI] ClientId"},
         {"info event=cti.open_refused side=B host=cti-b port=43027 why=standby",
          "side B at cti-b:43027 is the standby, it waits for the other"}});
    expect("warning event=cc.request_failed ", "",
           {{"agent=1 user=M item=act-7-1 channel=action request=SET_AGENT_STATE_REQ reason=unsent "
             R"(text="it is too long")",
             "SET_AGENT_STATE_REQ for M (1) (act-7-1) has failed, unsent (the connector could not write it): "
             "it is too long"},
            {R"(call=99 request=ANSWER_CALL_REQ text="failure code 13")",
             "ANSWER_CALL_REQ (99) has failed: failure code 13"},
            {R"(agent=1 user=M request=not_ready reason=other text="no answer in time")",
             "the request not_ready to the contact center for M (1) has failed: no answer in time"},
            {R"(agent=1 reason=other text="no answer in time")",
             "a request to the contact center for agent (1) has failed: no answer in time"}});
}

TEST(Sentence, TellsHowSapTakesTheEvents) {
    expect("warning event=crm.delivery_failed agent=1 user=M item=act-7-1 appid=A kind=changed ",
           "SAP does not take changed (act-7-1) for M (1)",
           {{"", ""},
            {R"(try=1 of=4 next_ms=500 text="no connection")",
             ", try 1 of 4, the next in 500 ms: no connection"},
            {"try=4 of=4 next_ms=5000", ", try 4 of 4, from now on again every 5000 ms"}});
    expect("", "",
           {{"info event=crm.delivery_restored agent=1 user=M appid=A after_s=12",
             "SAP takes the events of M (1) again, after 12 s"},
            {R"(error event=crm.subscription_lost agent=1 user=M text="no answer")",
             "SAP does not take the events of M (1): no answer"}});
}

TEST(Sentence, TellsEachTroubleWithAllItsFieldsAndPassesOverTheRest) {
    expect(
        "", "",
        {{R"(warning event=language.missing language=FR used=EN text="there is no file of it")",
          "language FR is missing, EN is used: there is no file of it"},
         {R"(error event=config.finding file=/etc/a.ini line=3 key=PortA value="4 2" text="no number" nearest=PortB)",
          R"(error: config.finding file=/etc/a.ini line=3 key=PortA value="4 2" nearest=PortB: no number)"},
         {"warning event=cc.unexpected message=X agent=1 user=M hex=0011 fields=y text=odd",
          "warning: cc.unexpected M (1) message=X: odd"},
         {"warning event=cc.unexpected user=M", "warning: cc.unexpected user=M"},
         {"info event=ici.listening port=8080", ""}});
}

std::string in_place_of(std::string text, std::string_view old, std::string_view word) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + word.size()))
        text.replace(at, old.size(), word);
    return text;
}

/// For each value of an enumeration: a word without a meaning would be told as it stands.
template <class E>
void expect_meanings(const std::string& front, const std::vector<E>& never = {},
                     const std::string& rest = "") {
    constexpr std::string_view meaningless = "no_such_word";
    const std::string otherwise = told(front + std::string(meaningless) + rest);
    ASSERT_NE(otherwise, "no line");
    for (const E value : cticonnector::enumerators<E>()) {
        const std::string word{name(value)};
        if (word.empty() || std::ranges::find(never, value) != never.end()) continue;
        const std::string sentence = told(front + word + rest);
        EXPECT_TRUE(sentence == otherwise || sentence != in_place_of(otherwise, meaningless, word))
            << sentence;
    }
}

TEST(Sentence, HasAMeaningForEachWordOfTheEngine) {
    using namespace engine;
    const std::string agent = "info event=agent.state agent=1 user=M workmode=3 state=";
    expect_meanings<UserStatus>(agent, {UserStatus::ready});  // means what it says
    for (const Origin origin : cticonnector::enumerators<Origin>()) {
        expect_meanings<Why>(agent + "not_ready why=", {}, " origin=" + std::string(name(origin)));
        expect_meanings<Why>(agent + "ready why=", {}, " origin=" + std::string(name(origin)));
    }
    expect_meanings<EndReason>("info event=agent.logout agent=1 user=M why=");
    expect_meanings<Failure>("warning event=cc.request_failed agent=1 user=M reason=", {Failure::none});

    const std::string item = " agent=1 user=M item=act-7-1 ";
    expect_meanings<Channel>("info event=item.accepted" + item + "channel=");
    expect_meanings<WaitReason>("info event=item.waiting" + item + "channel=action why=");
    for (const char* event : {"requested", "waiting"})
        expect_meanings<RouteReason>("info event=item." + std::string(event) + item +
                                     "channel=action reason=");
    for (const char* event : {"refused", "invisible"}) {
        const std::string front = "info event=item." + std::string(event) + item + "channel=voice reason=";
        expect_meanings<Refusal>(front);
        expect_meanings<Verdict>(front, {Verdict::admit, Verdict::refuse});
    }
    for (const char* event : {"ended", "invisible"})
        expect_meanings<Departure>("info event=item." + std::string(event) + item + "channel=voice reason=");
    using enum Processing;
    expect_meanings<Processing>("info event=item.ended" + item + "channel=voice reason=",
                                {alerting, accepted, wrapup, rerouted});
    expect_meanings<Processing>("info event=item.rerouted" + item + "channel=voice reason=",
                                {alerting, accepted, wrapup, ended, transferred});
}

// Neither what a terminal obeys nor what makes one name look like another.
TEST(Sentence, ShowsWhatIsNotSeen) {
    expect("info event=item.accepted item=act-7-1 channel=action agent=1 user=",
           "action item act-7-1 is accepted by ",
           {{R"("a\x1b[2Jb\nc\u009bd J)"
             "\xC3\xB6rg\"",
             R"(a\x1b[2Jb\nc\u009bd J)"
             "\xC3\xB6rg (1)"},
            {R"("A\u200bNN\u202e\xff")", R"(A\u200bNN\u202e\xff (1))"},
            {"A\xEF\xBB\xBFNN", R"(A\ufeffNN (1))"}});  // somebody has edited the line
}

}  // namespace
}  // namespace cticonnector::language
