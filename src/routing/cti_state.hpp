#pragma once
// What the rooms of the CTI side share: the open requests, the agents' directory, the bytes to be sent and
// the events for the engine. Pure; the shell takes `out` and `events` away after each input.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cti_session.hpp"
#include "cticonnector/base/current.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/routing/settings.hpp"
#include "directory.hpp"
#include "failures.hpp"
#include "item_data.hpp"
#include "message_ids.hpp"
#include "oddities.hpp"
#include "requests.hpp"
#include "text.hpp"

namespace cticonnector::routing {

struct CtiState {
    CtiState(const Current<Settings>& s, InvokeIds& i) : settings(s), ids(i) {}

    const Current<Settings>& settings;
    InvokeIds& ids;
    Requests requests;
    Directory directory;
    engine::Time now{};
    bool link_up = false;
    std::vector<std::uint8_t> out;
    std::vector<engine::Event> events;
    Oddities odd;

    ged188::Version version() const { return {settings->protocol_version}; }
    engine::AgentId agent(std::string_view name) const { return {settings->peripheral, std::string(name)}; }
    std::string utf8(const std::optional<std::string_view>& text) const {
        return utf8_of(text, settings->code_page);
    }
    std::string identity(const std::optional<std::string_view>& text) const {
        return identity_of(text, settings->code_page);
    }
    std::string coded(std::string_view text) const { return from_utf8(text, settings->code_page); }
    /// Puts credentials into the code page, where they stand. One that it cannot hold is never sent as
    /// something else (R-DEC-70): the request is refused, and false is returned.
    struct Credential {
        std::string_view what;
        std::string& text;
    };
    bool put_in_code_page(const Request&, std::initializer_list<Credential>);

    /// The time of what comes next.
    void at(engine::Time t) {
        now = t;
        odd.at(t);
    }
    void tell(engine::Event event) { events.push_back(std::move(event)); }

    /// Sends `message` under a new InvokeID and remembers what its answer will be for. A message that cannot
    /// be written is refused here.
    template <class M>
    Refused ask(Request request, M message) {
        message.invoke_id = ids.next();
        request.asked = M::type;
        request.reply = reply_to(M::type);
        request.sent = now;
        if (const auto done = ged188::encode(message, version(), out); !done)
            return {engine::Failure::unsent, wire::describe(done.error()),
                    std::string(ged188::name_of(M::type))};
        requests.add(message.invoke_id, std::move(request));
        return {};
    }
    /// The same, and the engine hears of a refusal.
    template <class M>
    void request(const Request& asked, const M& message) {
        if (const Refused failure = ask(asked, message); failure.failure != engine::Failure::none)
            refused(asked, failure);
    }
    /// Whether a request is open that a message of this kind may answer. None is when it comes too late
    /// (R-DEC-35); one that is answered by another kind goes on waiting.
    bool answers(std::uint32_t kind, std::uint32_t invoke_id);
    /// A reply that is none: the request under that number goes on waiting, until its deadline if need be.
    void misfit(std::uint32_t kind, std::uint32_t invoke_id, std::string_view why);
    /// The answer to a request that failed, in the engine's words (R-DEC-49).
    void refused(const Request&, const Refused&);

    template <class M>
    std::optional<M> read(const ged188::Frame& frame) {
        return odd.read<M>(frame, version());
    }

    /// For the log: who a message is about (R-DEC-89).
    void look_up(const wire::FieldList&, MessageIds&) const;

    bool media() const { return settings->application_path != 0; }  ///< R-DEC-7
    std::int32_t mrd(engine::Channel) const;
    /// Nothing for a routing domain that is not configured.
    std::optional<engine::Channel> channel(std::int32_t mrd) const;
};

}  // namespace cticonnector::routing
