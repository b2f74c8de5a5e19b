#include "views.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/base/described.hpp"
#include "cticonnector/protocol/ici/attached_data.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "phone_numbers.hpp"

namespace cticonnector::crm {
namespace {

using engine::Capability;
using engine::Channel;
using engine::ItemInfo;
using engine::ItemView;
using engine::LineState;
using engine::Processing;
using engine::UserStatus;
using engine::UserView;

struct ChannelCode {
    Channel channel;
    int id;
};
/// ici.md section 6.
constexpr std::array channel_codes{ChannelCode{Channel::voice, 1}, ChannelCode{Channel::chat, 3},
                                   ChannelCode{Channel::action, 4}};

/// R-DEC-57: processingStatus, callStatus of a call, chatStatus or actionStatus of the others.
struct StatusRow {
    Processing processing;
    int status;
    int call;
    int media;
};
constexpr std::array status_rows{
    StatusRow{Processing::alerting, 1, 1, 1}, StatusRow{Processing::accepted, 2, 2, 2},
    StatusRow{Processing::wrapup, 3, 8, 4},   StatusRow{Processing::ended, 4, 6, 3},
    StatusRow{Processing::rerouted, 5, 6, 3}, StatusRow{Processing::transferred, 6, 6, 3}};
static_assert(a_row_for_each(status_rows, &StatusRow::processing));
const StatusRow& status_row(Processing processing) {
    return *std::ranges::find(status_rows, processing, &StatusRow::processing);
}
int call_status(const ItemView& view) {
    if (view.processing == Processing::accepted && view.line == LineState::held) return 3;
    if (view.processing == Processing::accepted && view.line == LineState::dialling) return 4;
    if (view.processing == Processing::ended && view.line == LineState::failed) return 7;
    return status_row(view.processing).call;
}

struct CapabilityRow {
    Capability capability;
    ici::Operation operation;
};
constexpr std::array capability_rows{
    CapabilityRow{Capability::accept, ici::Operation::accept},
    CapabilityRow{Capability::reject, ici::Operation::reject},
    CapabilityRow{Capability::reroute, ici::Operation::reroute},
    CapabilityRow{Capability::drop, ici::Operation::drop},
    CapabilityRow{Capability::forward, ici::Operation::forward},
    CapabilityRow{Capability::complete, ici::Operation::complete},
    CapabilityRow{Capability::set_attached_data, ici::Operation::set_attached_data},
    CapabilityRow{Capability::wrapup_required, ici::Operation::wrap_up_required},
    CapabilityRow{Capability::wrapup_ended, ici::Operation::wrap_up_ended}};
std::vector<std::string> capability_list(const ItemView& view) {
    std::vector<std::string> list;
    if (view.last()) return list;
    for (const auto& row : capability_rows) {
        if (view.capabilities & static_cast<engine::Capabilities>(row.capability))
            list.emplace_back(ici::operation_name(row.operation));
    }
    return list;
}

const ItemInfo& info_of(const ItemView& view) {
    static const ItemInfo none;
    return view.info ? *view.info : none;
}

ici::TextElement processing_of(const ItemView& view, const Texts& texts) {
    return element(texts, TextKind::processing_state, status_row(view.processing).status);
}
ici::TextElement media_status_of(const ItemView& view, const Texts& texts) {
    return element(texts, TextKind::media_state, status_row(view.processing).media);
}

ici::Participant agent_of(const ItemView& view) {
    return {view.user_name, view.agent.name, std::string(ici::id_of(ici::ParticipantType::agent))};
}

ici::ChatSession chat_of(const ItemView& view, const Texts& texts) {
    const ItemInfo& info = info_of(view);
    ici::ChatSession chat;
    chat.chat_session_id = view.key.value;
    chat.title = info.title;
    for (const auto& customer : info.remote_numbers)
        chat.chat_participants.push_back(
            {customer, customer, std::string(ici::id_of(ici::ParticipantType::customer))});
    chat.chat_participants.push_back(agent_of(view));
    chat.capability_list = capability_list(view);
    chat.chat_status = media_status_of(view, texts);
    chat.processing_status = processing_of(view, texts);
    chat.queue.id = info.queue;
    chat.attached_data = attached_data_of(info);
    return chat;
}

ici::ActionSession action_session_of(const ItemView& view, const Texts& texts) {
    const ItemInfo& info = info_of(view);
    ici::ActionSession session;
    session.action_session_id = view.key.value;
    session.title = info.title;
    session.action_participants = {agent_of(view)};
    session.capability_list = capability_list(view);
    session.action_status = media_status_of(view, texts);
    session.processing_status = processing_of(view, texts);
    session.queue.id = info.queue;
    session.attached_data = attached_data_of(info);
    return session;
}

/// itemData as addActionItem gave it.
ici::ActionItem action_item_of(const ItemInfo& info) {
    ici::ActionItem item;
    const auto set = [&](const auto& field) {
        const auto given = std::ranges::find(info.fields, field.name,
                                             [](const auto& f) { return std::string_view(f.first); });
        if (given != info.fields.end()) item.*field.member = given->second;
    };
    std::apply([&](const auto&... fields) { (set(fields), ...); }, ici::names::type<ici::ActionItem>.fields);
    if (info.attached_data) item.attached_data = info.attached_data->text;
    return item;
}

ici::Event item_event(const ItemView& view, ici::AppIds app_ids, const Texts& texts,
                      const NumberRules& numbers) {
    switch (view.channel) {
        case Channel::voice:
            return ici::event::PhoneCallChanged{std::move(app_ids), phone_call_of(view, texts, numbers)};
        case Channel::chat: return ici::event::ChatChanged{std::move(app_ids), chat_of(view, texts)};
        case Channel::action: break;
    }
    const ItemInfo& info = info_of(view);
    return ici::event::ActionItemChanged{std::move(app_ids),   action_session_of(view, texts),
                                         view.external_id,     {info.scenario, info.scenario_text},
                                         action_item_of(info), {agent_of(view)}};
}

/// R-DEC-34
struct EndReasonRow {
    engine::EndReason reason;
    ici::EndReason told;
};
constexpr std::array end_reason_rows{
    EndReasonRow{engine::EndReason::shutting_down, ici::EndReason::shutting_down},
    EndReasonRow{engine::EndReason::contact_center_lost, ici::EndReason::contact_center_lost},
    EndReasonRow{engine::EndReason::logged_off_in_contact_center,
                 ici::EndReason::logged_off_in_contact_center},
    EndReasonRow{engine::EndReason::replaced, ici::EndReason::replaced_by_new_logon},
    EndReasonRow{engine::EndReason::crm_session_lost, ici::EndReason::sap_session_lost}};
static_assert(a_row_for_each(end_reason_rows, &EndReasonRow::reason));
ici::EndReason end_reason(engine::EndReason reason) {
    return std::ranges::find(end_reason_rows, reason, &EndReasonRow::reason)->told;
}

struct UserStatusRow {
    UserStatus status;
    int id;
};
/// ici.md section 6.
constexpr std::array user_status_rows{
    UserStatusRow{UserStatus::logged_off, 1}, UserStatusRow{UserStatus::ready, 2},
    UserStatusRow{UserStatus::not_ready, 3},  UserStatusRow{UserStatus::reserved, 4},
    UserStatusRow{UserStatus::busy, 5},       UserStatusRow{UserStatus::wrapup, 6}};
static_assert(one_row_each(user_status_rows, &UserStatusRow::status));

std::vector<ici::TextElement> possible_work_modes(const Texts& texts) {
    std::vector<ici::TextElement> modes;
    for (int mode = 1; mode <= plain_not_ready; ++mode)
        modes.push_back(element(texts, TextKind::work_mode, mode));
    for (const auto& mode : texts.work_modes) modes.push_back({std::to_string(mode.number), mode.text});
    return modes;
}

}  // namespace

ici::TextElement element(const Texts& texts, TextKind kind, int id) {
    return {std::to_string(id), std::string(texts.text(kind, id))};
}

ici::EventKind kind_of(const Shown& shown) {
    if (std::holds_alternative<UserView>(shown)) return ici::EventKind::user_changed;
    const auto* item = std::get_if<ItemView>(&shown);
    if (!item) return ici::EventKind::subscription_ended;
    switch (item->channel) {
        case Channel::voice: return ici::EventKind::phone_call_changed;
        case Channel::chat: return ici::EventKind::chat_changed;
        case Channel::action: break;
    }
    return ici::EventKind::action_item_changed;
}

ici::Event event_of(const Shown& shown, const std::string& app_id, const Texts& texts,
                    const NumberRules& numbers) {
    if (const auto* user = std::get_if<UserView>(&shown))
        return ici::event::UserChanged{{app_id}, user_of(*user, texts)};
    if (const auto* item = std::get_if<ItemView>(&shown)) return item_event(*item, {app_id}, texts, numbers);
    return ici::event::SubscriptionEnded{{app_id},
                                         ici::text_element(end_reason(std::get<engine::EndReason>(shown)))};
}

ici::User user_of(const UserView& view, const Texts& texts) {
    ici::User user;
    user.user_id = view.user_name;
    user.workcenter_id = view.device;
    user.logged_on = view.logged_on;
    user.current_workmode = element(texts, TextKind::work_mode, texts.shown_work_mode(view.workmode));
    user.possible_workmodes = possible_work_modes(texts);
    for (const auto& code : channel_codes) {
        if (view.limits[code.channel] > 0)
            user.current_channels.push_back(element(texts, TextKind::channel, code.id));
    }
    user.possible_channels = user.current_channels;  // what they logged in with (R-DEC-32)
    const auto& status = user_status_rows[static_cast<std::size_t>(view.status)];
    user.user_status = element(texts, TextKind::user_state, status.id);
    if (view.contact_center_lost)  // a text they can recognise (R-HA-6)
        user.user_status.description = ici::english_text(ici::EndReason::contact_center_lost);
    return user;
}

ici::PhoneCall phone_call_of(const ItemView& view, const Texts& texts, const NumberRules& numbers) {
    const ItemInfo& info = info_of(view);
    ici::PhoneCall call;
    call.phone_call_id = view.key.value;
    call.direction = ici::id_of(info.outbound ? ici::Direction::out : ici::Direction::in);
    call.local_number = info.local_number;
    call.called_number = info.called_number;
    for (const auto& number : info.remote_numbers) {
        auto shown = shown_number(numbers, number);
        if (!shown.empty()) call.remote_numbers.push_back(std::move(shown));
    }
    call.queue.id = info.queue;
    call.call_status = element(texts, TextKind::call_state, call_status(view));
    call.processing_status = processing_of(view, texts);
    call.capability_list = capability_list(view);
    call.attached_data = attached_data_of(info);
    return call;
}

std::string attached_data_of(const ItemInfo& info) {
    static const ici::Surroundings none = ici::surroundings_of({});
    const engine::Document* document = info.attached_data.get();
    return ici::write_attached_data(document ? document->before : none.before, info.call_variables,
                                    info.media_id, info.ecc, document ? document->behind : none.behind);
}

int presence_of(const UserView& view) {
    if (!view.logged_on) return 3;
    const bool free = view.status == UserStatus::ready || view.status == UserStatus::not_ready;
    return free ? 1 : 2;
}

}  // namespace cticonnector::crm
