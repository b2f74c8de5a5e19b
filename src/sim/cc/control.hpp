#pragma once
// Client Control: what a client asks for agents' voice states and for calls. A positive confirmation, or
// CONTROL_FAILURE_CONF with the published codes. Source: GED-188 sections 7, 8, 13 (26..85).

#include <cstdint>
#include <optional>
#include <string_view>

#include "client_sessions.hpp"
#include "switchboard.hpp"
#include "voice.hpp"

namespace cticonnector::sim::cc {

class Control {
  public:
    Control(const Settings& settings, ClientSessions& sessions, Agents& agents, Voice& voice,
            PhoneCalls& calls, Switchboard& switchboard, Outside& outside);

    void on(ClientSession& session, const ged188::QueryAgentStateReq& request);
    void on(ClientSession& session, const ged188::SetAgentStateReq& request);
    void on(ClientSession& session, const ged188::AnswerCallReq& request);
    void on(ClientSession& session, const ged188::ClearCallReq& request);
    void on(ClientSession& session, const ged188::ClearConnectionReq& request);
    void on(ClientSession& session, const ged188::HoldCallReq& request);
    void on(ClientSession& session, const ged188::RetrieveCallReq& request);
    void on(ClientSession& session, const ged188::AlternateCallReq& request);
    void on(ClientSession& session, const ged188::MakeCallReq& request);
    void on(ClientSession& session, const ged188::ReleaseCallReq& request);
    void on(ClientSession& session, const ged188::SetCallDataReq& request);
    void on(ClientSession& session, const ged188::SnapshotDeviceReq& request);
    void on(ClientSession& session, const ged188::SnapshotCallReq& request);
    void on(ClientSession& session, const ged188::QueryDeviceInfoReq& request);

    void refuse(const ClientSession& session, std::uint32_t invoke_id, const ControlFailure& failure);

  private:
    // A connection as a request names it.
    struct Named {
        std::uint32_t call_id = 0;
        std::optional<std::string_view> connection;
        std::optional<std::string_view> instrument;  // of the agent, when the connection is not named
    };
    struct Found {
        std::optional<PartyId> party;
        ControlFailure failure{};  // why there is none
    };
    Found find(const Named& named);
    using Operation = Refusal (Switchboard::*)(PartyId, const Confirm&);
    template <class Conf>
    void operate(const ClientSession& session, std::uint32_t invoke_id, const Named& named,
                 Operation operation);
    void login(const ClientSession& session, const ged188::SetAgentStateReq& request, Agent* agent);

    const Settings& settings_;
    ClientSessions& sessions_;
    Agents& agents_;
    Voice& voice_;
    PhoneCalls& calls_;
    Switchboard& switchboard_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
