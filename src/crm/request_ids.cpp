#include "request_ids.hpp"

#include <variant>

namespace cticonnector::crm {

namespace {

constexpr std::size_t longest_id = 100;

std::string cut(std::string_view text) {
    if (text.size() <= longest_id) return std::string{text};
    return std::string{text.substr(0, longest_id)} + "...";
}

template <class R>
std::string_view item_in(const R& request) {
    if constexpr (requires { request.item_id; }) {
        return request.item_id;
    } else if constexpr (requires { request.phone_call_id; }) {
        return request.phone_call_id;
    } else if constexpr (requires { request.active_call_id; }) {
        return request.active_call_id;
    } else if constexpr (requires { request.chat_session_id; }) {
        return request.chat_session_id;
    } else if constexpr (requires { request.action_session_id; }) {
        return request.action_session_id;
    } else if constexpr (requires { request.action_item_id; }) {
        return request.action_item_id;
    } else {
        return {};
    }
}

}  // namespace

RequestIds ids_of(const ici::Request& request) {
    RequestIds ids;
    std::visit(
        [&](const auto& r) {
            ids.item = cut(item_in(r));
            if constexpr (requires { r.reason; }) ids.reason = cut(r.reason);
            if constexpr (requires { r.workmode; }) ids.workmode = cut(r.workmode);
        },
        request);
    return ids;
}

}  // namespace cticonnector::crm
