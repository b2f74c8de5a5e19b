#pragma once
// The pure contact center on a bench: its messages are kept, decoded on demand; time is moved by hand.

#include <gmock/gmock.h>

#include <deque>
#include <string>
#include <vector>

#include "center.hpp"

namespace cticonnector::sim::cc {

using namespace std::chrono_literals;
using namespace ged188;

inline Settings settings_from(const std::string& text) {
    const Json json = parse_json(text, "bench");
    Object script(json, "script");
    Settings settings = read_settings(script);
    script.done();
    return settings;
}

// Agents 1001 and 1002 with a phone each; a chat MRD that cannot be interrupted and a mail MRD that can.
inline const std::string small_center = R"({
  "peripheral": 5000,
  "agents": [
    {"id":"1001","name":"jdoe","password":"pw1","extension":"52513","skill_groups":[10]},
    {"id":"1002","password":"pw2","extension":"52514","wrap_up":"required","wrap_up_ms":30000}],
  "mrds": [{"id":5003},{"id":5004,"interruptible":true},{"id":5005}],
  "skill_groups": [{"number":10,"id":7010}],
  "paths": [{"id":5000,"mrds":[5003,5004]}],
  "selectors": [{"name":"chat","mrd":5003},{"name":"mail","mrd":5004}],
  "numbers": [{"prefix":"0"},{"prefix":"09","outcome":"busy"}],
  "sides": {"A":{},"B":{},"password":"secret"}})";

class Bench : public Outside {
  public:
    explicit Bench(const std::string& script = small_center) : center(settings_from(script), *this) {}

    void send(ClientSessionId session, std::span<const std::uint8_t> message) override {
        sent_.push_back({session, {message.begin(), message.end()}});
    }
    void close(ClientSessionId session) override { closed.push_back(session); }
    void send_to_application(std::span<const std::uint8_t> message) override {
        sent_.push_back({ClientSessionId{}, {message.begin(), message.end()}});
    }
    void report(std::string_view event, const Json& fields) override {
        if (event.ends_with("unsendable")) ADD_FAILURE() << fields;
        reports.emplace_back(event, fields);
    }

    ClientSessionId connect(SideName side = SideName::a) { return center.connected(side, now); }

    static OpenReq open_req(std::uint32_t services) {
        return {.invoke_id = 1,
                .version_number = 24,
                .idle_timeout = 120,
                .peripheral_id = 0xFFFFFFFF,
                .services_requested = services,
                .call_msg_mask = 0xFFFFFFFF,
                .agent_state_mask = 0x3FFF,
                .client_id = "bench",
                .client_password = "secret",
                .application_path_id = 5000};
    }
    static constexpr std::uint32_t all_services =
        CTIServiceMask::CTI_SERVICE_ALL_EVENTS | CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL |
        CTIServiceMask::CTI_SERVICE_CALL_DATA_UPDATE | CTIServiceMask::CTI_SERVICE_AGENT_REPORTING;

    ClientSessionId open(std::uint32_t services = all_services) {
        const ClientSessionId id = connect();
        tell(id, open_req(services));
        EXPECT_EQ(take<OpenConf>(id).size(), 1u);
        clear();
        return id;
    }

    template <class M>
    void tell(ClientSessionId id, const M& message, Version version = Version{24}) {
        std::vector<std::uint8_t> bytes;
        ASSERT_TRUE(wire::encode(message, version, bytes));
        center.on_message(id, frame(bytes), now);
    }
    template <class M>
    void tell_mr(const M& message) {
        std::vector<std::uint8_t> bytes;
        ASSERT_TRUE(mr::encode(message, bytes));
        center.on_mr_message(frame(bytes), now);
    }

    // All messages of one type to a session since clear(); texts live until then.
    template <class M>
    std::vector<M> take(ClientSessionId id, Version version = Version{24}) {
        std::vector<M> result;
        for (const Sent& message : sent_) {
            if (message.session != id || frame(message.bytes).type != M::type) continue;
            const auto decoded = wire::decode<M>(frame(message.bytes), version);
            EXPECT_TRUE(decoded);
            result.push_back(*decoded);
        }
        return result;
    }
    template <class M>
    std::vector<M> take_mr() {
        return take<M>(ClientSessionId{}, mr::version);
    }
    // Message names in the order of sending.
    std::vector<std::string> names(ClientSessionId id) const {
        std::vector<std::string> result;
        for (const Sent& message : sent_) {
            if (message.session == id) result.emplace_back(name_of(frame(message.bytes).type));
        }
        return result;
    }
    // What came last for an agent in an MRD.
    std::optional<AgentStateEvent> state(ClientSessionId id, std::string_view agent, std::int32_t mrd = 1) {
        std::optional<AgentStateEvent> last;
        for (const auto& event : take<AgentStateEvent>(id)) {
            if (event.agent_id == agent && event.mrd_id == mrd) last = event;
        }
        return last;
    }
    // States of an agent in an MRD since clear().
    std::vector<AgentStateValue> states(ClientSessionId id, std::string_view agent, std::int32_t mrd = 1) {
        std::vector<AgentStateValue> result;
        for (const auto& event : take<AgentStateEvent>(id)) {
            if (event.agent_id == agent && event.mrd_id == mrd) result.push_back(event.agent_state);
        }
        return result;
    }
    void clear() {
        sent_.clear();
        reports.clear();
    }

    void pass(milliseconds time) {
        now += time;
        center.on_time(now);
    }

    void login(ClientSessionId id, std::string_view agent, std::string_view password,
               std::string_view device) {
        tell(id, SetAgentStateReq{.invoke_id = 7,
                                  .peripheral_id = 5000,
                                  .agent_state = AgentState::AGENT_STATE_LOGIN,
                                  .agent_instrument = device,
                                  .agent_id = agent,
                                  .agent_password = password});
    }
    void set_state(ClientSessionId id, std::string_view agent, AgentStateValue state,
                   std::uint16_t reason = 0, std::uint8_t forced = 0) {
        tell(id, SetAgentStateReq{.invoke_id = 8,
                                  .peripheral_id = 5000,
                                  .agent_state = state,
                                  .event_reason_code = reason,
                                  .forced_flag = forced,
                                  .agent_id = agent});
    }
    // 1001 at 52513, available.
    void ready_agent(ClientSessionId id) {
        login(id, "1001", "pw1", "52513");
        set_state(id, "1001", AgentState::AGENT_STATE_AVAILABLE);
        clear();
    }
    CallId place(const NewCall& call) {
        CallId placed;
        center.act(now, [&] { placed = center.switchboard.place(call); });
        return placed;
    }
    // The caller of the youngest call.
    void hang_up() {
        center.act(now, [&] { center.switchboard.caller_hangs_up(center.calls.named("")->id); });
    }

    Time now{};
    Center center;
    std::vector<ClientSessionId> closed;
    std::vector<std::pair<std::string, Json>> reports;

  private:
    struct Sent {
        ClientSessionId session;
        std::vector<std::uint8_t> bytes;
    };
    static wire::Frame frame(const std::vector<std::uint8_t>& bytes) {
        const std::span<const std::uint8_t> all{bytes};
        return {wire::read_header(all.first<wire::header_size>()).type, all.subspan(wire::header_size)};
    }
    std::deque<Sent> sent_;
};

}  // namespace cticonnector::sim::cc
