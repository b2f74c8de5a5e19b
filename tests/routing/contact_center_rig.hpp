#pragma once
// The whole routing side between a scripted CTI server and a scripted PIM, over real sockets.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cticonnector/routing/contact_center.hpp"
#include "lent.hpp"
#include "names.hpp"
#include "peers.hpp"

namespace cticonnector::routing::test {

class ContactCenterTest : public ::testing::Test {
  protected:
    ContactCenterTest() {
        settings.sides = {{{"127.0.0.1", a.port()}, {"127.0.0.1", b.port()}}};
        settings.client_password = Secret("cti-secret");
        settings.application_path = 5001;
        settings.mr_address = asio::ip::address_v4::loopback();
        settings.mr_port = 0;
    }
    void start() {
        if (center) retired.push_back(std::move(center));  // each outlives the loop
        center = std::make_unique<ContactCenter>(
            io, current, log,
            [this](engine::Event event, auto received) {
                EXPECT_LE(received, std::chrono::steady_clock::now());
                hear(event);
                events.push_back(std::move(event));
            },
            7);
        center->start();
    }
    /// Answers OPEN_REQ of the peer that has just connected.
    static ged188::OpenConf confirmation(std::uint32_t invoke_id) {
        return {.invoke_id = invoke_id,
                .services_granted = 0x416,
                .peripheral_online = true,
                .session_type = ged188::SessionType::ACTIVE};
    }
    PeerPtr open(Server& server) {
        const PeerPtr peer = server.next();
        peer->send(confirmation(expect<ged188::OpenReq>(io, peer).invoke_id));
        EXPECT_TRUE(until([&] { return link_up; }));
        return peer;
    }
    /// A PIM that has connected.
    PeerPtr pim(std::uint32_t idle_timeout = 0) {
        const PeerPtr peer = connect_to(io, center->mr_port());
        peer->send(mr::MrOpenReq{
            .invoke_id = 1, .version_number = 1, .idle_timeout = idle_timeout, .pim_name = "PIM"});
        EXPECT_EQ(expect<mr::MrOpenConf>(io, peer).status, 0u);
        return peer;
    }
    /// What was told last of the two links; events are taken by whoever waits for them.
    void hear(const engine::Event& event) {
        if (std::holds_alternative<engine::LinkUp>(event)) link_up = true;
        if (std::holds_alternative<engine::LinkDown>(event)) link_up = false;
        if (std::holds_alternative<engine::RouterUp>(event)) router_up = true;
        if (std::holds_alternative<engine::RouterDown>(event)) router_up = false;
    }
    PeerPtr started() {
        start();
        return open(a);
    }
    bool until(const std::function<bool()>& done) { return run_until(io, done); }
    template <class E>
    E take() {
        const auto is = [](const engine::Event& event) { return std::holds_alternative<E>(event); };
        until([&] { return std::ranges::any_of(events, is); });
        const auto found = std::ranges::find_if(events, is);
        if (found == events.end()) return {};
        E event = std::get<E>(std::move(*found));
        events.erase(found);
        return event;
    }
    void perform(const engine::CenterAction& action) { center->perform(action); }
    void perform(const engine::RouterAction& action) { center->perform(action); }
    bool stop() {
        bool done = false;
        center->stop([&] { done = true; });
        return until([&] { return done; });
    }
    std::uint64_t count(const std::string& labels) {
        const auto found = center->counters().cti_messages.find(labels);
        return found == center->counters().cti_messages.end() ? 0 : found->second;
    }

    asio::io_context io;
    Server a{io}, b{io};
    CollectedLog log{Level::info};
    Settings settings;
    Current<Settings> current{cticonnector::testing::lent(settings)};
    std::vector<engine::Event> events;
    bool link_up = false, router_up = false;
    std::unique_ptr<ContactCenter> center;
    std::vector<std::unique_ptr<ContactCenter>> retired;
};

}  // namespace cticonnector::routing::test
