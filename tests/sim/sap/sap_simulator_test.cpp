// The SAP side over real sockets, against a scripted connector.
#include "sap_simulator.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <sstream>

#include "scripted_connector.hpp"

namespace cticonnector::sim::sap::testing {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* quick = R"("behaviour": {"think_ms": 1, "handle_ms": 1, "wrap_up_ms": 1})";

class SapSide : public ::testing::Test {
  protected:
    /// Starts the SAP side with one agent U1 and these steps.
    void start(const std::string& steps) {
        const std::string script = "{\"connector\": \"" + connector.url() + "\", " + quick +
                                   R"(, "agents": [{"user": "U1", "workcenter": "1;pw;2;m2"}], "steps": [)" +
                                   steps + "]}";
        const SapSimulator::Ending ending{.quit = [this] { asio::post(io, [this] { stage->stop(); }); },
                                          .failed = [this] { failed = true; }};
        const Factory factory = [this, ending](Object& object, asio::io_context& loop, Output& out) {
            auto made = std::make_unique<SapSimulator>(read_settings(object), loop, out, 7, ending);
            simulator = made.get();
            return made;
        };
        stage = std::make_unique<Stage>(io, output, parse_json(script, "script"), factory);
        stage->on_stop([this] { connector.close(); });
        stage->start();
    }

    /// Until everything is closed. The limit only keeps a broken test from hanging.
    void run(const std::string& steps) {
        start(steps);
        finish();
    }
    void finish() {
        io.run_for(60s);
        ASSERT_TRUE(stage->stopped()) << text.str();
    }

    /// Values of one key in the lines of one event.
    std::vector<std::string> told(const std::string& event, const std::string& key) {
        std::vector<std::string> values;
        std::istringstream lines(text.str());
        for (std::string line; std::getline(lines, line);) {
            const Json json = Json::parse(line);
            if (json["event"] == event && json.contains(key))
                values.push_back(json[key].is_string() ? json[key].get<std::string>() : json[key].dump());
        }
        return values;
    }

    std::size_t figure(std::string_view name) { return simulator->figure(name); }

