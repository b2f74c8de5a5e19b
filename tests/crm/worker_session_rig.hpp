#pragma once
// A worker session with the clock in the test's hand, and its orders in short.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "lent.hpp"
#include "worker_session.hpp"

namespace cticonnector::crm::testing {

using namespace std::chrono_literals;
using cticonnector::testing::lent;

constexpr engine::SubscriptionId the_subscription{7};

inline Shown item(const std::string& key, bool last = false) {
    engine::ItemView view;
    view.key = {key};
    view.processing = last ? engine::Processing::ended : engine::Processing::alerting;
    return view;
}
inline Shown user(const std::string& name) {
    engine::UserView view;
    view.user_name = name;
    return view;
}

inline std::string name_of(const Shown& shown) {
    if (const auto* one = std::get_if<engine::ItemView>(&shown)) return one->key.value;
    if (const auto* one = std::get_if<engine::UserView>(&shown)) return one->user_name;
    return "end";
}

inline DeliveryOutcome fault(ici::ErrorId id) { return ici::make_fault(id); }

struct Word {
    const WorkerSession& session;
    std::string operator()(const Send& o) const {
        return "send " + name_of(session.first()) + (o.fresh ? " fresh" : "");
    }
    std::string operator()(const Cancel&) const { return "cancel"; }
    std::string operator()(const Gone&) const { return "gone"; }
    std::string operator()(const Count& o) const { return std::string(o.result); }
    std::string operator()(const FirstTry& o) const {
        return "waited " + ms(o.waited) + (o.own ? " own " + ms(*o.own) : "");
    }
    std::string operator()(const Answered& o) const { return "took " + ms(o.took); }
    std::string operator()(const Done& o) const { return std::string(o.result) + " " + name_of(o.shown); }
    std::string operator()(const NotTaken& o) const {
        return "not taken " + name_of(o.shown) + " (" + o.why + ")" +
               (o.next ? " " + std::to_string(o.next->tries) + "/" + std::to_string(o.next->of) + " " +
                             ms(o.next->pause)
                       : "");
    }
    std::string operator()(const Restored& o) const { return "restored " + ms(o.after); }
    std::string operator()(const PeerChanged& o) const { return "peer " + o.peer; }
    std::string operator()(const engine::DeliveryFailed&) const { return "tell failed"; }
    std::string operator()(const engine::DeliveryRestored&) const { return "tell restored"; }
    std::string operator()(const engine::SubscriptionLost& e) const {
        return (e.final ? "tell lost for good: " : "tell lost: ") + e.why;
    }
    std::string operator()(const engine::LastEventAnswered& e) const { return "tell last " + e.item.value; }

    static std::string ms(std::chrono::nanoseconds time) {
        return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
    }
};

}  // namespace cticonnector::crm::testing
