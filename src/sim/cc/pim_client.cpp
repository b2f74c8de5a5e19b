#include "pim_client.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/protocol/mr/mr.hpp"

namespace cticonnector::sim::cc {

using boost::asio::ip::tcp;

namespace {

constexpr std::uint32_t profile_version = 1;
constexpr std::uint32_t idle_heartbeats = 4;
constexpr std::chrono::seconds patience{10};

}  // namespace

PimClient::PimClient(boost::asio::io_context& io, Center& center, Outside& outside,
                     std::function<void()> after_input)
    : io_(io),
      center_(center),
      outside_(outside),
      after_input_(std::move(after_input)),
      alarm_(io, [this](Time now) { on_time(now); }) {}

void PimClient::connect() {
    if (wanted_ && (connection_ || connecting_)) return;
    wanted_ = true;
    const PimSettings& pim = center_.settings.pim;
    connecting_ = net::Remote(io_, pim.host, pim.port).connect(patience, [this](net::Connected got) {
        connecting_.reset();
        if (!got.socket) return lost(got.failure);
        connected(std::move(*got.socket));
    });
}

void PimClient::connected(tcp::socket socket) {
    connection_ = std::make_shared<PeerConnection>(std::move(socket), mr::max_message());
    connection_->set_manner(manner_);
    connection_->start([this](const wire::Frame& frame) { on_message(frame); },
                       [this](const std::string& what) { lost(what); },
                       [this] { lost("closed by the application"); });
    missed_heartbeats_ = 0;
    const PimSettings& pim = center_.settings.pim;
    const auto idle = std::chrono::ceil<std::chrono::seconds>(pim.heartbeat * idle_heartbeats).count();
    outside_.report("mr.connected", {{"host", pim.host}, {"port", pim.port}});
    send(mr::MrOpenReq{.invoke_id = ++last_invoke_,
                       .version_number = profile_version,
                       .idle_timeout = static_cast<std::uint32_t>(idle),
                       .peripheral_id = pim.peripheral,
                       .pim_name = pim.name});
    heartbeat_due_ = net::now() + pim.heartbeat;
    arm();
}

template <class Message>
void PimClient::send(const Message& message) {
    std::vector<std::uint8_t> bytes;
    if (mr::encode(message, bytes)) send(std::span<const std::uint8_t>{bytes});
}

void PimClient::send(std::span<const std::uint8_t> message) {
    if (connection_) connection_->send(message);
}

void PimClient::on_message(const wire::Frame& frame) {
    missed_heartbeats_ = 0;
    switch (frame.type) {
        case mr::MrOpenConf::type: return opened(frame);
        case mr::MrHeartbeatConf::type: return;
        case mr::MrClose::type: return lost("MR_CLOSE");
        default:
            if (!open_) return lost("a message before MR_OPEN_CONF");
            center_.on_mr_message(frame, net::now());
            after_input_();
    }
}

void PimClient::opened(const wire::Frame& frame) {
    const auto conf = mr::decode<mr::MrOpenConf>(frame);
    if (!conf || conf->status != 0) return lost("MR_OPEN_REQ was refused");
    open_ = true;
    outside_.report("mr.opened", Json::object());
}

void PimClient::heartbeat() {
    if (missed_heartbeats_ >= most_missed_heartbeats) return lost("heartbeats are not confirmed");
    ++missed_heartbeats_;
    send(mr::MrHeartbeatReq{.invoke_id = ++last_invoke_});
    heartbeat_due_ = net::now() + center_.settings.pim.heartbeat;
}

void PimClient::on_time(Time now) {
    if (retry_due_ && *retry_due_ <= now) {
        retry_due_.reset();
        if (wanted_ && !connection_) connect();
    }
    if (heartbeat_due_ && *heartbeat_due_ <= now) {
        heartbeat_due_.reset();
        if (connection_) heartbeat();
    }
    arm();
}

void PimClient::arm() {
    alarm_.set(retry_due_);
    alarm_.set(heartbeat_due_);
}

void PimClient::lost(std::string_view why) {
    outside_.report("mr.lost", {{"text", why}});
    if (connection_) connection_->reset();
    connection_.reset();
    connecting_.reset();
    open_ = false;
    heartbeat_due_.reset();
    center_.mr_lost(net::now());
    after_input_();
    retry_due_ = net::now() + center_.settings.pim.reconnect;
    arm();
}

void PimClient::disconnect() {
    wanted_ = false;
    if (connection_ || connecting_) lost("disconnected by the script");
    retry_due_.reset();
    alarm_.cancel();
}

void PimClient::set_manner(Manner manner) {
    manner_ = manner;
    if (connection_) connection_->set_manner(manner);
}

}  // namespace cticonnector::sim::cc
