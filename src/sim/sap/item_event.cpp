#include "item_event.hpp"

#include <variant>

namespace cticonnector::sim::sap {
namespace {

using ici::Channel;

struct View {
    std::optional<ItemEvent> operator()(const ici::event::PhoneCallChanged& e) const {
        const auto& call = e.phone_call;
        return ItemEvent{Channel::phone,      call.phone_call_id,           {}, call.processing_status.id,
                         call.call_status.id, !call.capability_list.empty()};
    }
    std::optional<ItemEvent> operator()(const ici::event::ChatChanged& e) const {
        const auto& chat = e.chat_session;
        return ItemEvent{Channel::chat,       chat.chat_session_id,         {}, chat.processing_status.id,
                         chat.chat_status.id, !chat.capability_list.empty()};
    }
    std::optional<ItemEvent> operator()(const ici::event::ActionItemChanged& e) const {
        const auto& action = e.action_session;
        return ItemEvent{Channel::action_item,    action.action_session_id,
                         e.action_item_id,        action.processing_status.id,
                         action.action_status.id, !action.capability_list.empty()};
    }
    std::optional<ItemEvent> operator()(const ici::event::MessageChanged& e) const {
        const auto& message = e.message;
        return ItemEvent{Channel::email,
                         message.message_id,
                         {},
                         message.processing_status.id,
                         {},
                         !message.capability_list.empty()};
    }
    template <class Other>
    std::optional<ItemEvent> operator()(const Other&) const {
        return std::nullopt;
    }
};

}  // namespace

std::optional<ItemEvent> item_event(const ici::Event& event) { return std::visit(View{}, event); }

const ici::AppIds& app_ids_of(const ici::Event& event) {
    return std::visit([](const auto& e) -> const ici::AppIds& { return e.app_ids; }, event);
}

}  // namespace cticonnector::sim::sap
