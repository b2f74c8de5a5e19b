#pragma once
// Which kind of message answers what we ask: a reply belongs to a request by its InvokeID and by its kind, so
// that one of another kind never passes for success (R-DEC-35). Source:
// GED-188 section 7, arm-task-model section 2.

#include <array>
#include <cstdint>

#include "cticonnector/protocol/ged188/ged188.hpp"

namespace cticonnector::routing {

struct ReplyRow {
    std::uint32_t asked;
    std::uint32_t reply;
};
/// An indication has no positive answer.
inline constexpr std::uint32_t no_reply = 0;

template <class Asked, class Reply>
inline constexpr ReplyRow answered_by{Asked::type, Reply::type};
template <class Asked>
inline constexpr ReplyRow unanswered{Asked::type, no_reply};

inline constexpr std::array reply_rows{
    answered_by<ged188::QueryAgentStateReq, ged188::QueryAgentStateConf>,
    answered_by<ged188::SetAgentStateReq, ged188::SetAgentStateConf>,
    answered_by<ged188::AnswerCallReq, ged188::AnswerCallConf>,
    answered_by<ged188::ClearConnectionReq, ged188::ClearConnectionConf>,
    answered_by<ged188::ReleaseCallReq, ged188::ReleaseCallConf>,
    answered_by<ged188::MakeCallReq, ged188::MakeCallConf>,
    answered_by<ged188::SnapshotCallReq, ged188::SnapshotCallConf>,
    answered_by<ged188::SnapshotDeviceReq, ged188::SnapshotDeviceConf>,
    answered_by<ged188::MediaLoginReq, ged188::MediaLoginResp>,
    answered_by<ged188::ChangeMaxTaskLimitReq, ged188::ChangeMaxTaskLimitResp>,
    answered_by<ged188::MakeAgentNotRoutableReq, ged188::MakeAgentNotRoutableResp>,
    answered_by<ged188::MakeAgentNotReadyReq, ged188::MakeAgentNotReadyResp>,
    answered_by<ged188::AgentInitReq, ged188::AgentInitResp>,
    answered_by<ged188::GetPrecallMessagesReq, ged188::GetPrecallMessagesResp>,
    answered_by<ged188::GetAgentTasksReq, ged188::AgentTasksResp>,
    answered_by<ged188::SnapshotTaskReq, ged188::SnapshotTaskResp>,
    unanswered<ged188::MediaLogoutInd>,
    unanswered<ged188::MakeAgentReadyInd>,
    unanswered<ged188::OfferTaskInd>,
    unanswered<ged188::StartTaskInd>,
    unanswered<ged188::WrapupTaskInd>,
    unanswered<ged188::EndTaskInd>,
    unanswered<ged188::BeginAgentInitInd>,
    unanswered<ged188::EndAgentInitInd>,
    unanswered<ged188::TaskInitInd>,
    unanswered<ged188::AgentInterruptAcceptedInd>,
    unanswered<ged188::AgentInterruptUnacceptedInd>,
    unanswered<ged188::AgentInterruptDoneAcceptedInd>,
};

/// Any request may be refused by one of these.
inline constexpr std::array refusals{ged188::FailureConf::type, ged188::ControlFailureConf::type,
                                     ged188::FailureResp::type};

/// What is sent without a row here does not compile.
consteval std::uint32_t reply_to(std::uint32_t asked) {
    for (const ReplyRow& row : reply_rows) {
        if (row.asked == asked) return row.reply;
    }
    throw "this message has no row in reply_rows";
}

}  // namespace cticonnector::routing
