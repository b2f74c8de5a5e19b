#pragma once
// The table of calls: messages of GED-188 section 8 in, what the engine is told out, in short.

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <vector>

#include "calls.hpp"
#include "lent.hpp"
#include "messages.hpp"
#include "names.hpp"

namespace cticonnector::routing::test {

using namespace engine;
using namespace ged188;
using engine::AgentState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

inline constexpr std::uint16_t none = ConnectionDeviceIDType::CONNECTION_ID_NONE;

/// Fields that every call event has.
template <class M>
M of(std::uint32_t call, std::string_view device) {
    M m;
    m.peripheral_id = 5000;
    m.connection_call_id = call;
    m.connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_DYNAMIC;
    m.connection_device_id = device;
    return m;
}

class CallsTest : public ::testing::Test {
  protected:
    CallsTest() {
        settings.ecc = {{"user.id", false}, {"user.list", true}};
        directory.set_phone(ann, "4001", "4001");
        directory.set_phone(ben, "4002", "4002");
    }

    template <class M>
    std::vector<std::string> receive(const M& m, wire::Version spoken = test::version) {
        const auto message = message_of(m, spoken);
        EXPECT_TRUE(calls.on(message.frame(), spoken)) << M::name;
        return words();
    }
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const Event& event : events) result.push_back(std::visit(Words{*this}, event));
        events.clear();
        return result;
    }
    struct Words {
        CallsTest& test;
        static std::string who(const auto& e) {
            return (e.agent == ann ? " ann " : " ben ") + std::to_string(e.call.call) + "/" + e.call.device;
        }
        std::string operator()(const CallOffered& e) {
            test.info = *e.info;
            test.call = e.call;
            return std::string(e.routed ? "routed" : "offered") + who(e);
        }
        std::string operator()(const CallDialled& e) {
            test.info = *e.info;
            return "dialled" + who(e);
        }
        std::string operator()(const CallConnected& e) { return "connected" + who(e); }
        std::string operator()(const CallHeld& e) { return "held" + who(e); }
        std::string operator()(const CallRetrieved& e) { return "retrieved" + who(e); }
        std::string operator()(const CallEnded& e) {
            constexpr std::array endings{"cleared", "redirected", "failed"};
            return endings[static_cast<std::size_t>(e.ending)] + who(e);
        }
        std::string operator()(const CallData& e) {
            test.info = *e.info;
            return "data" + who(e);
        }
        std::string operator()(const CallFound& e) {
            test.info = *e.info;
            return "found" + who(e);
        }
        std::string operator()(const auto&) { return "?"; }
    };

    static BeginCallEvent begin(std::uint32_t call = 7, std::string_view device = "trunk") {
        auto m = of<BeginCallEvent>(call, device);
        m.call_type = CallType::CALLTYPE_OTHER_IN;
        return m;
    }
    static CallDeliveredEvent delivered(std::string_view device, std::string_view alerting,
                                        std::uint32_t call = 7) {
        auto m = of<CallDeliveredEvent>(call, device);
        m.local_connection_state = LocalConnectionState::LCS_ALERTING;
        m.alerting_device_id = alerting;
        m.skill_group_number = 0xFFFFFFFF;
        return m;
    }
    static CallEstablishedEvent established(std::string_view device, std::string_view answering,
                                            std::string_view calling = "+49 1", std::uint32_t call = 7) {
        auto m = of<CallEstablishedEvent>(call, device);
        m.local_connection_state = LocalConnectionState::LCS_CONNECT;
        m.answering_device_id = answering;
        m.calling_device_id = calling;
        m.skill_group_number = 0xFFFFFFFF;
        return m;
    }
    static CallConnectionClearedEvent released(std::string_view device, std::string_view releasing,
                                               std::uint16_t cause = EventCause::CEC_NONE,
                                               std::uint32_t call = 7) {
        auto m = of<CallConnectionClearedEvent>(call, device);
        m.releasing_device_id = releasing;
        m.event_cause = cause;
        return m;
    }
    /// Ann talks on call 7.
    void talk() {
        receive(begin());
        receive(delivered("a7", "4001"));
        EXPECT_THAT(receive(established("a7", "4001")), ElementsAre("connected ann 7/a7"));
    }
    /// Ann dials.
    void dial(std::uint32_t number, std::string_view device) {
        receive(begin(number, device));
        auto initiated = of<CallServiceInitiatedEvent>(number, device);
        initiated.calling_device_id = "4001";
        EXPECT_THAT(receive(initiated), IsEmpty());
        auto originated = of<CallOriginatedEvent>(number, device);
        originated.calling_device_id = "4001";
        originated.called_device_id = "0815";
        EXPECT_THAT(receive(originated),
                    ElementsAre("dialled ann " + std::to_string(number) + "/" + std::string(device)));
    }

    /// Ann has dialled Ben on call 9.
    void consult() {
        dial(9, "a9");
        auto ringing = delivered("b9", "4002", 9);
        ringing.calling_device_id = "4001";
        receive(ringing);
        receive(established("b9", "4002", "4001", 9));
    }

    Settings settings;
    Current<Settings> current{cticonnector::testing::lent(settings)};
    Directory directory;
    std::vector<Event> events;
    Oddities odd;
    Calls calls{current, directory, events, odd};
    ItemInfo info;
    CallId call;
};

}  // namespace cticonnector::routing::test
