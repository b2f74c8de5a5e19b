// The smaller models of the SAP side: action items, injections, settings, waits, requests from a script.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "action_items.hpp"
#include "from_json.hpp"
#include "injections.hpp"
#include "sap_simulator.hpp"
#include "settings.hpp"
#include "waits.hpp"

namespace cticonnector::sim::sap::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

template <class Call>
std::string error_of(Call call) {
    try {
        call();
    } catch (const ScriptError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Numbered, ReplacesPlainAndPaddedPlaces) {
    EXPECT_EQ(numbered("%d;pw;%05d;pm2c", 42), "42;pw;00042;pm2c");
    EXPECT_EQ(numbered("no place", 42), "no place");
    EXPECT_EQ(numbered("100%", 1), "100%");
    EXPECT_EQ(numbered("%s %d%%", 7), "%s 7%%");
    EXPECT_EQ(numbered("%2d", 12345), "12345");
}

std::string id_of(const ici::RequestMessage& message) {
    return std::get<ici::request::AddActionItem>(message.request).action_item_id;
}

TEST(ActionItems, ComeAtTheirRate) {
    ActionItems items;
    const Time start{1h};
    items.add({.count = 3, .id = "act-%03d", .per_second = 2}, start);
    EXPECT_THAT(items.take(start), SizeIs(1));
    EXPECT_EQ(items.next_deadline(), start + 500ms);
    EXPECT_THAT(items.take(start + 499ms), SizeIs(0));
    const auto rest = items.take(start + 1s);
    ASSERT_THAT(rest, SizeIs(2));
    EXPECT_EQ(id_of(rest[1]), "act-003");
    EXPECT_FALSE(items.next_deadline());
}

TEST(ActionItems, AreCompletedWhenAnAcceptedOneEnds) {
    ActionItems items;
    items.add({.count = 2, .id = "a%d"}, Time{});
    items.take(Time{});
    items.added("a1", true);
    items.added("a2", false);
    EXPECT_EQ(items.refused(), 1U);
    const auto tell = [&](const std::string& session, const std::string& processing) {
        items.on_item({ici::Channel::action_item, session, "a1", processing, "", false});
    };
    tell("s1", "1");
    tell("s1", "5");  // rerouted: still open
    EXPECT_EQ(items.open(), 1U);
    tell("s2", "2");
    tell("s2", "4");
    EXPECT_EQ(items.completed(), 1U);
    EXPECT_EQ(items.open(), 0U);
}

TEST(ActionItems, DeletedOnesAreNoLongerOpen) {
    ActionItems items;
    items.add({.id = "a%d"}, Time{});
    items.take(Time{});
    items.added("a1", true);
    items.deleted("a1");
    EXPECT_EQ(items.open(), 0U);
    EXPECT_EQ(items.completed(), 0U);
}

TEST(Injections, HitTheEventsTheyNameAsOftenAsTheySay) {
    Injections injections;
    injections.add({.what = Wrong::reset, .user = "U1", .event = "userChanged", .left = 2});
    EXPECT_FALSE(injections.hit("U2", "userChanged"));
    EXPECT_FALSE(injections.hit("U1", "chatChanged"));
    EXPECT_TRUE(injections.hit("U1", "userChanged"));
    EXPECT_TRUE(injections.hit("U1", "userChanged"));
    EXPECT_FALSE(injections.hit("U1", "userChanged"));
    injections.add({.what = Wrong::slow});
    EXPECT_TRUE(injections.hit("any", "chatChanged"));
    EXPECT_TRUE(injections.hit("any", "chatChanged"));
    injections.clear();
    EXPECT_FALSE(injections.hit("any", "chatChanged"));
}

Settings settings_of(const std::string& text) {
    const Json json = parse_json(text, "test");
    Object object(json, "script");
    return read_settings(object);
}

TEST(Settings, ReadsAndGeneratesAgents) {
    const Settings settings = settings_of(R"({"connector": "http://[::1]:8080/ici/",
        "behaviour": {"think_ms": 7, "sessions": 3},
        "agents": [{"user": "BOSS", "workcenter": "1;pw;2;p", "behaviour": {"sessions": 6}},
                   {"generate": {"count": 2, "first": 10, "user": "U%05d", "workcenter": "%d;pw;%d;pm2c"}}]})");
    EXPECT_EQ(settings.connector.host, "::1");
    EXPECT_EQ(settings.connector.port, 8080);
    EXPECT_EQ(settings.connector.authority(), "[::1]:8080");
    EXPECT_EQ(settings.connector.path, "/ici");
    ASSERT_THAT(settings.agents, SizeIs(3));
    EXPECT_EQ(settings.agents[0].behaviour.sessions, 6U);
    EXPECT_EQ(settings.agents[0].behaviour.think, 7ms);
    EXPECT_EQ(settings.agents[2].user, "U00011");
    EXPECT_EQ(settings.agents[2].workcenter.reveal(), "11;pw;11;pm2c");
    EXPECT_EQ(settings.agents[2].behaviour.sessions, 3U);
}

