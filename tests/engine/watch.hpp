#pragma once
// Looks over the engine's shoulder: given each event and what the engine did, it says which rule of
// allocation.md section 6 (or of decisions R-DEC-26, 41, 56) was broken first. It counts for itself and does
// not trust the engine's own check.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "cticonnector/engine/engine.hpp"

namespace cticonnector::engine::testing {

class Watch {
  public:
    /// Call after the engine has handled the event; nothing when only time has passed.
    void seen(const Engine& engine, const Event* event, const Actions& actions);
    /// Every agent and every item; sees what no single event shows.
    void whole(const Engine& engine);
    /// When every deadline has passed: no request may be open.
    void nothing_open();
    const std::optional<std::string>& breach() const { return breach_; }

  private:
    struct Place {
        std::string agent, key;
        auto operator<=>(const Place&) const = default;
    };
    using Medium = std::pair<AgentId, Channel>;

    void broken(std::string why) {
        if (!breach_) breach_ = std::move(why);
    }
    void expect(bool holds, const char* why) {
        if (!holds) broken(why);
    }
    void before(const Engine& engine, const Event& event);
    void link_is_back(const Engine& engine);
    void record(const Engine& engine, const Agent& agent);

    void did(const Reply&);
    void did(const UserChanged&);
    void did(const ItemChanged&);
    void did(const EndSubscription&);
    void did(const Note&);
    void did(const StepTask&);
    void did(const EndTask&);
    void did(const ReadyMedium&);
    void did(const NotRoutable&);
    void did(const NotReadyMedium&);
    void did(const LogoutMedium&);
    void did(const RestoreMedium&);
    void did(const RestoreTask&);
    void did(const RestoreDone&);
    void did(const ReleaseCall&);

    template <class A>
    void did(const A&) {}

    std::optional<std::string> breach_;
    std::set<RequestId> open_requests_;
    std::map<RequestId, SubscriptionId> subscribing_;
    std::set<SubscriptionId> live_;
    std::set<Place> open_sessions_;
    std::map<std::string, Processing> item_told_;  ///< by item_text
    std::map<Medium, std::set<TaskId>> tasks_;     ///< open at the contact center
    TaskId gone_;                                  ///< as the event at hand says
    std::set<TaskId> assigned_;
    std::set<std::pair<AgentId, TaskId>> ended_;  ///< by the engine
    std::set<Medium> not_routable_;               ///< as the contact center was told
    /// By this event, with an A-code or for a CRM that is gone.
    std::set<std::pair<AgentId, TaskId>> refused_;
    std::set<Medium> given_back_;  ///< ... and ended by it
    struct Known {
        std::string text, external_id;
    };
    std::map<ItemId, Known> items_;
    std::set<std::string> may_end_;  ///< items that may leave the store, by item_text
    std::set<std::string> deleted_;  ///< ... by external id
    std::set<ItemId> customer_left_;
    bool link_ = false;
    bool restoring_ = false;       ///< between LinkUp and RestoreDone
    std::set<Medium> to_restore_;  ///< before RestoreDone
    std::set<AgentId> behind_;     ///< with errands before the event: they are told what they missed
    std::optional<RequestId> asked_;
    bool told_before_reply_ = false;
};

}  // namespace cticonnector::engine::testing
