#pragma once
// The CRM side between two scripted peers on loopback: SAP as a client that posts requests, and SAP as the
// server that takes events. The engine is a list of events and whatever actions the test performs.

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collected_log.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "http_peer.hpp"
#include "lent.hpp"

namespace cticonnector::crm::testing {

namespace asio = boost::asio;
namespace request = ici::request;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;
using cticonnector::testing::CollectedLog;
using cticonnector::testing::connect_line;
using cticonnector::testing::http;
using cticonnector::testing::lent;
using cticonnector::testing::Line;
using cticonnector::testing::LinePtr;
using cticonnector::testing::Message;
using cticonnector::testing::take_message;

/// SAP's event receiver. `script` says what an event is answered: an HTTP message, nothing (no answer until
/// answer_all()), or "close".
class ScriptedSap {
  public:
    struct Received {
        std::string head;
        std::string app_id;
        ici::Event event;
        LinePtr line;
    };

    explicit ScriptedSap(asio::io_context& io) : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {
        accept();
    }
    ~ScriptedSap() {
        acceptor_.close();
        for (const auto& line : lines_) {
            line->on_bytes = nullptr;
            line->close();
        }
    }

    static std::string ok(const ici::Event& event) {
        return http("HTTP/1.1 200 OK", ici::write_event_reply(ici::kind_of(event)));
    }
    static std::string fault(ici::ErrorId id) {
        return http("HTTP/1.1 500 Internal Server Error", ici::write_fault(ici::make_fault(id)));
    }

    std::string url(std::string_view path = "/sap/events") const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()).append(path);
    }
    std::size_t accepted() const { return lines_.size(); }
    std::size_t open() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(lines_, [](const LinePtr& line) { return !line->closed; }));
    }
    /// The connections there are say nothing any more, and do not end either; new ones are served.
    void silence() {
        for (const LinePtr& line : lines_) line->on_bytes = nullptr;
    }
    void answer_all() {
        for (auto& [line, event] : std::exchange(unanswered, {})) line->send(ok(event));
    }
    std::vector<std::string> kinds() const {
        std::vector<std::string> names;
        for (const auto& r : received) names.emplace_back(ici::event_name(ici::kind_of(r.event)));
        return names;
    }

    std::function<std::string(const Received&)> script = [](const Received& r) { return ok(r.event); };
    std::vector<Received> received;
    std::vector<std::pair<LinePtr, ici::Event>> unanswered;

  private:
    void accept() {
        acceptor_.async_accept([this](auto error, tcp::socket socket) {
            if (error) return;
            auto line = std::make_shared<Line>(std::move(socket));
            lines_.push_back(line);
            line->on_bytes = [this, raw = line.get()] { take(raw->shared_from_this()); };
            line->read();
            accept();
        });
    }
    void take(const LinePtr& line) {
        while (const auto message = take_message(line->bytes)) {
            auto event = ici::read_event(message->body);
            ASSERT_TRUE(event);
            const auto app_ids = std::visit([](const auto& e) { return e.app_ids; }, *event);
            ASSERT_EQ(app_ids.size(), 1u);
            received.push_back({message->head, app_ids.front(), std::move(*event), line});
            const std::string answer = script(received.back());
            if (answer == "close")
                line->close();
            else if (answer.empty())
                unanswered.emplace_back(line, received.back().event);
            else
                line->send(answer);
        }
    }
    tcp::acceptor acceptor_;
    std::vector<LinePtr> lines_;
};

class Rig : public ::testing::Test {
  protected:
    Rig() {
        settings.listen_address = asio::ip::address_v4::loopback();
        settings.listen_port = 0;
        settings.retry_pause = 5ms;
        settings.lost_pause = 1h;
        settings.unknown_app_id_grace = 0ms;
    }
    ~Rig() override {
        for (const auto& line : clients_) line->close();
    }

    Ici& ici() {
        if (!ici_) {
            ici_.emplace(
                io, current, languages, log, numbers,
                [this](engine::Event event, Clock::time_point at) {
                    events.push_back(std::move(event));
                    received_at.push_back(at);
                },
                [this] { return mr_serves; });
        }
        return *ici_;
    }