TEST(Settings, RefusesWhatItDoesNotUnderstandWithThePlace) {
    EXPECT_THAT(error_of([] { settings_of(R"({"connector": "ftp://x"})"); }), HasSubstr("script.connector"));
    EXPECT_THAT(error_of([] {
                    settings_of(R"({"connector": "http://x", "agents": [{"user": "A"}, {"user": "A"}]})");
                }),
                HasSubstr("there twice"));
    EXPECT_THAT(error_of([] { settings_of(R"({"connector": "http://x", "behaviour": {"thnik_ms": 1}})"); }),
                HasSubstr("thnik_ms"));
}

TEST(Settings, AChangeOfBehaviourKeepsTheRest) {
    const Json json = parse_json(R"({"accept_every": 0, "otherwise": "ignore"})", "test");
    const Behaviour changed = read_behaviour(Object(json, "step")).applied_to({.think = 9ms});
    EXPECT_EQ(changed.accept_every, 0U);
    EXPECT_EQ(changed.otherwise, Otherwise::ignore);
    EXPECT_EQ(changed.think, 9ms);
}

TEST(Url, IsTakenApart) {
    EXPECT_EQ(parse_url("http://host")->port, 80);
    EXPECT_FALSE(parse_url("http://host:x/"));
    EXPECT_FALSE(parse_url("http://host:/"));
    EXPECT_EQ(parse_url("http://host:81/a/b/")->path, "/a/b");
    EXPECT_FALSE(parse_url("https://host"));
    EXPECT_FALSE(parse_url("http://:80/"));
}

TEST(Waits, SayWhatIsMissing) {
    const Json json = parse_json(R"({"a": 3, "at_most": {"b": 0}, "timeout_ms": 5})", "test");
    Object step(json, "steps[1]");
    const Wait wait = read_wait(step, {"a", "b"});
    EXPECT_EQ(wait.timeout, 5ms);
    std::size_t have = 2;
    const auto figures = [&](std::string_view name) { return name == "a" ? have : std::size_t{1}; };
    EXPECT_EQ(missing(wait, figures), "a 2 instead of at least 3, b 1 instead of at most 0");
    have = 3;
    EXPECT_EQ(missing(wait, figures), "b 1 instead of at most 0");
}

// The reference is what people write scripts from.
TEST(Documents, NameEveryStepFigureAndBehaviour) {
    std::ifstream file(CTICONNECTOR_SOURCE_DIR "/docs/simulators.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string section = text.substr(text.find("## SAP side"));
    for (const auto& names :
         {SapSimulator::step_names(), SapSimulator::figure_names(), behaviour_key_names()})
        for (const std::string_view name : names)
            EXPECT_THAT(section, HasSubstr("`" + std::string(name) + "`"));
}

TEST(FromJson, ReadsAnyOperationByTheNamesOfTheWire) {
    const Json json = parse_json(
        R"({"actionItemId": "a1", "scenarioId": {"id": "MAIL"}, "userIds": [{"id": "U1"}]})", "test");
    const auto request = request_from("addActionItem", Object(json, "p"), "p");
    const auto& add = std::get<ici::request::AddActionItem>(request);
    EXPECT_EQ(add.action_item_id, "a1");
    EXPECT_EQ(add.scenario_id.id, "MAIL");
    ASSERT_THAT(add.user_ids, SizeIs(1));
    EXPECT_EQ(add.user_ids[0].id, "U1");
    EXPECT_THAT(
        error_of([&] { request_from("addActionItem", Object(parse_json("{\"x\":1}", "t"), "p"), "p"); }),
        HasSubstr("p.x"));
    EXPECT_THAT(error_of([&] { request_from("nothing", Object(json, "p"), "p"); }),
                HasSubstr("no ICI operation"));
}

}  // namespace
}  // namespace cticonnector::sim::sap::testing
