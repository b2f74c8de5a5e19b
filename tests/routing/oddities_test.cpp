// What cannot be decoded in whole or in part is counted each time and told once per kind and minute, with its
// bytes; nothing vanishes and nothing floods the log.
#include "oddities.hpp"

#include <gmock/gmock.h>

#include "cti_rig.hpp"
#include "cti_session.hpp"
#include "dialogues.hpp"
#include "pims.hpp"

namespace cticonnector::routing {
namespace {

using namespace std::chrono_literals;
using test::Bytes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class OdditiesTest : public ::testing::Test {
  protected:
    template <class M>
    bool read(const Bytes& body) {
        odd.at(now);
        return odd.read<M>({M::type, body}, test::version).has_value();
    }
    Oddities odd;
    Oddities::Time now = Oddities::Time{} + 1h;
};

/// END_CALL_EVENT: 16 fixed bytes, then whatever the test adds.
Bytes end_call(const Bytes& floating) {
    Bytes body{0, 0, 0, 0, 0, 0, 0x13, 0x88, 0, 0x11, 0, 0, 0, 0, 0, 0x2A};
    body.insert(body.end(), floating.begin(), floating.end());
    return body;
}

TEST_F(OdditiesTest, ABrokenMessageIsCountedEachTimeAndToldOnceAMinute) {
    EXPECT_FALSE(read<ged188::EndCallEvent>({0, 0}));
    const auto told = odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].message, "END_CALL_EVENT");
    EXPECT_THAT(told[0].text, HasSubstr("MonitorID"));
    EXPECT_THAT(told[0].text, HasSubstr("passed over"));
    EXPECT_EQ(told[0].hex, "00000002000000180000") << "header and all, so that decode reads it";
    now += 59s;
    EXPECT_FALSE(read<ged188::EndCallEvent>({0, 0}));
    EXPECT_THAT(odd.take(), IsEmpty());
    EXPECT_FALSE(read<ged188::AgentStateEvent>({0}));
    EXPECT_THAT(odd.take(), SizeIs(1)) << "another kind";
    now += 1s;
    EXPECT_FALSE(read<ged188::EndCallEvent>({0, 0}));
    EXPECT_THAT(odd.take(), SizeIs(1));
    EXPECT_THAT(odd.take_undecodable(),
                UnorderedElementsAre(Pair("END_CALL_EVENT", 3), Pair("AGENT_STATE_EVENT", 1)));
    EXPECT_THAT(odd.take_undecodable(), IsEmpty());
}

TEST_F(OdditiesTest, WhatIsOddInsideASoundMessageIsToldAndTheRestTaken) {
    EXPECT_TRUE(read<ged188::EndCallEvent>(end_call({0, 25, 0, 2, 'a', 'b'})));
    const auto told = odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].text, "1 text without NUL; the rest was taken");
    EXPECT_THAT(told[0].hex, HasSubstr("001900026162"));
    EXPECT_FALSE(read<ged188::EndCallEvent>({0}));
    EXPECT_THAT(odd.take(), SizeIs(1)) << "one that is lost is not hidden behind one that was taken";
    EXPECT_THAT(odd.take_undecodable(), UnorderedElementsAre(Pair("END_CALL_EVENT", 2)));
}

TEST_F(OdditiesTest, UnknownTagsAreCountedAndToldOncePerKindOfMessage) {
    EXPECT_TRUE(read<ged188::EndCallEvent>(end_call({0x77, 0x77, 0, 1, 0, 0x12, 0x34, 0, 0})));
    const auto told = odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_THAT(told[0].text, HasSubstr("unknown tags 30583, 4660"));
    EXPECT_EQ(told[0].hex, "");
    now += 1h;
    EXPECT_TRUE(read<ged188::EndCallEvent>(end_call({0x77, 0x77, 0, 1, 0})));
    EXPECT_THAT(odd.take(), IsEmpty());
    EXPECT_EQ(odd.take_unknown_tags(), 3u);
    EXPECT_THAT(odd.take_undecodable(), IsEmpty()) << "they have a counter of their own";
}

TEST_F(OdditiesTest, UnknownTypesAreToldOnceEach) {
    odd.unknown({30583, {}});
    odd.unknown({30583, {}});
    odd.unknown({4660, {}});
    EXPECT_THAT(odd.take(), SizeIs(2));
    for (std::uint32_t type = 100'000; type < 101'000; ++type) odd.unknown({type, {}});
    EXPECT_THAT(odd.take(), SizeIs(::testing::Lt(100u))) << "whoever invents types does not fill memory";
}

TEST_F(OdditiesTest, SecretsAreMaskedInTheBytes) {
    Bytes bytes;
    ASSERT_TRUE(ged188::encode(ged188::SetAgentStateReq{.agent_password = "pw", .position_id = "1001"},
                               test::version, bytes));
    Bytes body(bytes.begin() + wire::header_size, bytes.end());
    body.insert(body.end(), {0, 6, 0, 2, 'a', 'b'});  // AgentInstrument without NUL
    EXPECT_TRUE(read<ged188::SetAgentStateReq>(body));
    auto told = odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_THAT(told[0].hex, HasSubstr("004400053130303100"));
    EXPECT_THAT(told[0].hex, HasSubstr("******"));
    EXPECT_THAT(told[0].hex, ::testing::Not(HasSubstr("7077")));
    body.pop_back();  // the structure breaks behind it
    EXPECT_FALSE(read<ged188::SetAgentStateReq>(body));
    told = odd.take();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_THAT(told[0].hex, ::testing::Not(HasSubstr("7077")));
    EXPECT_THAT(told[0].hex, ::testing::Not(HasSubstr("31303031"))) << "nobody knows what belongs to what";
}

