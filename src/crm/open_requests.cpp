#include "open_requests.hpp"

#include <utility>

namespace cticonnector::crm {

OpenRequests::OpenRequests(boost::asio::io_context& io, std::chrono::milliseconds limit, Late late)
    : limit_(limit), late_(std::move(late)), timer_(io) {}

void OpenRequests::add(Pending request) {
    const auto id = request.id;
    open_.emplace(id, std::move(request));
    if (!armed_) arm();
}

std::optional<Pending> OpenRequests::take(engine::RequestId id) {
    auto node = open_.extract(id);
    return node ? std::optional{std::move(node.mapped())} : std::nullopt;
}

void OpenRequests::clear() {
    open_.clear();
    timer_.cancel();
}

/// For the oldest; that it has been answered meanwhile is only seen when the time has come.
void OpenRequests::arm() {
    armed_ = true;
    timer_.expires_at(open_.begin()->second.received + limit_);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (error || alive.expired()) return;
        armed_ = false;
        const auto now = std::chrono::steady_clock::now();
        while (!open_.empty() && open_.begin()->second.received + limit_ <= now)
            late_(std::move(open_.extract(open_.begin()).mapped()));
        if (!open_.empty() && !armed_) arm();
    });
}

}  // namespace cticonnector::crm
