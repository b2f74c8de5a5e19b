#pragma once
// The shell of the SAP side: sends what the models want, feeds them what comes, checks the contract on the
// way and tells of both. It decides nothing about agents.
//
// One thread. pump() after anything that a model was told from outside; the rest pumps itself.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "action_items.hpp"
#include "connector_client.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/sim/script/output.hpp"
#include "desks.hpp"
#include "event_server.hpp"
#include "injections.hpp"
#include "item_rules.hpp"
#include "settings.hpp"
#include "subscriptions.hpp"

namespace cticonnector::sim::sap {

struct Counters {
    std::size_t requests = 0;
    std::size_t replies = 0;
    std::size_t faults = 0;      // answers to requests
    std::size_t no_answers = 0;  // requests without a readable answer
    std::size_t events = 0;
    std::size_t retries = 0;          // events sent again after a bad answer
    std::size_t duplicates = 0;       // events sent again after a good one
    std::size_t unknown_app_ids = 0;  // answered UNKNOWN_APPID
    std::size_t unknown_events = 0;
    std::size_t injected = 0;
    std::size_t protocol_errors = 0;
};

class Traffic {
  public:
    /// Listens for events from now on; throws boost::system::system_error.
    Traffic(boost::asio::io_context& io, Output& output, const Settings& settings, std::uint64_t app_id_seed);

    void pump();
    void close();
    void on_change(std::function<void()> call) { on_change_ = std::move(call); }

    Desks& desks() { return desks_; }
    ActionItems& action_items() { return action_items_; }
    Injections& injections() { return injections_; }
    EventServer& server() { return server_; }
    const Counters& counters() const { return counters_; }
    const std::string& app_url() const { return app_url_; }

    /// The agent's next subscription is not known to the server before so long after its reply (R-DEC-56).
    void delay_subscription(AgentIndex agent, milliseconds delay) { delayed_[agent] = delay; }

    using Then = std::function<void(const Outcome&)>;
    void ask(const ici::RequestMessage& message, Then then);

    /// Any text at all; its answer is only told.
    void post(const std::string& service, const std::string& text);

  private:
    EventAnswer receive(const std::string& body);
    EventAnswer refuse(const ici::Refusal&);
    EventAnswer refuse_unknown(const ici::Event&, const std::string& app_id);
    EventAnswer answer_event(const ici::Event&, const std::string& app_id, const std::string& user,
                             const std::optional<Injection>&);
    void check_contract(AgentIndex, const ici::Event&, const std::optional<ItemEvent>&,
                        const std::string& body);
    void take_event(AgentIndex, const ici::Event&, const std::optional<ItemEvent>&,
                    const std::string& app_id);
    void tell_event(AgentIndex, const ici::Event&, const std::optional<ItemEvent>&, const Arrival&);
    void violation(const std::string& user, const std::string& text);

    void send(const Send&);
    void answered(AgentIndex, const ici::Request&, const Outcome&);
    void forget_if_off(AgentIndex);

    Output& output_;
    Counters counters_;
    EventServer server_;
    ConnectorClient client_;
    std::string app_url_;
    Desks desks_;
    Subscriptions subscriptions_;
    std::vector<ItemRules> rules_;  // by agent
    ActionItems action_items_;
    Injections injections_;
    std::unordered_map<AgentIndex, milliseconds> delayed_;
    net::Alarm alarm_;
    std::function<void()> on_change_;
};

}  // namespace cticonnector::sim::sap
