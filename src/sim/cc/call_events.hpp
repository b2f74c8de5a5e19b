#pragma once
// The events of a phone call as messages to the sessions that asked for them. Fields speak of the device the
// event is about (R-DEC-37). Source: GED-188 sections 8 and 13 (9..25, 105).

#include "agents.hpp"
#include "phone_calls.hpp"

namespace cticonnector::sim::cc {

class CallEvents {
  public:
    CallEvents(const Settings& settings, ClientSessions& sessions, Agents& agents, Outside& outside)
        : settings_(settings), sessions_(sessions), agents_(agents), outside_(outside) {}

    void pre_call(const Call& call, const Agent& agent);
    void begin(const Call& call, const Party& party);
    void service_initiated(const Call& call, const Party& party);
    void originated(const Call& call, const Party& party);
    void delivered(const Call& call, const Party& alerting);
    void established(const Call& call, const Party& answering);
    void held(const Call& call, const Party& party);
    void retrieved(const Call& call, const Party& party);
    void failed(const Call& call, const Party& party, std::uint16_t cause);
    void connection_cleared(const Call& call, const Party& party, std::uint16_t cause);
    void cleared(const Call& call, const Party& party, std::uint16_t cause);
    void ended(const Call& call, const Party& party);
    void data_update(const Call& call, const Party& party);

  private:
    template <class Message>
    Message about(const Call& call, const Party& party) const;
    template <class Message>
    void send(const Message& message, const Call& call, std::uint32_t mask);
    void report(std::string_view event, const Call& call, const Party& party);

    const Settings& settings_;
    ClientSessions& sessions_;
    Agents& agents_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
