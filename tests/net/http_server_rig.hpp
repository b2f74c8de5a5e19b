#pragma once
// The HTTP server of every listener and its clients, over real sockets.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/net/http_server.hpp"
#include "http_peer.hpp"

namespace cticonnector::net::testing {

using cticonnector::testing::connect_line;
using cticonnector::testing::Line;
using cticonnector::testing::LinePtr;
using cticonnector::testing::Message;
using cticonnector::testing::take_message;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

class HttpServerRig : public ::testing::Test {
  protected:
    ~HttpServerRig() override {
        for (const auto& line : clients_) line->close();
    }

    HttpServer& server() {
        if (!server_) {
            server_.emplace(
                io, settings,
                [this](HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
                    requests.push_back(request);
                    handler(request, std::move(exchange));
                },
                [this](std::string_view text) { broken.emplace_back(text); },
                [this](std::string_view why) { shortages.emplace_back(why); });
        }
        return *server_;
    }

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

    LinePtr client() { return clients_.emplace_back(connect_line(io, server().port())); }
    Message reply(const LinePtr& line) {
        std::optional<Message> message;
        EXPECT_TRUE(until([&] { return (message = take_message(line->bytes)).has_value() || line->closed; }));
        return message.value_or(Message{"HTTP/1.1 000 connection closed", {}});
    }
    Message answer(std::string text) {
        const auto line = client();
        line->send(std::move(text));
        return reply(line);
    }

    asio::io_context io;
    HttpServerSettings settings;
    std::function<void(const HttpRequest&, std::shared_ptr<HttpExchange>)> handler =
        [](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
            exchange->answer({200, request.path, "text/plain"}, {});
        };
    std::vector<HttpRequest> requests;
    std::vector<std::string> shortages;
    std::vector<std::string> broken;

  private:
    std::vector<LinePtr> clients_;
    std::optional<HttpServer> server_;
};

}  // namespace cticonnector::net::testing