    /// Lets the loop run until it is so; the watchdog makes a hang a failure.
    template <class Condition>
    [[nodiscard]] bool until(Condition condition) {
        const auto deadline = Clock::now() + 20s;
        io.restart();
        while (!condition()) {
            if (Clock::now() > deadline) return false;
            io.run_one_for(100ms);
        }
        return true;
    }
    /// Everything that can happen without anything new has happened.
    void settle() {
        io.restart();
        while (io.run_one_for(20ms) > 0) {
        }
    }

    LinePtr client(const char* from = "127.0.0.1") {
        return clients_.emplace_back(connect_line(io, ici().port(), from));
    }
    Message reply(const LinePtr& line) {
        std::optional<Message> message;
        EXPECT_TRUE(until([&] { return (message = take_message(line->bytes)).has_value() || line->closed; }));
        return message.value_or(Message{"HTTP/1.1 000 connection closed", {}});
    }
    static std::string post(const std::string& body, std::string_view more = {}) {
        return http("POST /ici/Any HTTP/1.1", body, more);
    }
    static std::string envelope(ici::Request asked, std::string user = "MUELLERK",
                                std::string language = "EN") {
        return ici::write_request({{std::move(user), std::move(language)}, std::move(asked)});
    }
    /// Posts and waits until the engine has the event.
    template <class Event>
    Event ask(const LinePtr& line, ici::Request asked, std::string user = "MUELLERK") {
        const auto before = events.size();
        line->send(post(envelope(std::move(asked), std::move(user))));
        EXPECT_TRUE(until([&] { return events.size() > before; }));
        if (events.size() == before || !std::holds_alternative<Event>(events.back())) {
            ADD_FAILURE() << "another event, or none";
            return {};
        }
        return std::get<Event>(events.back());
    }
    void perform(const engine::CrmAction& action, std::optional<Clock::time_point> cause = {}) {
        ici().perform(action, cause);
    }

    static engine::UserView user(std::string name = "MUELLERK") {
        engine::UserView view;
        view.user_name = std::move(name);
        view.device = "4711";
        view.logged_on = true;
        view.workmode = 3;
        view.status = engine::UserStatus::not_ready;
        view.limits = {{1, 2, 0}};
        return view;
    }
    static engine::ItemView call(std::string key,
                                 engine::Processing processing = engine::Processing::alerting) {
        engine::ItemView view;
        view.key = {std::move(key)};
        view.processing = processing;
        view.user_name = "MUELLERK";
        return view;
    }
    /// The whole log-on; its reply has been read.
    engine::SubscriptionId subscribe(const std::string& url, std::string app_id = "APP",
                                     std::string name = "MUELLERK") {
        const auto line = client();
        const auto e = ask<engine::Subscribe>(
            line, request::Subscribe{url, std::move(app_id), Secret{"5001;s3cret;4711"}}, name);
        perform(engine::Reply{.request = e.request, .user = user(name)});
        EXPECT_EQ(reply(line).status(), 200u);
        return e.subscription;
    }
    template <class Event>
    std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            events, [](const engine::Event& e) { return std::holds_alternative<Event>(e); }));
    }
    static std::string error_id(const Message& message) {
        const auto answer = ici::read_event_reply(message.body);
        const auto* fault = std::get_if<ici::Fault>(&answer);
        return fault && fault->exception ? std::string(ici::id_of(fault->exception->error_id)) : "";
    }
    std::uint64_t counted(const Counts& counts, const std::string& labels) const {
        const auto found = counts.find(labels);
        return found == counts.end() ? 0 : found->second;
    }

    asio::io_context io;
    Settings settings;
    Current<Settings> current{lent(settings)};
    Languages languages;
    CollectedLog log;
    Numbers numbers;
    bool mr_serves = false;
    std::vector<engine::Event> events;
    std::vector<Clock::time_point> received_at;

  private:
    std::vector<LinePtr> clients_;

  protected:
    std::optional<Ici> ici_;
};

}  // namespace cticonnector::crm::testing
