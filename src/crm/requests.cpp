#include "requests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "cticonnector/base/text.hpp"
#include "cticonnector/language/phrases.hpp"
#include "cticonnector/protocol/ici/attached_data.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "phone_numbers.hpp"
#include "views.hpp"

namespace cticonnector::crm {
namespace {

namespace request = ici::request;
using ici::ErrorId;
using ici::Operation;

constexpr std::string_view user_prefix = "user.";  // R-ITEM-5

struct FaultRow {
    engine::Fault fault;
    ErrorId error;
};
constexpr std::array fault_rows{
    FaultRow{engine::Fault::not_subscribed, ErrorId::not_subscribed},
    FaultRow{engine::Fault::logon_failed, ErrorId::logon_failed},
    FaultRow{engine::Fault::already_logged_on, ErrorId::already_logged_on},
    FaultRow{engine::Fault::invalid_workcenter, ErrorId::invalid_workcenter},
    FaultRow{engine::Fault::invalid_workmode, ErrorId::invalid_workmode},
    FaultRow{engine::Fault::unknown_item, ErrorId::unknown_item},
    FaultRow{engine::Fault::invalid_state, ErrorId::invalid_state},
    FaultRow{engine::Fault::invalid_destination, ErrorId::invalid_destination},
    FaultRow{engine::Fault::not_supported, ErrorId::not_supported},
    FaultRow{engine::Fault::unavailable, ErrorId::unavailable},
};

/// Attached data that nobody could read later is the sender's mistake.
boost::system::result<ici::AttachedData, ici::Fault> read_data(std::string_view document) {
    auto data = ici::read_attached_data(document);
    if (data) return std::move(*data);
    auto fault = ici::make_fault(data.error());
    fault.code = soap::FaultCode::client;
    fault.text = "attachedData: " + fault.text;
    if (fault.exception) fault.exception->description = fault.text;
    return fault;
}

/// So that no event about the item has to read it again. None of a text that says nothing.
engine::DocumentPtr document_of(const std::string& text, const ici::AttachedData& data) {
    if (text.empty()) return nullptr;
    ici::Surroundings frame = ici::surroundings_of(data);
    return std::make_shared<const engine::Document>(
        engine::Document{text, std::move(frame.before), std::move(frame.behind)});
}

/// R-DEC-54: those of the new item's attached data travel with it.
std::shared_ptr<const engine::ItemInfo> item_info(const request::AddActionItem& r,
                                                  const ici::AttachedData& data) {
    auto info = std::make_shared<engine::ItemInfo>();
    info->media_id = data.media_id;
    info->call_variables = data.call_variables;
    info->attached_data = document_of(r.item_data.attached_data, data);
    info->title = r.item_data.title;
    info->scenario = r.scenario_id.id;
    info->scenario_text = r.scenario_id.description;
    const auto keep = [&](const auto& field) {
        if (field.form == ici::names::Form::plain)
            info->fields.emplace_back(field.name, r.item_data.*field.member);
    };
    std::apply([&](const auto&... fields) { (keep(fields), ...); }, ici::names::type<ici::ActionItem>.fields);
    return info;
}

/// One overload for each served operation: what has none is not served.
class Translator {
  public:
    Translator(const Caller& caller, const ici::Header& header, const Texts& texts)
        : caller_(caller), header_(header), texts_(texts) {}

    Translated operator()(const request::ExchangeProductInformation&) const {
        return ici::Reply{ici::ProductInformation{"cticonnector", CTICONNECTOR_VERSION, "3.0"}};
    }
    /// The agent types their work center with every AgentLoginType: free seating.
    Translated operator()(const request::GetWorkcenterCapability&) const {
        ici::WorkcenterCapability capability{true, {}};
        for (const int channel : {1, 3, 4})
            capability.channels.push_back(element(texts_, TextKind::channel, channel));
        return ici::Reply{std::move(capability)};
    }
    /// Queues are the contact center's: it assigns them itself.
    Translated operator()(const request::GetPresenceQueueInfo& r) const {
        return ici::Reply{ici::PresenceQueueInfo{r.channel, true, {}}};
    }

    Translated operator()(const request::Subscribe& r) const {
        return engine::Subscribe{.request = caller_.request,
                                 .subscription = caller_.subscription,
                                 .user = caller_.user,
                                 .user_name = header_.user,
                                 .app_id = r.app_id,
                                 .work_center = r.workcenter_id,
                                 .profile = caller_.profile,
                                 .peer = caller_.peer};
    }
    Translated operator()(const request::Unsubscribe&) const {
        return engine::Unsubscribe{caller_.request, caller_.user};
    }
    Translated operator()(const request::GetAttributes&) const { return read_user(); }
    Translated operator()(const request::GetPossibleWorkmodes&) const { return read_user(); }
    Translated operator()(const request::GetPossibleQueues&) const { return read_user(); }
    Translated operator()(const request::GetPossibleChannels&) const { return read_user(); }
    Translated operator()(const request::SetCurrentQueues&) const { return refresh_user(); }
    Translated operator()(const request::SetCurrentChannels&) const { return refresh_user(); }
    Translated operator()(const request::SetCurrentWorkmode& r) const {
        const auto text = trim(r.workmode);
        int mode = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode);
        if (error != std::errc{} || end != text.data() + text.size())
            return ici::make_fault(ErrorId::invalid_workmode,
                                   "work mode '" + r.workmode + "' is not a number");
        return engine::SetWorkmode{caller_.request, caller_.user, mode};
    }

