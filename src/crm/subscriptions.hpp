#pragma once
// The subscriptions there are, and which is its user's current one. One that was replaced or is ending
// stays until it is gone. One thread.

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cticonnector/engine/types.hpp"
#include "subscription.hpp"

namespace cticonnector::crm {

class Subscriptions {
  public:
    bool empty() const { return sessions_.empty(); }
    Subscription* find(engine::SubscriptionId) const;
    /// The user's current one.
    Subscription* of(const engine::UserId&) const;
    std::vector<std::shared_ptr<Subscription>> all() const;
    /// What was told last of a user who is subscribed; null when nothing was.
    const engine::UserView* told_of(const engine::UserId&) const;
    /// The same of all whose names begin so; looks at no others.
    std::vector<const engine::UserView*> told_of_all(const std::string& beginning) const;

    void add(std::shared_ptr<Subscription>);
    /// The user's from now on.
    void make_current(const Subscription&);
    /// Not the user's any more.
    void retire(const Subscription&);
    /// Its subscriptionEnded is on its way. Of a user who subscribes again and again only the last few go
    /// on, so that one whom nobody answers takes no more than their connections (R-DEC-43).
    void ending(const Subscription&);
    void remove(engine::SubscriptionId);
    /// Gives all of them up.
    std::vector<std::shared_ptr<Subscription>> take_all();

  private:
    static constexpr std::size_t most_ending = 2;

    std::unordered_map<engine::SubscriptionId, std::shared_ptr<Subscription>> sessions_;
    std::map<engine::UserId, engine::SubscriptionId> current_;              ///< in the order of their names
    std::map<engine::UserId, std::vector<engine::SubscriptionId>> ending_;  ///< the oldest first
};

}  // namespace cticonnector::crm
