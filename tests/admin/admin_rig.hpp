#pragma once
// The [ADMIN] listener over real sockets, before an engine that nothing has happened to.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collected_log.hpp"
#include "cticonnector/admin/admin.hpp"
#include "engine/house.hpp"
#include "http_peer.hpp"
#include "loop.hpp"

namespace cticonnector::admin::testing {

namespace asio = boost::asio;
using cticonnector::testing::CollectedLog;
using cticonnector::testing::connect_line;
using cticonnector::testing::Line;
using cticonnector::testing::LinePtr;
using cticonnector::testing::Message;
using cticonnector::testing::take_message;
using engine::testing::House;

class AdminRig : public ::testing::Test {
  protected:
    ~AdminRig() override {
        admin.stop();
        for (const auto& line : clients_) line->close();
        io.restart();
        io.poll();
    }
    static Settings free_port() {
        Settings settings;
        settings.listen_port = 0;
        settings.server_names = {"cti.example"};
        return settings;
    }

    LinePtr client() { return clients_.emplace_back(connect_line(io, admin.port())); }
    Message reply(const LinePtr& line) {
        std::optional<Message> message;
        cticonnector::testing::run_until(
            io, [&] { return (message = take_message(line->bytes)).has_value() || line->closed; });
        return message.value_or(Message{"HTTP/1.1 000 connection closed", {}});
    }
    Message ask(const LinePtr& line, const std::string& method_and_path,
                const std::string& headers = "Host: localhost\r\n") {
        line->send(method_and_path + " HTTP/1.1\r\n" + headers + "\r\n");
        return reply(line);
    }
    Message answer(const std::string& method_and_path, const std::string& headers = "Host: localhost\r\n") {
        const auto line = client();
        auto message = ask(line, method_and_path, headers);
        line->close();
        return message;
    }

    asio::io_context io;
    House house;
    CollectedLog log;
    Journal journal{log};
    bool serving = true;
    std::function<std::string()> metrics = [] { return std::string("cticonnector_up 1\n"); };
    std::vector<engine::ItemId> retried;
    Current<Settings> settings{free_port()};
    Admin admin{io,
                settings,
                {.engine = house.engine,
                 .journal = journal,
                 .log = log,
                 .health = [this] { return HealthFacts{.ici = serving, .voice = true}; },
                 .worker = [](engine::SubscriptionId) { return std::nullopt; },
                 .shown_workmode = [](engine::SubscriptionId, int mode) { return mode; },
                 .metrics = [this] { return metrics(); }},
                [this](engine::ItemId item) { retried.push_back(item); }};

  private:
    std::vector<LinePtr> clients_;
};

}  // namespace cticonnector::admin::testing