    Translated operator()(const request::Accept& r) const { return about<engine::Accept>(r.item_id); }
    Translated operator()(const request::Reject& r) const {
        return engine::Reroute{caller_.request, caller_.user, {r.item_id}, "M0"};  // R-DEC-19
    }
    Translated operator()(const request::Reroute& r) const {
        return engine::Reroute{caller_.request, caller_.user, {r.item_id}, r.reason};
    }
    Translated operator()(const request::Forward& r) const {
        std::string_view destination = trim(r.destination);
        const bool to_user = destination.starts_with(user_prefix);
        if (to_user) destination.remove_prefix(user_prefix.size());
        return engine::Forward{caller_.request, caller_.user, {r.item_id}, std::string(destination), to_user};
    }
    /// A variable that is empty in the document is left as it is.
    Translated operator()(const request::SetAttachedData& r) const {
        auto data = read_data(r.attached_data);
        if (!data) return data.error();
        engine::SetItemData event{
            caller_.request, caller_.user, {r.item_id}, document_of(r.attached_data, *data), {}};
        for (std::size_t i = 0; i < event.call_variables.size(); ++i) {
            auto& variable = data->call_variables[i];
            if (!variable.empty()) event.call_variables[i] = std::move(variable);
        }
        return event;
    }
    Translated operator()(const request::GetAttachedData& r) const {
        return about<engine::ReadItemData>(r.item_id);
    }
    Translated operator()(const request::WrapUpRequired& r) const {
        return about<engine::RequireWrapup>(r.item_id);
    }
    Translated operator()(const request::WrapUpEnded& r) const { return about<engine::EndWrapup>(r.item_id); }

    Translated operator()(const request::MakeCall& r) const {
        const auto data = read_data(r.attached_data);
        if (!data) return data.error();
        std::string number = dialled_number(r.destination);
        if (number.empty())
            return ici::make_fault(ErrorId::invalid_destination,
                                   "destination '" + r.destination + "' has no digits");
        return engine::MakeCall{caller_.request, caller_.user, std::move(number),
                                document_of(r.attached_data, *data)};
    }
    Translated operator()(const request::Drop& r) const { return about<engine::Drop>(r.phone_call_id); }

    Translated operator()(const request::AddActionItem& r) const {
        const auto data = read_data(r.item_data.attached_data);
        if (!data) return data.error();
        engine::AddItem event{
            caller_.request, engine::Channel::action, r.action_item_id, r.scenario_id.id, {}, {}};
        for (const auto& user : r.user_ids) {
            if (!user.id.empty()) event.preferred.push_back(engine::user_id(user.id));
        }
        event.info = item_info(r, *data);
        return event;
    }
    Translated operator()(const request::DeleteActionItem& r) const {
        return engine::DeleteItem{caller_.request, r.action_item_id};
    }
    Translated operator()(const request::Complete& r) const {
        return about<engine::Complete>(r.action_session_id);
    }

  private:
    template <class Event>
    Translated about(const std::string& item) const {
        return Event{caller_.request, caller_.user, {item}};
    }
    Translated read_user() const { return engine::ReadUser{caller_.request, caller_.user}; }
    Translated refresh_user() const { return engine::RefreshUser{caller_.request, caller_.user}; }

    const Caller& caller_;
    const ici::Header& header_;
    const Texts& texts_;
};

template <class Asked>
constexpr bool is_translated = std::is_invocable_v<const Translator&, const Asked&>;

/// What is translated, and getPresence, which is about other agents; one for each operation.
template <class... Asked>
constexpr auto served_of(std::type_identity<std::variant<Asked...>>) {
    return std::array{(is_translated<Asked> || std::is_same_v<Asked, request::GetPresence>)...};
}
constexpr auto served = served_of(std::type_identity<ici::Request>{});

}  // namespace

bool is_served(Operation operation) { return served[static_cast<std::size_t>(operation)]; }

Translated translate(const ici::RequestMessage& message, const Caller& caller, const Texts& texts) {
    const Translator translator{caller, message.header, texts};
    const auto translated = [&]<class Asked>(const Asked& asked) -> Translated {
        if constexpr (is_translated<Asked>)
            return translator(asked);
        else
            return ici::make_fault(ErrorId::not_supported);
    };
    return std::visit(translated, message.request);
}

ici::Reply reply_of(Operation operation, const engine::Reply& reply, const Texts& texts,
                    const NumberRules& numbers) {
    const auto user = [&] { return reply.user ? user_of(*reply.user, texts) : ici::User{}; };
    switch (operation) {
        case Operation::subscribe:
        case Operation::get_attributes: return user();
        case Operation::get_possible_workmodes: return user().possible_workmodes;
        case Operation::get_possible_queues: return user().possible_queues;
        case Operation::get_possible_channels: return user().possible_channels;
        case Operation::make_call:
            return reply.item ? phone_call_of(*reply.item, texts, numbers) : ici::PhoneCall{};
        case Operation::get_attached_data:
            return reply.item && reply.item->info ? attached_data_of(*reply.item->info) : std::string{};
        default: return reply.data;
    }
}

ici::Fault fault_of(const engine::Reply& reply, std::string_view language) {
    const auto* row = std::ranges::find(fault_rows, reply.fault, &FaultRow::fault);
    return ici::make_fault(row == fault_rows.end() ? ErrorId::internal : row->error,
                           language::sentence(reply.text, language));
}

}  // namespace cticonnector::crm
