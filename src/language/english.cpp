#include <array>

#include "sentences.hpp"

namespace cticonnector::language {

namespace {

constexpr std::array table{
    Entry{TextId::none, ""},
    Entry{TextId::as_told, "{1}"},

    Entry{TextId::shutting_down, "the connector is shutting down"},
    Entry{TextId::moving_on, "another connector goes on with this agent; ask again"},
    Entry{TextId::not_logged_on, "user {1} is not logged on here; subscribe logs on"},
    Entry{TextId::not_logged_on_here, "user {1} is not logged on here"},
    Entry{TextId::being_logged_off, "user {1} is being logged off already"},
    Entry{TextId::logged_off_meanwhile, "the agent was logged off meanwhile"},
    Entry{TextId::center_unreachable,
          "the contact center is not reachable; nothing was changed, try again later"},
    Entry{TextId::link_lost, "the link to the contact center was lost; the outcome is not known"},
    Entry{TextId::unanswered, "the contact center did not answer in time"},
    Entry{TextId::may_take_effect,
          "the contact center did not answer in time; the request may still take effect"},
    Entry{TextId::operation_in_progress, "another operation is in progress"},
    Entry{TextId::item_unknown, "Item {1} is not known"},
    Entry{TextId::item_state_forbids, "Item {1} is {2}, which does not allow this"},
    Entry{TextId::refused, "the contact center refused"},
    Entry{TextId::unsent, "the connector could not send it"},
    Entry{TextId::workmode_not_offered, "work mode {1} is not offered; 1, 2, 3 and {2} to {3} are"},
    Entry{TextId::state_refused, "the contact center refused the state"},
    Entry{TextId::state_unsent, "the connector could not send the state"},
    Entry{TextId::log_out_not_confirmed, "logged off here, but the contact center said"},

    Entry{TextId::log_on_unreachable, "the contact center is not reachable; try again later"},
    Entry{TextId::log_on_unanswered, "the contact center did not answer the log-on in time"},
    Entry{TextId::log_on_lost_link, "the link to the contact center was lost during the log-on"},
    Entry{TextId::log_on_unsubscribed, "unsubscribed during the log-on"},
    Entry{TextId::log_on_logged_off, "logged off in the contact center during the log-on"},
    Entry{TextId::log_on_refused, "the contact center refused the log-on"},
    Entry{TextId::log_on_unsent, "the connector could not send the log-on"},
    Entry{TextId::log_on_no_link, "the contact center is not reachable"},
    Entry{TextId::agent_unknown, "the contact center does not know the agent"},
    Entry{TextId::password_refused, "the contact center refused the password"},
    Entry{TextId::device_unknown, "the contact center does not know the device"},
    Entry{TextId::in_use_elsewhere, "the agent or the device is in use elsewhere"},
    Entry{TextId::logged_on_by, "the agent is logged on by SAP user {1}"},
    Entry{TextId::log_on_under_way, "a log-on of user {1} with another work center is under way"},
    Entry{TextId::log_on_replaced, "replaced by a newer log-on of the same user"},
    Entry{TextId::logged_on_with_items, "user {1} is logged on with another work center and has open items"},
    Entry{TextId::shadow_not_in, "shadow log-on: the agent is not logged in at the contact center"},
    Entry{TextId::at_another_device, "the agent is logged in at another device, {1}"},
    Entry{TextId::media_refused, "log-on to channel {parts}"},
    Entry{TextId::medium_refused, "{1}"},
    Entry{TextId::log_out_too_slow, "the log-out before it took too long"},

    Entry{TextId::fields_wrong, "work center has {1} fields, AgentLoginType {2} wants {3}"},
    Entry{TextId::agent_empty, "agent field is empty"},
    Entry{TextId::agent_too_long, "the agent field is longer than {1} characters"},
    Entry{TextId::user_too_long, "the SAP user, here the agent, is longer than {1} characters"},
    Entry{TextId::password_empty, "password field is empty and AgentDefaultPassword is not set"},
    Entry{TextId::device_empty, "device field is empty"},
    Entry{TextId::device_too_long, "the device field is longer than {1} characters"},
    Entry{TextId::media_malformed,
          "the media field is not p, m[2-{1}], c[2-{2}], SL in this order with at least one channel"},
    Entry{TextId::media_not_served, "action items and chats are not served: ApplicationPathID is 0"},
    Entry{TextId::shadow_not_allowed,
          "SL asks for a shadow login, which AgentShadowLogin={1} does not allow"},
    Entry{TextId::actions_above, "{1} action items are above {2}={3}"},
    Entry{TextId::chats_above, "{1} chats are above {2}={3}"},
    Entry{TextId::sessions_above, "{1} agent sessions, buffers included, are above {2}={3}"},
    Entry{TextId::sessions_above_crm, "{1} agent sessions, buffers included, are above the CRM's limit={2}"},

    Entry{TextId::another_call_active, "another call is active; hold it first"},
    Entry{TextId::no_phone, "the agent is logged on without a phone"},
    Entry{TextId::destination_empty, "the destination is empty"},
    Entry{TextId::ready_forbids_dialling,
          "the agent is Ready; CtiAllowMakeCallWhileReady=0 asks for Not Ready first"},
    Entry{TextId::no_session_for_call, "no agent session for the call, check {1}"},
    Entry{TextId::call_not_named,
          "the contact center did not say which call it placed; it may be at the phone"},
    Entry{TextId::call_ended_already, "the call has ended already"},
    Entry{TextId::not_ready_refused_before_call, "the contact center refused Not Ready before the call"},
    Entry{TextId::call_not_placed, "the contact center did not place the call"},
    Entry{TextId::call_unsent, "the connector could not send the call"},

    Entry{TextId::no_media_routing, "there is no media routing: ApplicationPathID is 0"},
    Entry{TextId::selector_length, "scenarioId has {1} bytes; it has 1 to {2}"},
    Entry{TextId::selector_unwritable, "scenarioId {parts}"},
    Entry{TextId::item_id_empty, "the item has no id"},
    Entry{TextId::item_id_unwritable, "actionItemId {parts}"},
    Entry{TextId::has_foreign_character, "has a character that [CTI] CodePage {1} does not have"},
    Entry{TextId::has_zero_character, "has a zero character"},
    Entry{TextId::has_too_many_bytes, "has {1} bytes in [CTI] CodePage {2}; {3} is the most"},
    Entry{TextId::item_here_already, "item {1} is here already; it is kept as it is"},
    Entry{TextId::item_deleted_before_stored, "the item was deleted before it was stored"},
    Entry{TextId::customer_left_before_stored, "the customer has left before the item was stored"},
    Entry{TextId::item_accepted_already, "item {1} is accepted; its agent ends it"},
    Entry{TextId::target_not_logged_on, "{1} is not logged on for channel {2}"},

    Entry{TextId::route_try_overflow, "Route Try Overflow"},
    Entry{TextId::agent_without_task, "the router chose an agent but named no task"},
    Entry{TextId::label_unknown, "the routing script answered with label '{1}'"},

    Entry{TextId::explanation, "{parts}"},
    Entry{TextId::check_ok, "{1} ok {2} against {3} ({4})"},
    Entry{TextId::check_failed, "{1} failed {2} against {3} ({4})"},
    Entry{TextId::placed, "placement {1}"},
    Entry{TextId::waited, "waited {1} ms for a closing session"},

    Entry{TextId::call_rings_on, "the call rings on at the phone and is not in the CRM"},
    Entry{TextId::gone_before_session, "it was gone before a session was free"},
    Entry{TextId::link_back_logged_out, "the link is back: logged out in the contact center, too"},
    Entry{TextId::late_log_on_taken_back, "logged in after the log-on had ended: taken back"},
    Entry{TextId::reason_unknown, "the reason is not A or M; treated as no reason"},
    Entry{TextId::call_without_id, "an event at the agent's phone names no call"},
    Entry{TextId::found_call_without_id, "a call of the agent was found that has no id"},
    Entry{TextId::found_task_without_id, "a task of the agent was found that has no id"},
    Entry{TextId::found_task_of_other,
          "a task was found whose item is in work as {1} with another task; it is left as it is"},
    Entry{TextId::placed_call_without_id, "the contact center placed a call and named none"},
    Entry{TextId::task_without_id, "the router chose an agent and named no task; the item is routed again"},

    Entry{TextId::channel_over_limit, "1. sessions of {1}: {2} of {3}"},
    Entry{TextId::sessions_over_limit, "2. all sessions: {1} of {2}"},
    Entry{TextId::item_in_two_sessions, "3. one item in two sessions: {1}"},
    Entry{TextId::session_without_item, "3. a session without its item: {1}"},
    Entry{TextId::work_owes_end, "4. a session in work owes its end: {1}"},
    Entry{TextId::two_active_calls, "5. active voice calls: {1} of 1"},
    Entry{TextId::wrong_workmode, "6. work mode told to the CRM: {1} of {2}"},
};

static_assert(one_row_each(table, &Entry::id), "a text lacks its sentence, or stands in another order");

}  // namespace

const Sentences& english() { return table; }

}  // namespace cticonnector::language
