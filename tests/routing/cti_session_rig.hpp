#pragma once
// The CTI session as a pure machine, with the clock in the test's hand.

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

#include "cti_session.hpp"
#include "lent.hpp"
#include "messages.hpp"

namespace cticonnector::routing::test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

inline Settings both_sides() {
    Settings settings;
    settings.sides = {{{"cti-a", 42027}, {"cti-b", 43027}}};
    settings.client_id = "cti client";
    settings.client_password = Secret("geheim");
    return settings;
}

class SessionTest : public ::testing::Test {
  protected:
    SessionTest() { session.start(now, steps); }

    /// What the last input made the session do, in short.
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const CtiStep& step : steps) result.push_back(std::visit(Words{*this}, step));
        steps.clear();
        return result;
    }
    struct Words {
        SessionTest& test;
        std::string operator()(const Connect& c) { return std::string("connect ") + "AB"[c.side]; }
        std::string operator()(const CtiSend& s) {
            test.last_sent = s.bytes;
            return names_of(s.bytes).at(0);
        }
        std::string operator()(const Reset&) { return "reset"; }
        std::string operator()(const Up& u) { return std::string("up ") + "AB"[u.side]; }
        std::string operator()(const Down& d) {
            test.last_down = d;
            return std::string(d.was_up ? "down " : "failed ") + "AB"[d.side];
        }
        std::string operator()(const OpenRefused& r) {
            test.refusal = r;
            return std::string(r.standby ? "standby " : "refused ") + "AB"[r.side];
        }
        std::string operator()(const Condition& c) {
            test.condition = c;
            return "condition";
        }
        std::string operator()(const Stopped&) { return "stopped"; }
    };

    template <class M>
    std::vector<std::string> receive(const M& message) {
        const auto sent = message_of(message);
        EXPECT_TRUE(session.on(sent.frame(), now, steps)) << M::name;
        return words();
    }
    std::vector<std::string> at(CtiSession::Time::duration later) {
        now += later;
        session.on_time(now, steps);
        return words();
    }
    std::vector<std::string> connect() {
        session.connected(now, steps);
        return words();
    }
    std::vector<std::string> lose(const std::string& why = "end of file") {
        session.lost(why, now, steps);
        return words();
    }
    ged188::OpenConf confirmation() {
        const auto request = only<ged188::OpenReq>(last_sent);
        return {.invoke_id = request.invoke_id,
                .services_granted = request.services_requested,
                .peripheral_online = true,
                .session_type = ged188::SessionType::ACTIVE};
    }
    void open() {
        words();
        EXPECT_THAT(connect(), ElementsAre("OPEN_REQ"));
        EXPECT_THAT(receive(confirmation()), ::testing::Contains(::testing::StartsWith("up")));
        EXPECT_TRUE(session.up());
    }
    void leave_a_standby_server() {
        words();
        connect();
        ged188::OpenConf conf = confirmation();
        conf.session_type = ged188::SessionType::STANDBY;
        EXPECT_THAT(receive(conf), ElementsAre("standby A", "CLOSE_REQ"));
    }
    /// An attempt that has just begun ends with FAILURE_CONF.
    std::vector<std::string> be_refused(std::uint32_t status) {
        words();
        connect();
        return receive(
            ged188::FailureConf{.invoke_id = only<ged188::OpenReq>(last_sent).invoke_id, .status = status});
    }
    std::chrono::milliseconds until_deadline() {
        return std::chrono::duration_cast<std::chrono::milliseconds>(*session.next_deadline() - now);
    }

    Settings settings = both_sides();
    Current<Settings> current{cticonnector::testing::lent(settings)};
    InvokeIds ids;
    CtiSession session{current, ids, 7};
    CtiSession::Time now = CtiSession::Time{} + 1h;
    std::vector<CtiStep> steps;
    Bytes last_sent;
    Down last_down;
    Condition condition;
    OpenRefused refusal;
};

}  // namespace cticonnector::routing::test
