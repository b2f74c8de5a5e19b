#include "subscriptions.hpp"

#include <utility>

namespace cticonnector::crm {

Subscription* Subscriptions::find(engine::SubscriptionId id) const {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : found->second.get();
}

Subscription* Subscriptions::of(const engine::UserId& user) const {
    const auto found = current_.find(user);
    return found == current_.end() ? nullptr : find(found->second);
}

std::vector<std::shared_ptr<Subscription>> Subscriptions::all() const {
    std::vector<std::shared_ptr<Subscription>> sessions;
    for (const auto& [id, session] : sessions_) sessions.push_back(session);
    return sessions;
}

const engine::UserView* Subscriptions::told_of(const engine::UserId& user) const {
    const Subscription* session = of(user);
    return session && !session->user().user_name.empty() ? &session->user() : nullptr;
}

std::vector<const engine::UserView*> Subscriptions::told_of_all(const std::string& beginning) const {
    std::vector<const engine::UserView*> users;
    for (auto one = current_.lower_bound({beginning});
         one != current_.end() && one->first.value.starts_with(beginning); ++one) {
        if (const auto* user = told_of(one->first)) users.push_back(user);
    }
    return users;
}

void Subscriptions::add(std::shared_ptr<Subscription> session) {
    const auto id = session->subscriber().id;
    sessions_.emplace(id, std::move(session));
}

void Subscriptions::make_current(const Subscription& session) {
    current_[session.subscriber().user] = session.subscriber().id;
}

void Subscriptions::retire(const Subscription& session) {
    const auto found = current_.find(session.subscriber().user);
    if (found != current_.end() && found->second == session.subscriber().id) current_.erase(found);
}

void Subscriptions::ending(const Subscription& session) {
    auto& ending = ending_[session.subscriber().user];
    ending.push_back(session.subscriber().id);
    if (ending.size() > most_ending) find(ending.front())->drop();
}

void Subscriptions::remove(engine::SubscriptionId id) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    retire(*found->second);
    const auto ending = ending_.find(found->second->subscriber().user);
    if (ending != ending_.end() && std::erase(ending->second, id) > 0 && ending->second.empty())
        ending_.erase(ending);
    sessions_.erase(found);
}

std::vector<std::shared_ptr<Subscription>> Subscriptions::take_all() {
    auto sessions = all();
    sessions_.clear();
    current_.clear();
    ending_.clear();
    return sessions;
}

}  // namespace cticonnector::crm
