#pragma once
// The agents of the contact center. From what it holds of each follow the reported state, mode and
// availability per media routing domain (MRD); what changed since the last report goes out as
// AGENT_STATE_EVENT. Changing code says changed(agent); publish() does the rest.
// Source: ARM task model sections 3 and 4; GED-188 sections 8 and 13 (30, 37).

#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "agent.hpp"
#include "agent_events.hpp"
#include "phone_calls.hpp"
#include "router.hpp"
#include "settings.hpp"
#include "tasks.hpp"

namespace cticonnector::sim::cc {

class Agents {
  public:
    Agents(const Settings& settings, const Tasks& tasks, Router& router, AgentEvents& events);

    Agent& at(AgentIndex index) { return agents_[index.value]; }
    const Agent& at(AgentIndex index) const { return agents_[index.value]; }
    Agent* by_id(std::string_view id_or_login_name);
    Agent* by_icm_id(std::int32_t id);
    Agent* at_device(std::string_view extension_or_instrument);  // who is logged in there
    const Device* device(std::string_view extension_or_instrument) const;
    std::vector<Agent>& all() { return agents_; }

    void signed_on(Agent& agent, const Device& device);
    void signed_off(Agent& agent);

    void changed(Agent& agent);
    // Sends what changed and tells the router; false when nothing was waiting.
    bool publish();
    // Sends AGENT_STATE_LOGIN, which is an event rather than a state (GED-188 section 8).
    void publish_login(Agent& agent, MrdIndex mrd);
    // At once, for what is not true any more at the end of the input.
    void publish_now(Agent& agent, MrdIndex mrd) { publish(agent, mrd); }

    Reported report_of(const Agent& agent, MrdIndex mrd) const;
    // Working in a non-interruptible MRD other than `but`; waiting offers count when `offered` says so.
    bool busy_elsewhere(const Agent& agent, MrdIndex but, bool offered) const;

    // The media part asks for a look at each agent before they are published.
    void on_publish(std::function<void(Agent&)> look) { look_ = std::move(look); }

  private:
    template <class Map, class Key>
    Agent* look_up(const Map& map, const Key& key) {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : &at(found->second);
    }
    AgentStateValue state_from_tasks(const MediaState& media) const;
    AgentStateValue state_of(const MediaState& media) const;
    Reported voice_report(const Agent& agent) const;
    Reported media_report(const Agent& agent, MrdIndex mrd) const;
    void publish(Agent& agent, MrdIndex mrd);
    void update_router(Agent& agent, MrdIndex mrd, const Reported& now);

    const Settings& settings_;
    const Tasks& tasks_;
    Router& router_;
    AgentEvents& events_;
    std::vector<Agent> agents_;
    std::unordered_map<std::string_view, AgentIndex> by_id_;
    std::unordered_map<std::int32_t, AgentIndex> by_icm_id_;
    std::unordered_map<std::string_view, const Device*> devices_;
    std::map<Device, AgentIndex> at_device_;
    std::vector<AgentIndex> changed_;
    std::function<void(Agent&)> look_;
};

}  // namespace cticonnector::sim::cc