// ---- every room reads so

class CtiOdditiesTest : public test::CtiTest {
  protected:
    template <class M>
    std::vector<Oddity> told_of(const M& message) {
        receive(message);
        return cti.state().odd.take();
    }
};

TEST_F(CtiOdditiesTest, TheCtiSideLosesNothing) {
    const Bytes nothing;
    std::size_t kinds = 0;
    for (const auto& kind : ged188::protocol.messages) {
        if (kind.body == wire::Body::raw || kind.fixed().empty()) continue;
        const bool reply = kind.name.ends_with("_CONF") || kind.name.ends_with("_RESP");
        const bool handled = reply || kind.name == "AGENT_STATE_EVENT" || kind.name == "BEGIN_CALL_EVENT" ||
                             kind.name == "CALL_DELIVERED_EVENT" || kind.name == "AGENT_PRE_CALL_EVENT" ||
                             kind.name == "AGENT_MADE_NOT_ROUTABLE_EVENT";
        if (!handled) continue;
        SCOPED_TRACE(kind.name);
        cti.on({kind.number, nothing}, now);
        EXPECT_THAT(cti.state().odd.take(), SizeIs(1));
        EXPECT_THAT(cti.state().odd.take_undecodable(), UnorderedElementsAre(Pair(kind.name, 1)));
        ++kinds;
    }
    EXPECT_GT(kinds, 50u);
    cti.on({30583, nothing}, now);
    EXPECT_THAT(cti.state().odd.take(), SizeIs(1));
}

// A peer whose calls have no ids sends nothing else, as fast as its calls come.
TEST_F(CtiOdditiesTest, WhatNamesNothingIsToldOncePerKindAndMinute) {
    const ged188::CallClearedEvent no_call{.peripheral_id = settings.peripheral};
    const ged188::MaxTaskLifetimeExceededEvent no_task{.task_id = {-1, -1, -1}};
    EXPECT_THAT(told_of(no_call), SizeIs(1));
    now += 59s;
    EXPECT_THAT(told_of(no_call), IsEmpty());
    EXPECT_THAT(told_of(no_task), SizeIs(1)) << "another kind";
    EXPECT_THAT(told_of(no_task), IsEmpty());
    now += 1s;
    EXPECT_THAT(told_of(no_call), SizeIs(1));

    Dialogues dialogues{current, std::as_const(cti).state().directory};
    const auto stranger = test::message_of(mr::MrOpenConf{});
    dialogues.on(stranger.frame(), now);
    dialogues.on(stranger.frame(), now);
    EXPECT_THAT(dialogues.odd.take(), SizeIs(1));
}

// What is about a request of ours is told each time: no two say the same (R-DEC-35).
TEST_F(CtiOdditiesTest, WhatIsAboutARequestIsToldEachTime) {
    const Bytes& asked = perform(engine::FindWork{test::op, test::ann, "4001", {{false, false, true}}});
    const auto request = test::only<ged188::GetAgentTasksReq>(asked).invoke_id;
    for (int i = 0; i < 2; ++i) EXPECT_THAT(told_of(ged188::MakeCallConf{.invoke_id = request}), SizeIs(1));
    const auto told = told_of(
        ged188::AgentTasksResp{.invoke_id = request, .tasks = {{-1, -1, -1}, {1, 2, 3}, {-1, -1, -1}}});
    ASSERT_THAT(told, SizeIs(1)) << "one answer, one line";
    EXPECT_THAT(told[0].text, HasSubstr("names no task at 2 places"));
    EXPECT_EQ(told[0].agent, "1001");
}

TEST_F(OdditiesTest, TheSessionLosesNothing) {
    Settings settings;
    const Current<Settings> current{settings};
    InvokeIds ids;
    CtiSession session(current, ids, 1);
    std::vector<CtiStep> steps;
    session.start(now, steps);
    session.connected(now, steps);
    session.on({ged188::OpenConf::type, {}}, now, steps);
    EXPECT_THAT(session.odd.take_undecodable(), UnorderedElementsAre(Pair("OPEN_CONF", 1)));
    EXPECT_THAT(session.odd.take(), SizeIs(1));
}

TEST_F(OdditiesTest, ThePimsLoseNothing) {
    Pims pims;
    std::vector<PimStep> steps;
    pims.accepted(1, now);
    pims.on(1, {mr::MrOpenReq::type, {}}, now, steps);
    pims.on(1, {mr::MrHeartbeatReq::type, {}}, now, steps);
    EXPECT_THAT(pims.odd.take_undecodable(),
                UnorderedElementsAre(Pair("MR_OPEN_REQ", 1), Pair("MR_HEARTBEAT_REQ", 1)));
    EXPECT_THAT(pims.odd.take(), SizeIs(2));
}

}  // namespace
}  // namespace cticonnector::routing
