#include "pims.hpp"

namespace cticonnector::routing {

namespace {

template <class M>
PimSend to(PimId pim, const M& message) {
    PimSend step{pim, {}};
    // these messages are all fixed fields, there is nothing that could not be written
    mr::encode(message, step.bytes).value();
    return step;
}

}  // namespace

void Pims::accepted(PimId pim, Time now) { pims_[pim] = {.heard = now}; }

void Pims::closed(PimId pim, const std::string& why, std::vector<PimStep>& steps) {
    pims_.erase(pim);
    if (router_ != pim) return;
    router_.reset();
    steps.emplace_back(PimDown{pim, why});
}

void Pims::dismiss(PimId pim, const std::string& why, std::vector<PimStep>& steps) {
    steps.emplace_back(to(pim, mr::MrClose{}));
    steps.emplace_back(PimClose{pim});
    closed(pim, why, steps);
}

void Pims::open(PimId pim, const mr::MrOpenReq& request, std::vector<PimStep>& steps) {
    if (request.idle_timeout != 0 && request.idle_timeout != mr::no_idle_timeout)
        pims_[pim].silence = std::chrono::seconds{request.idle_timeout};
    steps.emplace_back(to(pim, mr::MrOpenConf{.invoke_id = request.invoke_id}));
    if (router_ == pim) return;
    if (router_) dismiss(*router_, "another PIM has opened", steps);
    router_ = pim;
    steps.emplace_back(PimUp{pim, std::string(request.pim_name.value_or("")), request.version_number});
}

bool Pims::on(PimId pim, const mr::Frame& frame, Time now, std::vector<PimStep>& steps) {
    const auto known = pims_.find(pim);
    if (known == pims_.end()) return true;
    known->second.heard = now;
    odd.at(now);
    switch (frame.type) {
        case mr::MrOpenReq::type:
            if (const auto request = odd.read<mr::MrOpenReq>(frame, mr::version)) open(pim, *request, steps);
            return true;
        case mr::MrHeartbeatReq::type:
            if (const auto request = odd.read<mr::MrHeartbeatReq>(frame, mr::version))
                steps.emplace_back(to(pim, mr::MrHeartbeatConf{.invoke_id = request->invoke_id}));
            return true;
        case mr::MrClose::type:
            steps.emplace_back(PimClose{pim});
            closed(pim, "the PIM closed the connection", steps);
            return true;
        default: return router_ != pim;
    }
}

void Pims::stop(std::vector<PimStep>& steps) {
    while (!pims_.empty()) dismiss(pims_.begin()->first, "shutting down", steps);
}

void Pims::on_time(Time now, std::vector<PimStep>& steps) {
    for (auto pim = pims_.begin(); pim != pims_.end();) {
        const auto [id, state] = *pim++;
        if (now >= state.heard + state.silence)
            dismiss(id, "silent for " + std::to_string(state.silence.count()) + " s", steps);
    }
}

std::optional<Pims::Time> Pims::next_deadline() const {
    std::optional<Time> next;
    for (const auto& [id, pim] : pims_) {
        const Time deadline = pim.heard + pim.silence;
        if (!next || deadline < *next) next = deadline;
    }
    return next;
}

}  // namespace cticonnector::routing
