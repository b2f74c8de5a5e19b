#pragma once
// The CTI side between engine and wire, without a socket: actions in, bytes out; messages in, events out.

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <utility>
#include <vector>

#include "cti.hpp"
#include "lent.hpp"
#include "messages.hpp"
#include "names.hpp"

namespace cticonnector::routing::test {

class CtiTest : public ::testing::Test {
  protected:
    CtiTest() {
        settings.application_path = 5001;
        settings.action_mrd = 5001;
        settings.chat_mrd = 5003;
        settings.ecc = {{"user.id", false}};
        cti.link_up(now);
        take_all();
    }

    const Bytes& perform(const engine::CenterAction& action) {
        cti.perform(action, now);
        return written();
    }
    const Bytes& receive(const Bytes& bytes) {
        for (const wire::Frame& frame : frames_of(bytes)) cti.on(frame, now);
        return written();
    }
    template <class M>
    const Bytes& receive(const M& m) {
        return receive(bytes_of(m));
    }
    /// Answers the request, which is a Q, with `m` under its InvokeID.
    template <class Q, class M>
    const Bytes& answer(const Bytes& request, M m) {
        m.invoke_id = only<Q>(request).invoke_id;
        return receive(m);
    }
    /// What was written since; it lives as long as the test, because messages point into it.
    const Bytes& written() { return written_.emplace_back(std::exchange(cti.state().out, {})); }

    /// The one event there is.
    template <class E>
    E take() {
        auto events = take_all();
        EXPECT_EQ(events.size(), 1u);
        if (events.size() != 1 || !std::holds_alternative<E>(events[0])) {
            ADD_FAILURE() << "not the event that was expected";
            return {};
        }
        return std::get<E>(events[0]);
    }
    std::vector<engine::Event> take_all() { return std::exchange(cti.state().events, {}); }
    bool silent() { return take_all().empty(); }

    void log_in() {
        answer<ged188::SetAgentStateReq>(perform(engine::Login{op, ann, "52513", Secret("p"), false}),
                                         ged188::SetAgentStateConf{});
        take<engine::Outcome>();
    }
    void know_ann() { cti.state().directory.learn_answer(ann, 5501); }
    static ged188::AgentStateEvent state_event(std::uint16_t state, std::int32_t mrd = 1) {
        ged188::AgentStateEvent e;
        e.peripheral_id = 5000;
        e.agent_state = state;
        e.mrd_id = mrd;
        e.icm_agent_id = 5501;
        e.agent_id = "1001";
        return e;
    }

    Settings settings;
    Current<Settings> current{cticonnector::testing::lent(settings)};
    InvokeIds ids;
    Cti cti{current, ids, engine::LinkId{1}};
    engine::Time now = engine::Time{} + std::chrono::hours{1};

  private:
    std::deque<Bytes> written_;
};

}  // namespace cticonnector::routing::test