    asio::io_context io{1};
    std::ostringstream text;
    Output output{text, Output::Form::json, sentences};
    ScriptedConnector connector{io};
    std::unique_ptr<Stage> stage;
    SapSimulator* simulator = nullptr;
    bool failed = false;
};

constexpr const char* log_on = R"({"do": "log_on"}, {"do": "wait_for", "agents_ready": 1},)";

TEST_F(SapSide, WorksOffActionItemsAndLogsOff) {
    run(std::string(log_on) + R"(
        {"do": "add_items", "count": 5, "scenario": "MAIL", "id": "act-%03d", "per_second": 200},
        {"do": "wait_for", "action_items_completed": 5},
        {"do": "expect_idle", "timeout_ms": 5000},
        {"do": "log_off"},
        {"do": "wait_for", "at_most": {"agents_logged_on": 0}},
        {"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    EXPECT_EQ(figure("items_seen"), 5U);
    EXPECT_EQ(figure("items_completed"), 5U);
    EXPECT_EQ(figure("protocol_errors"), 0U);
    EXPECT_EQ(connector.operations.front(), "exchangeProductInformation");
    EXPECT_EQ(connector.operations.back(), "unsubscribe");
    EXPECT_THAT(told("agent", "completed"), ElementsAre("5"));
    EXPECT_THAT(told("counters", "items_accepted"), ElementsAre("5"));
    EXPECT_THAT(text.str(), Not(HasSubstr("1;pw;2")));  // R-LOGIN-12: no password in any line
}

TEST_F(SapSide, AWaitThatFailsEndsTheRunWithAClearLine) {
    run(R"({"do": "wait_for", "agents_logged_on": 1, "timeout_ms": 1}, {"do": "log_on"})");
    EXPECT_TRUE(failed);
    EXPECT_THAT(told("wait_failed", "missing"), ElementsAre("agents_logged_on 0 instead of at least 1"));
    EXPECT_TRUE(connector.operations.empty());  // the step behind it never ran
}

TEST_F(SapSide, QuitWhileWaitingIsAFailure) {
    run(R"({"do": "wait_for", "agents_logged_on": 1}, {"do": "quit"})");
    EXPECT_TRUE(failed);
    EXPECT_THAT(told("wait_failed", "why"), ElementsAre("stopped before"));
}

TEST_F(SapSide, TellsFaultsWithTheirErrorId) {
    connector.refuse = [](const ici::RequestMessage& message) -> std::optional<ici::ErrorId> {
        if (ici::operation_of(message.request) == ici::Operation::subscribe)
            return ici::ErrorId::logon_failed;
        return std::nullopt;
    };
    run(R"({"do": "log_on"}, {"do": "wait_for", "faults": 1}, {"do": "finish"})");
    EXPECT_FALSE(failed);
    EXPECT_THAT(told("ici.fault", "error_id"), ElementsAre("LOGON_FAILED"));
    EXPECT_EQ(figure("agents_logged_on"), 0U);
}

TEST_F(SapSide, ConnectorThatIsNotThereIsNoAnswer) {
    start(R"({"do": "log_on"}, {"do": "wait_for", "no_answers": 1}, {"do": "finish"})");
    connector.close();
    finish();
    EXPECT_FALSE(failed);
    EXPECT_THAT(told("ici.no_answer", "operation"), ElementsAre("exchangeProductInformation"));
}

TEST_F(SapSide, SendsAnyRequestAndAnyText) {
    run(R"({"do": "request", "user": "U1", "operation": "hold", "parameters": {"phoneCallId": "c1"}},
        {"do": "post", "service": "IciItem", "body": "no xml"},
        {"do": "wait_for", "replies": 2}, {"do": "finish"})");
    EXPECT_THAT(connector.operations, ElementsAre("hold"));
    EXPECT_THAT(told("ici.reply", "operation"), ElementsAre("hold"));
    EXPECT_THAT(told("ici.raw_answer", "status"), ElementsAre("400"));
}

TEST_F(SapSide, DeletesActionItems) {
    run(std::string(log_on) + R"({"do": "behave", "behaviour": {"accept_every": 0, "otherwise": "ignore"}},
        {"do": "add_items", "count": 4, "scenario": "MAIL", "call_variables": {"CV01": "4711-A"}},
        {"do": "wait_for", "action_items_added": 4}, {"do": "delete_item", "first": 2, "count": 3},
        {"do": "wait_for", "at_most": {"action_items_open": 1}}, {"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    EXPECT_EQ(std::ranges::count(connector.operations, "deleteActionItem"), 3);
    EXPECT_EQ(figure("action_items_completed"), 0U);
}

TEST_F(SapSide, SecondLogOnKeepsItsItems) {
    run(std::string(log_on) + R"({"do": "behave", "behaviour": {"think_ms": 100}},
        {"do": "add_items", "scenario": "MAIL"}, {"do": "wait_for", "items_seen": 1},
        {"do": "log_on", "app_id": "same"}, {"do": "wait_for", "items_completed": 1}, {"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    EXPECT_EQ(std::ranges::count(connector.operations, "subscribe"), 2);
}

// R-REROUTE-2
TEST_F(SapSide, RefusesWithItsReasonWhenTabsAreOpen) {
    run(std::string(log_on) + R"({"do": "manual_sessions", "count": 6},
        {"do": "add_items", "scenario": "MAIL"}, {"do": "wait_for", "items_refused": 1}, {"do": "finish"})");
    EXPECT_THAT(told("ici.request", "reason"), ElementsAre("A1"));
}

// R-DEC-43: what counts as a failed delivery, as the connector sees it.
struct SpoiledCase {
    std::string what;
    unsigned status;  // of the first answer, 0 = none
    std::size_t seen_again;
};
class Spoiled : public SapSide, public ::testing::WithParamInterface<SpoiledCase> {};

TEST_P(Spoiled, AnswerIsAsToldAndTheRetryIsTaken) {
    connector.reply_limit = 300ms;
    run(R"({"do": "inject", "what": ")" + GetParam().what + R"(", "user": "U1", "name": "userChanged"},)" +
        log_on + R"({"do": "add_items", "scenario": "MAIL"},
            {"do": "wait_for", "injected": 1, "items_completed": 1}, {"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    ASSERT_FALSE(connector.event_answers.empty());
    const auto* first = std::get_if<net::HttpResponse>(&connector.event_answers.front());
    EXPECT_EQ(first ? first->status : 0U, GetParam().status);
    EXPECT_EQ(figure("retries"), GetParam().seen_again);
    EXPECT_EQ(figure("agents_ready"), 1U);
    EXPECT_EQ(figure("protocol_errors"), 0U);
}

INSTANTIATE_TEST_SUITE_P(Answers, Spoiled,
                         ::testing::Values(SpoiledCase{"http_error", 503, 1}, SpoiledCase{"reset", 0, 1},
                                           SpoiledCase{"no_answer", 0, 1}, SpoiledCase{"fault", 500, 1},
                                           SpoiledCase{"unknown_appid", 500, 1},
                                           SpoiledCase{"garbage", 200, 0}, SpoiledCase{"slow", 200, 0}),
                         [](const auto& test) { return test.param.what; });

TEST_F(SapSide, RefusesConnectionsForAWhile) {
    run(std::string(log_on) + R"({"do": "inject", "what": "refuse_connections", "ms": 50},
        {"do": "add_items", "scenario": "MAIL"}, {"do": "wait_for", "items_completed": 1}, {"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    EXPECT_TRUE(std::holds_alternative<net::NoResponse>(connector.event_answers[1]));
}

// R-DEC-56: UNKNOWN_APPID right after subscribe is tried again.
TEST_F(SapSide, DelayedSubscribeDoesNotKnowItsAppIdAtOnce) {
    run(R"({"do": "inject", "what": "delayed_subscribe", "ms": 50},)" + std::string(log_on) +
        R"({"do": "finish"})");
    EXPECT_FALSE(failed) << text.str();
    EXPECT_GE(figure("unknown_app_ids"), 1U);
    EXPECT_THAT(std::get<net::HttpResponse>(connector.event_answers.front()).body,
                HasSubstr("UNKNOWN_APPID"));
}

class Contract : public SapSide {
  protected:
    std::string before;  // steps after the log-on

    /// Logs on, lets the connector do something, and ends when the SAP side has seen so many events.
    void after_log_on(unsigned events, const std::function<void()>& act) {
        start(std::string(log_on) + before + R"({"do": "request", "operation": "getPresence"},
              {"do": "wait_for", "events": )" +
              std::to_string(events) + R"(}, {"do": "finish"})");
        connector.refuse = [act](const ici::RequestMessage& message) -> std::optional<ici::ErrorId> {
            if (ici::operation_of(message.request) == ici::Operation::get_presence) act();
            return std::nullopt;
        };
        finish();
    }
};

TEST_F(Contract, TwoEventsAtOnceAreAProtocolError) {
    before = R"({"do": "inject", "what": "slow", "name": "actionItemChanged", "ms": 100},)";
    after_log_on(4, [this] {
        for (const char* id : {"s1", "s2", "s3"})
            connector.send_out_of_turn(
                ici::write_event(connector.offer(id, "a", ici::ProcessingStatus::alerting)));
    });
    EXPECT_TRUE(failed);
    EXPECT_THAT(told("protocol_error", "text"), Contains(HasSubstr("second event")));
}

TEST_F(Contract, AnEventAfterSubscriptionEndedIsAProtocolError) {
    after_log_on(3, [this] {
        ici::event::SubscriptionEnded ended;
        ended.app_ids = {connector.app_id()};
        ended.reason = ici::text_element(ici::EndReason::shutting_down);
        connector.send(ended);
        connector.send(connector.offer("s1", "a", ici::ProcessingStatus::alerting));
    });
    EXPECT_TRUE(failed);
    EXPECT_THAT(told("protocol_error", "text"), Contains(HasSubstr("after subscriptionEnded")));
    EXPECT_EQ(figure("agents_logged_on"), 0U);
}

TEST_F(Contract, AnIllegalStepAndAnIncompleteObjectAreProtocolErrors) {
    after_log_on(2, [this] {
        auto event = connector.offer("s1", "a", ici::ProcessingStatus::ended);
        event.action_session.title = "Call back";
        std::string text_of_event = ici::write_event(event);
        const std::string title = "<title xsi:type=\"xsd:string\">Call back</title>";
        text_of_event.erase(text_of_event.find(title), title.size());
        connector.send_out_of_turn(text_of_event);
    });
    EXPECT_THAT(told("protocol_error", "text"), Contains(HasSubstr("illegal step")));
    EXPECT_THAT(told("protocol_error", "text"), Contains(HasSubstr("actionSession.title is absent")));
}

TEST_F(Contract, AnAppIdThatWasNeverGivenOutIsOnlyRefused) {
    after_log_on(2, [this] {
        ici::event::UserChanged event;
        event.app_ids = {"NOBODY"};
        connector.send_out_of_turn(ici::write_event(event));
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(figure("unknown_app_ids"), 1U);
}

// ici.md section 4: accepted, answered, logged, although nobody sends them; an unknown one is told by name.
TEST_F(Contract, UnusualEventsAreTold) {
    after_log_on(3, [this] {
        connector.send(ici::event::PhoneLineChanged{{connector.app_id()}});
        auto unknown = ici::write_event(ici::event::StatisticsChanged{{connector.app_id()}});
        for (auto at = unknown.find("statisticsChanged"); at != std::string::npos;
             at = unknown.find("statisticsChanged"))
            unknown.replace(at, std::string("statisticsChanged").size(), "moonChanged");
        connector.send_out_of_turn(unknown);
    });
    EXPECT_THAT(told("ici.event", "name"), Contains("phoneLineChanged"));
    EXPECT_THAT(told("ici.unknown_event", "text"), ElementsAre(HasSubstr("moonChanged")));
    EXPECT_FALSE(failed);
}

TEST_F(SapSide, OnlyPostIsServed) {
    start("");
    asio::ip::tcp::socket socket(io);
    const net::HttpTarget url = *parse_url(simulator->app_url());
    const std::string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    std::string answer;
    socket.connect({asio::ip::make_address(url.host), url.port});
    asio::write(socket, asio::buffer(request));
    asio::async_read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n",
                           [this](boost::system::error_code, std::size_t) { stage->stop(); });
    finish();
    EXPECT_THAT(answer, HasSubstr("405"));
    EXPECT_THAT(answer, HasSubstr("Allow: POST"));
}

TEST_F(SapSide, BadStepsAreRefusedWithTheirPlace) {
    for (const auto& [steps, place] : std::vector<std::pair<std::string, std::string>>{
             {R"({"do": "dance"})", "dance"},
             {R"({"do": "log_on", "user": "NOBODY"})", "NOBODY"},
             {R"({"do": "wait_for", "timeout_ms": 1})", "waits for nothing"},
             {R"({"do": "wait_for", "moons": 1})", "moons"},
             {R"({"do": "request", "operation": "dance"})", "dance"},
             {R"({"do": "inject", "what": "rain"})", "rain"}}) {
        try {
            start(steps);
            ADD_FAILURE() << steps;
        } catch (const ScriptError& error) {
            EXPECT_THAT(error.what(), HasSubstr(place));
            EXPECT_THAT(error.what(), HasSubstr("steps[0]"));
        }
    }
}

}  // namespace
}  // namespace cticonnector::sim::sap::testing
