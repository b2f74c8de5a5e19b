#include "request_ids.hpp"

#include <variant>

#include "cticonnector/base/text.hpp"

namespace cticonnector::crm {

namespace {

constexpr std::size_t longest_id = 100;

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
            ids.item = shortened(item_in(r), longest_id);
            if constexpr (requires { r.reason; }) ids.reason = shortened(r.reason, longest_id);
            if constexpr (requires { r.workmode; }) ids.workmode = shortened(r.workmode, longest_id);
        },
        request);
    return ids;
}

}  // namespace cticonnector::crm
