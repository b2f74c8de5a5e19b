#pragma once
// The rig with one scripted SAP that takes the events.

#include "rig.hpp"

namespace cticonnector::crm::testing {

class Events : public Rig {
  protected:
    bool received(std::size_t n) {
        return until([&] { return sap.received.size() >= n; });
    }
    bool delivered(engine::SubscriptionId id) {
        return until([&] { return ici().session(id) && ici().session(id)->queue == 0; });
    }
    void changed(engine::SubscriptionId id, std::string key,
                 engine::Processing processing = engine::Processing::alerting) {
        perform(engine::ItemChanged{id, call(std::move(key), processing)});
    }
    std::vector<std::string> calls(std::string_view app_id = "APP") const {
        std::vector<std::string> keys;
        for (const auto& r : sap.received) {
            const auto* c = std::get_if<ici::event::PhoneCallChanged>(&r.event);
            if (c && r.app_id == app_id) keys.push_back(c->phone_call.phone_call_id);
        }
        return keys;
    }
    /// Answers the first `n` events with `answer`.
    void answer_first(std::size_t n, std::string answer) {
        sap.script = [n, answer = std::move(answer)](const ScriptedSap::Received& r) mutable {
            return n == 0 ? ScriptedSap::ok(r.event) : (--n, answer);
        };
    }
    void hang() {
        sap.script = [](const auto&) { return ""; };
    }
    void take() {
        sap.script = [](const ScriptedSap::Received& r) { return ScriptedSap::ok(r.event); };
    }

    ScriptedSap sap{io};
    const std::string unavailable = http("HTTP/1.1 503 Service Unavailable", "");
};

}  // namespace cticonnector::crm::testing
