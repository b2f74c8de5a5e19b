#include "cti_state.hpp"

#include <array>
#include <optional>

namespace cticonnector::routing {

using engine::Channel;

namespace {

/// The device that a call event is about (R-DEC-37).
constexpr std::array devices_of_events{"AlertingDeviceID",   "AnsweringDeviceID",  "ReleasingDeviceID",
                                       "HoldingDeviceID",    "RetrievingDeviceID", "TransferringDeviceID",
                                       "ControllerDeviceID", "ConnectionDeviceID"};

std::string shown_agent(const Request& request) {
    return request.unconfirmed ? std::string(Secret::shown) : request.agent.name;
}

}  // namespace

bool CtiState::answers(std::uint32_t kind, std::uint32_t invoke_id) {
    const Request* request = requests.find(invoke_id);
    if (!request) return false;
    if (request->answered_by(kind)) return true;
    misfit(kind, invoke_id, "is no answer to it");
    return false;
}

void CtiState::misfit(std::uint32_t kind, std::uint32_t invoke_id, std::string_view why) {
    const Request* request = requests.find(invoke_id);
    odd.unexpected(ged188::name_of(kind),
                   "came for " + std::string(ged188::name_of(request->asked)) + " (InvokeID " +
                       std::to_string(invoke_id) + "), but " + std::string(why) +
                       "; the request goes on waiting",
                   shown_agent(*request));
}

void CtiState::refused(const Request& request, const Refused& refused) {
    switch (request.question) {
        case Question::query_agent:
        case Question::login:
        case Question::operation:
        case Question::login_medium:
        case Question::place_call:
            return tell(engine::Outcome{request.operation, refused.failure, refused.text, refused.request});
        case Question::indicate_medium:
        case Question::restore_medium:
            return tell(engine::MediumRefused{request.agent, request.channel, refused.failure, refused.text,
                                              request.asked == ged188::MakeAgentReadyInd::type,
                                              refused.request});
        case Question::indicate_task:
            return tell(engine::TaskRefused{request.agent, request.task, refused.failure, refused.text,
                                            refused.request});
        case Question::restore_task: return tell(engine::TaskGone{request.agent, request.task, refused.text});
        case Question::snapshot_device:
        case Question::snapshot_call:
        case Question::list_tasks:
        case Question::snapshot_task:  // FindWork answers for these
        case Question::sign_in_again:
        case Question::list_restored:  // and the resynchronisation for these
            return;
        case Question::nothing:  // nobody waits for it, but it did not happen
            return odd.refused(refused.request, refused.text, shown_agent(request), request.call.call);
    }
}

bool CtiState::put_in_code_page(const Request& request, std::initializer_list<Credential> credentials) {
    for (const Credential& credential : credentials) {
        auto held = encode(credential.text, settings->code_page);
        if (!held) {
            refused(request, {engine::Failure::unsent, std::string("the ")
                                                           .append(credential.what)
                                                           .append(" has a character that [CTI] CodePage ")
                                                           .append(name(settings->code_page))
                                                           .append(" does not have")});
            return false;
        }
        credential.text = std::move(*held);
    }
    return true;
}

void CtiState::look_up(const wire::FieldList& fields, MessageIds& found) const {
    const Request* request =
        found.invoke ? requests.find(static_cast<std::uint32_t>(*found.invoke)) : nullptr;
    if (request && !request->agent.name.empty()) {
        found.agent = shown_agent(*request);
        return;
    }
    if (found.agent.empty() && found.icm_agent) {
        const auto agent = directory.agent(static_cast<std::int32_t>(*found.icm_agent));
        if (agent) found.agent = agent->name;
    }
    for (const char* field : devices_of_events) {
        if (!found.agent.empty()) return;
        const std::string device = to_utf8(text_in(fields, field), settings->code_page);
        if (const auto agent = directory.at_device(device)) found.agent = agent->name;
    }
}

std::int32_t CtiState::mrd(Channel channel) const {
    const engine::PerChannel<std::uint32_t> domains{
        {settings->voice_mrd, settings->action_mrd, settings->chat_mrd}};
    return static_cast<std::int32_t>(domains[channel]);
}

std::optional<Channel> CtiState::channel(std::int32_t id) const {
    for (const Channel channel : engine::channels) {
        if (mrd(channel) == id) return channel;
    }
    return std::nullopt;
}

}  // namespace cticonnector::routing
