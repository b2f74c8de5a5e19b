#include "pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cticonnector/app/log.hpp"
#include "engine/house.hpp"

namespace cticonnector::admin {
namespace {

using engine::Channel;
using engine::testing::House;
using Json = nlohmann::json;
using namespace std::chrono_literals;

class PagesTest : public ::testing::Test {
  protected:
    Page get(const House& house, std::string_view path, std::string_view query = {}) {
        return page({house.engine,
                     journal,
                     [this](engine::SubscriptionId) { return worker; },
                     [](engine::SubscriptionId, int mode) { return mode > 999 ? 3 : mode; },
                     {}},
                    path, query);
    }
    Json json(const House& house, std::string_view path, std::string_view query = {}) {
        return Json::parse(get(house, path, query).body);
    }

    app::Log log{Level::error, [](std::string_view) {}};
    Journal journal{log};
    std::optional<WorkerFacts> worker{{"app-1", 3, 1500ms, true}};
};

// R-HA-3: healthy only when the SAP listener and the CTI link are up; phone and media apart
TEST(HealthPage, SaysWhatIsUpAndWhy) {
    struct Case {
        HealthFacts facts;
        int status;
        std::string_view word;
        std::string_view media;
        std::size_t reasons;
    };
    const std::array cases{
        Case{{.ici = true, .voice = true, .media_configured = true, .media = true}, 200, "up", "up", 0},
        Case{{.ici = true, .voice = true, .media_configured = true, .media = false},
             200,
             "degraded",
             "down",
             1},
        Case{{.ici = true, .voice = true, .media_configured = false, .media = false}, 200, "up", "off", 0},
        // R-DEC-77
        Case{{.ici = true, .voice = true, .shortcomings = {"PGS_CC_DOWN (2)"}}, 200, "degraded", "off", 1},
        Case{{.ici = true, .voice = false, .media_configured = true, .media = false}, 503, "down", "down", 2},
        Case{{.ici = false, .voice = true, .media_configured = false, .media = false}, 503, "down", "off", 1},
    };
    for (const Case& c : cases) {
        const Page page = health_page(c.facts);
        const Json json = Json::parse(page.body);
        EXPECT_EQ(page.status, c.status) << page.body;
        EXPECT_EQ(json["status"], c.word);
        EXPECT_EQ(json["media"], c.media);
        EXPECT_EQ(json["reasons"].size(), c.reasons);
    }
}

TEST(HealthPage, OfMediaRoutingSaysWhetherItsListenerServes_R_CLU_80) {
    const auto status = [](HealthFacts facts) { return mr_health_page(facts).status; };
    EXPECT_EQ(status({.ici = true, .mr = true}), 200);
    EXPECT_EQ(status({.ici = true, .mr = true, .media_configured = true, .media = false}), 200)
        << "whoever connects";
    EXPECT_EQ(status({.ici = true, .mr = false, .media_configured = true}), 503);
    EXPECT_EQ(status({.ici = false, .mr = true}), 503) << "stopping";
}

TEST(HealthPage, SaysThatMediaNeedTheCtiLink_R_DEC_88) {
    const auto reasons = [](HealthFacts facts) {
        return Json::parse(health_page(facts).body)["reasons"].get<std::vector<std::string>>();
    };
    EXPECT_THAT(reasons({.ici = true, .voice = false, .media_configured = true, .media = false}),
                testing::ElementsAre("no CTI link", "media are down, they need the CTI link"));
    EXPECT_THAT(reasons({.ici = true, .voice = true, .media_configured = true, .media = false}),
                testing::ElementsAre("no media routing link"));
}

TEST_F(PagesTest, HealthSaysHowManyAgentsSapFails_R_DEC_88) {
    House house = House::ready();
    EXPECT_EQ(json(house, "/health")["crm"], "up");
    house.tell(engine::DeliveryFailed{house.agent().subscription});
    const Json failing = json(house, "/health");
    EXPECT_EQ(failing["crm"], "failing 1 of 1");
    EXPECT_THAT(failing["reasons"].get<std::vector<std::string>>(),
                testing::Contains("SAP does not take the events of 1 of 1 agents"));
    house.tell(engine::DeliveryRestored{house.agent().subscription});
    EXPECT_EQ(json(house, "/health")["crm"], "up");
}

TEST_F(PagesTest, HealthSaysThatSapIsSlowAndForWhom_R_DEC_88) {
    const auto reasons = [this](const House& house) {
        return json(house, "/health")["reasons"].get<std::vector<std::string>>();
    };
    const House house = House::ready();
    worker = WorkerFacts{"app-1", 3, 10'770ms, false};
    EXPECT_THAT(reasons(house),
                testing::Contains("SAP is slow: events of 1 of 1 agents wait longer than 2 s, those of " +
                                  house.agent().user_name + " the longest, 10770 ms"));
    EXPECT_EQ(json(house, "/health")["crm"], "up");
    const auto slow = testing::Contains(testing::HasSubstr("slow"));
    worker->oldest = 2s;
    EXPECT_THAT(reasons(house), testing::Not(slow));
    worker = WorkerFacts{"app-1", 3, 10'770ms, true};
    EXPECT_THAT(reasons(house), testing::Not(slow)) << "it is told as failing";
    worker = std::nullopt;
    EXPECT_THAT(reasons(house), testing::Not(slow));
}

// observability.md: 200 while the ICI listener serves, also without a contact center; 503 when stopping
TEST_F(PagesTest, TellAProxyWhetherSapIsServed) {
    EXPECT_EQ(ici_health_page({.ici = true, .voice = false}).status, 200);
    EXPECT_EQ(ici_health_page({.ici = true, .voice = false}).body, "{\"status\":\"up\"}\n");
    EXPECT_EQ(ici_health_page({.ici = false, .voice = true}).status, 503);
    EXPECT_EQ(get(House::ready(), "/health/ici").status, 503);
    EXPECT_EQ(get(House::ready(), "/health/ici/").status, 404);
}

TEST_F(PagesTest, ListsAgentsWithTheirLimitsAndSessions) {
    House house = House::ready();
    house.accepted(Channel::action);
    const Json agents = json(house, "/agents");
    ASSERT_EQ(agents.size(), 1u);
    EXPECT_EQ(agents[0]["agent"], "12345");
    EXPECT_EQ(agents[0]["user"], "MILLER");
    EXPECT_EQ(agents[0]["device"], "52513");
    EXPECT_EQ(agents[0]["workmode"], 2);
    EXPECT_EQ(agents[0]["limits"], (Json{{"voice", 1}, {"action", 2}, {"chat", 1}}));
    EXPECT_EQ(agents[0]["sessions"], 1);
    EXPECT_EQ(agents[0]["max"], 6);
    EXPECT_EQ(agents[0]["hidden"], 0);
}

TEST_F(PagesTest, ShowsOneAgentWholeAndAnUnknownOneAsNotFound) {
    House house = House::ready();
    const auto key = house.offer(Channel::action);
    for (const auto& note : house.did<engine::Note>()) journal.write(note);
    const Json agent = json(house, "/agents/12345");
    EXPECT_EQ(agent["sessions"][0]["item"], key.value);
    EXPECT_EQ(agent["sessions"][0]["state"], "alerting");
    EXPECT_EQ(agent["sessions"][0]["part"], "regular");
    EXPECT_EQ(agent["media"].size(), 3u);
    EXPECT_EQ(agent["media"][0]["routable"], true);
    EXPECT_EQ(agent["crm"], (Json{{"appid", "app-1"}, {"queue", 3}, {"oldest_ms", 1500}, {"failing", true}}));
    EXPECT_EQ(agent["last_decisions"][0]["outcome"], "admit");
    EXPECT_EQ(get(house, "/agents/99999").status, 404);
}

TEST_F(PagesTest, SaysInWhichMediaAnAgentMayBeChosenAndIsReadyAfterwards) {
    House house = House::ready();
    house.state(Channel::voice, engine::MediumState::not_ready, 3);
    const auto phone = [&] { return json(house, "/agents/12345")["media"][0]; };
    EXPECT_EQ(phone()["routable"], false) << "not ready by a supervisor";
    EXPECT_EQ(phone()["afterwards"], "not_ready");
    house.state(Channel::voice, engine::MediumState::ready);
    house.ask(engine::MakeCall{.destination = "4711"});
    EXPECT_EQ(phone()["routable"], false);
    EXPECT_EQ(phone()["afterwards"], "ready") << "after the call";
}

TEST_F(PagesTest, ShowsWhereEachItemIs) {
    House house = House::ready();
    house.tell(engine::RouterDown{});
    house.add(Channel::action);
    const Json items = json(house, "/items");
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0]["item"], "act-1");
    EXPECT_EQ(items[0]["channel"], "action");
    EXPECT_EQ(items[0]["agent"], "");
    EXPECT_EQ(items[0]["tries"], (Json{{"rona", 0}, {"reject", 0}}));
    EXPECT_EQ(items[0]["why"], "mr_down");
    EXPECT_TRUE(items[0]["next_try"].is_null()) << "nobody knows when";
    EXPECT_EQ(items[0]["scenario"], house.engine.all_items().at(0).item->route().selector);
    EXPECT_EQ(items[0]["route_state"], "");
}

TEST_F(PagesTest, ExplainsADecisionWithTheComparedNumbersAndTheirOrigin) {
    House house = House::ready();
    const auto key = house.offer(Channel::action);
    for (const auto& note : house.did<engine::Note>()) journal.write(note);
    const Json found = json(house, "/explain", "item=" + key.value);
    ASSERT_EQ(found.size(), 1u);
    const Json limit = *std::find_if(found[0]["checks"].begin(), found[0]["checks"].end(),
                                     [](const Json& check) { return check["check"] == "channel_limit"; });
    EXPECT_EQ(
        limit,
        (Json{{"check", "channel_limit"}, {"have", 0}, {"limit", 2}, {"origin", "login"}, {"ok", true}}));
    EXPECT_EQ(json(house, "/explain", "agent=12345").size(), 1u);
    EXPECT_EQ(json(house, "/explain", "x=1&agent=12345&y").size(), 1u) << "R-DEC-71: queries";
    EXPECT_EQ(json(house, "/explain", "item=act%2D1").size(), 1u) << "percent-encoded";
    EXPECT_EQ(get(house, "/explain").status, 400);
    const Page told = get(house, "/explain", "agent=12345&text=1");
    EXPECT_EQ(told.content_type, "text/plain; charset=utf-8");
    EXPECT_THAT(told.body,
                testing::EndsWith("action item act-1-1 is offered to MILLER (12345), regular part: 0 of 2 "
                                  "sessions of this channel in use (login), 0 of 6 in all (ini)\n"));
    EXPECT_EQ(get(house, "/nowhere").status, 404);
}

TEST_F(PagesTest, AnswersATargetThatIsNoText) {
    EXPECT_EQ(get(House::ready(), "/agents/%FF").status, 404);
    EXPECT_TRUE(Json::accept(get(House::ready(), "/agents/%FF").body));
    EXPECT_EQ(get(House::ready(), "/explain", "item=%FF%").status, 404);
}

TEST(RetryTarget, NamesAnItem) {
    EXPECT_EQ(item_to_retry("/items/act-42/retry"), "act-42");
    EXPECT_EQ(item_to_retry("/items/act%2D42/retry"), "act-42");
    for (const auto* none : {"/items", "/items/retry", "/items//retry", "/items/act-42", "/agents/1/retry"})
        EXPECT_EQ(item_to_retry(none), std::nullopt) << none;
}

// R-DEC-55 R-REROUTE-5: only a parked item is tried again on request
TEST(Retry, TakesAParkedItemOnce) {
    House house = House::ready();
    house.tell(engine::RouterDown{});
    house.add(Channel::action);
    EXPECT_EQ(retry(house.engine, "act-99").page.status, 404);
    const RetryAnswer waiting = retry(house.engine, "act-1");
    EXPECT_EQ(waiting.page.status, 409);
    EXPECT_FALSE(waiting.item);
    house.tell(engine::RouterUp{});
    const auto id = house.engine.all_items().at(0).item->id;
    house.tell(engine::RouteFailed{id, as_told("no such script")});
    const std::string external = house.engine.all_items().at(0).item->external_id;
    const RetryAnswer parked = retry(house.engine, "act-1");
    EXPECT_EQ(parked.page.status, 202);
    EXPECT_EQ(Json::parse(parked.page.body),
              (Json{{"item", "act-1"}, {"action_item", external}, {"state", "waiting"}}));
    ASSERT_EQ(parked.item, id);
    EXPECT_EQ(retry(house.engine, external).item, id) << "by SAP's own id (R-DEC-83)";
    house.tell(engine::RetryItem{id});
    EXPECT_EQ(retry(house.engine, "act-1").page.status, 409);
}

}  // namespace
}  // namespace cticonnector::admin
