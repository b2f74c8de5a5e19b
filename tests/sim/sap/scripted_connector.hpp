#pragma once
// A connector of a few lines for the SAP side to talk to: one agent session per subscription, action items go
// to the first who is subscribed, events of one appId go out in order. Everything may be overridden.

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connector_client.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "event_server.hpp"

namespace cticonnector::sim::sap::testing {

class ScriptedConnector {
  public:
    explicit ScriptedConnector(boost::asio::io_context& io)
        : io_(io), server_(io, "127.0.0.1", 0, [this](const std::string& body) { return receive(body); }) {}

    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/ici"; }
    void close() {
        server_.close();
        if (client_) client_->close();
    }

    /// Overrides the answer to a request; nothing = the usual one.
    std::function<std::optional<ici::ErrorId>(const ici::RequestMessage&)> refuse;
    milliseconds reply_limit{2000};  // for events
    std::vector<std::string> operations;
    std::vector<net::HttpOutcome> event_answers;

    const std::string& app_id() const { return app_id_; }

    /// In its turn.
    void send(const ici::Event& event) {
        queue_.push_back(ici::write_event(event));
        send_next();
    }
    void send_out_of_turn(
        const std::string& text, ConnectorClient::Done done = [](const net::HttpOutcome&) {}) {
        client().post("", text, std::move(done));
    }

    ici::event::ActionItemChanged offer(const std::string& session, const std::string& item,
                                        ici::ProcessingStatus status) const {
        ici::event::ActionItemChanged event;
        event.app_ids = {app_id_};
        event.action_session.action_session_id = session;
        event.action_session.processing_status = ici::text_element(status);
        event.action_session.action_status.id = status == ici::ProcessingStatus::alerting   ? "1"
                                                : status == ici::ProcessingStatus::accepted ? "2"
                                                                                            : "3";
        event.action_item_id = item;
        return event;
    }

  private:
    EventAnswer receive(const std::string& body) {
        const auto read = ici::read_request(body);
        if (!read)
            return {.status = static_cast<unsigned>(read.error().http_status),
                    .body = ici::write_fault(read.error().fault)};
        const auto operation = ici::operation_of(read->request);
        operations.emplace_back(ici::operation_name(operation));
        if (refuse)
            if (const auto error = refuse(*read))
                return {.status = 500, .body = ici::write_fault(ici::make_fault(*error))};
        EventAnswer answer{.body = ici::write_reply(operation, std::visit(*this, read->request))};
        answer.answering = [this] { boost::asio::post(io_, [this] { send_next(); }); };
        return answer;
    }

  public:
    // The replies, and the events that follow them.
    template <class R>
    ici::Reply operator()(const R&) {
        return typename R::Returns{};
    }
    ici::Reply operator()(const ici::request::Subscribe& subscribe) {
        app_id_ = subscribe.app_id;
        app_url_ = subscribe.app_url;
        return ici::User{};
    }
    ici::Reply operator()(const ici::request::SetCurrentWorkmode& mode) {
        ici::event::UserChanged event;
        event.app_ids = {app_id_};
        event.user.user_id = "U1";
        event.user.current_workmode.id = mode.workmode;
        queue_.push_back(ici::write_event(event));
        return std::string{};
    }
    ici::Reply operator()(const ici::request::AddActionItem& add) {
        ++sessions_;
        const std::string session = "s" + std::to_string(sessions_);
        items_[session] = add.action_item_id;
        queue_.push_back(
            ici::write_event(offer(session, add.action_item_id, ici::ProcessingStatus::alerting)));
        return add.action_item_id;
    }
    ici::Reply operator()(const ici::request::Accept& accept) {
        return change(accept.item_id, ici::ProcessingStatus::accepted);
    }
    ici::Reply operator()(const ici::request::Complete& complete) {
        return change(complete.action_session_id, ici::ProcessingStatus::ended);
    }
    ici::Reply operator()(const ici::request::Reroute& reroute) {
        return change(reroute.item_id, ici::ProcessingStatus::rerouted);
    }

  private:
    ici::Reply change(const std::string& session, ici::ProcessingStatus status) {
        queue_.push_back(ici::write_event(offer(session, items_[session], status)));
        return std::string{};
    }

    ConnectorClient& client() {
        if (!client_)
            client_ = std::make_unique<ConnectorClient>(io_, *parse_url(app_url_),
                                                        ConnectorClient::Limits{.reply = reply_limit});
        return *client_;
    }

    // A failed delivery is repeated at once.
    void send_next() {
        if (queue_.empty() || sending_) return;
        sending_ = true;
        client().post("", queue_.front(), [this](const net::HttpOutcome& said) {
            event_answers.push_back(said);
            sending_ = false;
            const auto* answer = std::get_if<net::HttpResponse>(&said);
            if (answer && answer->status == 200) queue_.pop_front();
            send_next();
        });
    }

    boost::asio::io_context& io_;
    EventServer server_;
    std::unique_ptr<ConnectorClient> client_;
    std::deque<std::string> queue_;
    std::map<std::string, std::string> items_;
    std::string app_id_, app_url_;
    unsigned sessions_ = 0;
    bool sending_ = false;
};

}  // namespace cticonnector::sim::sap::testing
