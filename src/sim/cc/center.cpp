#include "center.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <utility>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

using Handler = void (*)(Center&, ClientSession&, const wire::Frame&);

struct Row {
    std::uint32_t type;
    std::uint32_t service;
    Handler handle;
};

constexpr std::uint32_t control_service = CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL;
constexpr std::uint32_t reporting = CTIServiceMask::CTI_SERVICE_AGENT_REPORTING;
// what every session may ask
constexpr std::uint32_t any_service = 0;

template <class Message, auto Part>
constexpr Row row(std::uint32_t service) {
    return {Message::type, service, [](Center& center, ClientSession& session, const wire::Frame& frame) {
                if (const auto message = decode<Message>(frame, session.version))
                    (center.*Part).on(session, *message);
                else
                    center.sessions.refuse(session, invoke_id_of(frame),
                                           StatusCode::E_CTI_BAD_MESSAGE_FORMAT);
            }};
}

// Operations of the protocol that this contact center does not offer.
constexpr Row not_offered(std::uint32_t type) {
    return {
        type, control_service, [](Center& center, ClientSession& session, const wire::Frame& frame) {
            center.control.refuse(session, invoke_id_of(frame), {ControlFailureCode::CF_INVALID_FEATURE, 0});
        }};
}

template <class... Messages>
constexpr auto control_rows() {
    return std::array{row<Messages, &Center::control>(control_service)...};
}

template <class... Messages>
constexpr auto media_rows() {
    return std::array{row<Messages, &Center::media>(reporting)...};
}

constexpr auto controls =
    control_rows<SetAgentStateReq, AnswerCallReq, ClearCallReq, ClearConnectionReq, HoldCallReq,
                 RetrieveCallReq, AlternateCallReq, MakeCallReq, ReleaseCallReq, SetCallDataReq,
                 SnapshotDeviceReq, SnapshotCallReq, QueryDeviceInfoReq>();
constexpr auto reports =
    media_rows<MediaLoginReq, MediaLogoutInd, MakeAgentRoutableInd, MakeAgentNotRoutableReq,
               MakeAgentReadyInd, MakeAgentNotReadyReq, OfferTaskInd, StartTaskInd, PauseTaskInd,
               ResumeTaskInd, WrapupTaskInd, EndTaskInd, OfferApplicationTaskReq, StartApplicationTaskReq,
               AgentInterruptAcceptedInd, AgentInterruptUnacceptedInd, AgentInterruptDoneAcceptedInd,
               ChangeMaxTaskLimitReq, OverrideLimitReq, UpdateTaskContextInd, BeginAgentInitInd, AgentInitReq,
               TaskInitInd, TaskInitReq, EndAgentInitInd, GetPrecallMessagesReq, GetAgentTasksReq,
               SnapshotTaskReq>();
constexpr std::array others{
    row<QueryAgentStateReq, &Center::control>(any_service),
    not_offered(ConferenceCallReq::type),
    not_offered(ConsultationCallReq::type),
    not_offered(TransferCallReq::type),
    not_offered(ReconnectCallReq::type),
    not_offered(DeflectCallReq::type),
    not_offered(SendDtmfSignalReq::type),
};

const Row* find_row(std::uint32_t type) {
    for (const std::span<const Row> rows : {std::span<const Row>{controls}, {reports}, {others}}) {
        const auto found = std::ranges::find(rows, type, &Row::type);
        if (found != rows.end()) return &*found;
    }
    return nullptr;
}

}  // namespace

Center::Center(Settings configured, Outside& world) : settings(std::move(configured)), outside(world) {
    sessions.on_opened([this](ClientSession& session) { media.session_opened(session); });
    sessions.on_closed([this](const ClientSession& session) { media.session_closed(session); });
}

ClientSessionId Center::connected(SideName side, Time now) {
    timers.set_now(now);
    return sessions.connected(side);
}

void Center::disconnected(ClientSessionId id, Time now) {
    act(now, [&] { sessions.disconnected(id); });
}

void Center::broken(ClientSessionId id, std::string_view what, Time now) {
    act(now, [&] { sessions.broken(id, what); });
}

wire::Version Center::version_of(ClientSessionId id) const {
    const ClientSession* session = sessions.find(id);
    return session == nullptr ? newest_version : session->version;
}

void Center::on_message(ClientSessionId id, const wire::Frame& frame, Time now) {
    act(now, [&] {
        ClientSession* session = sessions.on_message(id, frame);
        if (session == nullptr) return;
        const Row* handler = find_row(frame.type);
        if (handler == nullptr)
            return sessions.refuse(*session, invoke_id_of(frame),
                                   StatusCode::E_CTI_INVALID_MSG_TYPE_FOR_VERSION);
        if (handler->service != any_service && !session->has(handler->service))
            return sessions.refuse(*session, invoke_id_of(frame), StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE);
        handler->handle(*this, *session, frame);
    });
}

void Center::on_mr_message(const wire::Frame& frame, Time now) {
    act(now, [&] { dialogues.on_message(frame); });
}

void Center::mr_lost(Time now) {
    act(now, [&] { dialogues.lost(); });
}

void Center::on_time(Time now) {
    timers.set_now(now);
    // one at a time: what a deadline changes is published before the next one counts
    while (timers.run_one()) settle();
}

void Center::act(Time now, const std::function<void()>& action) {
    timers.set_now(now);
    action();
    settle();
}

void Center::settle() {
    while (agents.publish() || router.assign_one()) {
    }
}

}  // namespace cticonnector::sim::cc
