#include "open_requests.hpp"

#include <utility>

namespace cticonnector::crm {

OpenRequests::OpenRequests(boost::asio::io_context& io, const Current<Settings>& settings, Late late)
    : settings_(settings), late_(std::move(late)), alarm_(io, [this](auto now) { give_up(now); }) {}

void OpenRequests::add(Pending request) {
    const auto id = request.id;
    open_.emplace(id, std::move(request));
    alarm_.set(due());
}

std::optional<Pending> OpenRequests::take(engine::RequestId id) {
    auto node = open_.extract(id);
    return node ? std::optional{std::move(node.mapped())} : std::nullopt;
}

void OpenRequests::clear() {
    open_.clear();
    alarm_.cancel();
}

/// Of the oldest; that it has been answered meanwhile is only seen when the time has come.
std::chrono::steady_clock::time_point OpenRequests::due() const {
    return open_.begin()->second.received + settings_->answer_timeout;
}

void OpenRequests::give_up(std::chrono::steady_clock::time_point now) {
    while (!open_.empty() && due() <= now) late_(std::move(open_.extract(open_.begin()).mapped()));
    if (!open_.empty()) alarm_.set(due());
}

}  // namespace cticonnector::crm
