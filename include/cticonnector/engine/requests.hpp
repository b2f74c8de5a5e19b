#pragma once
// What a CRM asks for, and what becomes of our events to it: the events of events.hpp that fronts post.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/engine/profile.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

// ---- requests of the CRM

/// IciUser.subscribe. The subscription becomes current with the positive Reply.
struct Subscribe {
    RequestId request;
    SubscriptionId subscription;
    UserId user;
    std::string user_name;  ///< the user as the CRM wrote it: the agent's name with AgentLoginType 1 and 2
    std::string app_id;
    Secret work_center;
    ProfilePtr profile;
    std::string peer = {};  ///< who sent it, for the log (R-DEC-81)
};
BOOST_DESCRIBE_STRUCT(Subscribe, (),
                      (request, subscription, user, user_name, app_id, work_center, profile, peer))
struct Unsubscribe {
    RequestId request;
    UserId user;
};
BOOST_DESCRIBE_STRUCT(Unsubscribe, (), (request, user))
/// Everything that reads the user: getAttributes (the CRM's availability check), getPossible...
struct ReadUser {
    RequestId request;
    UserId user;
};
BOOST_DESCRIBE_STRUCT(ReadUser, (), (request, user))
/// setCurrentQueues, setCurrentChannels: nothing changes, the user is sent again (R-DEC-32).
struct RefreshUser {
    RequestId request;
    UserId user;
};
BOOST_DESCRIBE_STRUCT(RefreshUser, (), (request, user))
struct SetWorkmode {
    RequestId request;
    UserId user;
    int workmode{};
};
BOOST_DESCRIBE_STRUCT(SetWorkmode, (), (request, user, workmode))
struct Accept {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(Accept, (), (request, user, item))
/// reroute; reject and deflect are a reroute with "M0" (R-DEC-19). Only the reason's first letter counts.
struct Reroute {
    RequestId request;
    UserId user;
    ItemKey item;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reroute, (), (request, user, item, reason))
struct Forward {
    RequestId request;
    UserId user;
    ItemKey item;
    std::string destination;  ///< script selector, or an agent when to_user is set
    bool to_user = false;
};
BOOST_DESCRIBE_STRUCT(Forward, (), (request, user, item, destination, to_user))
/// IciAction.complete: the agent has finished the action item.
struct Complete {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(Complete, (), (request, user, item))
struct Drop {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(Drop, (), (request, user, item))
struct MakeCall {
    RequestId request;
    UserId user;
    std::string destination;  ///< as it is dialled
    DocumentPtr attached_data;
};
BOOST_DESCRIBE_STRUCT(MakeCall, (), (request, user, destination, attached_data))
struct SetItemData {
    RequestId request;
    UserId user;
    ItemKey item;
    DocumentPtr attached_data;
    std::array<std::optional<std::string>, 10> call_variables;  ///< those that the document names
};
BOOST_DESCRIBE_STRUCT(SetItemData, (), (request, user, item, attached_data, call_variables))
struct ReadItemData {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(ReadItemData, (), (request, user, item))
struct RequireWrapup {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(RequireWrapup, (), (request, user, item))
struct EndWrapup {
    RequestId request;
    UserId user;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(EndWrapup, (), (request, user, item))
/// A new item to route: addActionItem, or a customer's chat. Needs no subscription (R-DEC-28).
struct AddItem {
    RequestId request;
    Channel channel{};
    std::string external_id;  ///< actionItemId, or the customer's chat id: ApplicationString2 (R-DEC-23)
    std::string selector;     ///< script selector
    std::vector<UserId> preferred;
    ItemInfoPtr info;
    /// Why external_id or selector cannot go to the contact center unchanged, as its shell knows; empty: they
    /// can (R-DEC-70).
    Phrase unwritable_id = {}, unwritable_selector = {};
};
BOOST_DESCRIBE_STRUCT(AddItem, (),
                      (request, channel, external_id, selector, preferred, info, unwritable_id,
                       unwritable_selector))
struct DeleteItem {
    RequestId request;
    std::string external_id;
};
BOOST_DESCRIBE_STRUCT(DeleteItem, (), (request, external_id))
/// The store has the item (or, with no store configured, says so at once): only now is addActionItem
/// answered.
struct ItemStored {
    ItemId item;
};
BOOST_DESCRIBE_STRUCT(ItemStored, (), (item))

// ---- what became of our events to the CRM

/// The first failed delivery to a subscription: check 2 fails from here on (R-DEC-18).
struct DeliveryFailed {
    SubscriptionId subscription;
};
BOOST_DESCRIBE_STRUCT(DeliveryFailed, (), (subscription))
struct DeliveryRestored {
    SubscriptionId subscription;
};
BOOST_DESCRIBE_STRUCT(DeliveryRestored, (), (subscription))
/// Retries are used up or the queue is full; `final` when the CRM said that it does not know the
/// subscription.
struct SubscriptionLost {
    SubscriptionId subscription;
    bool final = false;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(SubscriptionLost, (), (subscription, final, why))
/// The CRM has answered the last event (processingStatus 4, 5 or 6) of an item: its session is free
/// (R-DEC-15).
struct LastEventAnswered {
    SubscriptionId subscription;
    ItemKey item;
};
BOOST_DESCRIBE_STRUCT(LastEventAnswered, (), (subscription, item))
/// A desktop counts the sessions that its agent opened by hand (R-ALLOC-9).
struct ManualSessions {
    UserId user;
    int count{};
};
BOOST_DESCRIBE_STRUCT(ManualSessions, (), (user, count))

}  // namespace cticonnector::engine
