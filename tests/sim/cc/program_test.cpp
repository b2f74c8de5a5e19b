// The simulator over real sockets on loopback, with clients of the protocol library, and as a process.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "cticonnector/protocol/mr/mr.hpp"
#include "program.hpp"

namespace cticonnector::sim::cc {
namespace {

using namespace std::chrono_literals;
using namespace ged188;
using boost::asio::ip::tcp;
using ::testing::HasSubstr;

constexpr auto patience = 10s;

// Runs the loop until something is true.
bool run_until(boost::asio::io_context& io, const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) return false;
        io.restart();
        io.run_one_for(50ms);
    }
    return true;
}

// Everything that can happen without anything new has happened.
void settle(boost::asio::io_context& io) {
    io.restart();
    while (io.run_one_for(20ms) > 0) {
    }
}

// The other end of a connection: sends messages, waits for the ones it expects.
class Peer {
  public:
    Peer(boost::asio::io_context& io, tcp::socket socket) : io_(io), socket_(std::move(socket)) { read(); }
    static std::unique_ptr<Peer> connect(boost::asio::io_context& io, std::uint16_t port) {
        tcp::socket socket(io);
        socket.connect({boost::asio::ip::address_v4::loopback(), port});
        return std::make_unique<Peer>(io, std::move(socket));
    }

    template <class M>
    void send(const M& message, Version version = Version{24}) {
        std::vector<std::uint8_t> bytes;
        ASSERT_TRUE(wire::encode(message, version, bytes));
        boost::asio::write(socket_, boost::asio::buffer(bytes));
    }
    // The next message of this type; others are passed over. Texts live until the next call.
    template <class M>
    M expect() {
        const bool came = run_until(io_, [this] {
            while (const auto frame = *framer_.next()) {
                seen.insert(frame->type);
                if (frame->type != M::type) continue;
                body_.assign(frame->body.begin(), frame->body.end());
                return true;
            }
            return false;
        });
        EXPECT_TRUE(came) << M::name << " did not come";
        if (!came) return {};
        const auto message = wire::decode<M>(wire::Frame{M::type, body_}, Version{24}, notes);
        EXPECT_TRUE(message);
        return message ? *message : M{};
    }
    ~Peer() {
        socket_.close();
        run_until(io_, [this] { return closed; });
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    bool closed = false;
    std::size_t received = 0;
    wire::Notes notes;
    std::set<std::uint32_t> seen;

  private:
    void read() {
        socket_.async_read_some(boost::asio::buffer(chunk_),
                                [this](boost::system::error_code error, std::size_t size) {
                                    closed = static_cast<bool>(error);
                                    if (closed) return;
                                    received += size;
                                    framer_.feed(std::span{chunk_}.first(size));
                                    read();
                                });
    }

    boost::asio::io_context& io_;
    tcp::socket socket_;
    wire::Framer framer_{12'500};
    std::array<std::uint8_t, 4096> chunk_{};
    std::vector<std::uint8_t> body_;
};

class ProgramTest : public ::testing::Test {
  protected:
    void start(const std::string& script) {
        json_ = parse_json(script, "test");
        stage_ = std::make_unique<Stage>(io_, output_, json_, make_program);
        stage_->start();
    }
    ~ProgramTest() override {
        if (stage_) stage_->stop();
        io_.restart();
        io_.run();
    }

    // A field of the last report of this kind.
    Json reported(std::string_view event) {
        std::istringstream lines(out_.str());
        Json last;
        for (std::string line; std::getline(lines, line);) {
            const Json json = Json::parse(line);
            if (json["event"] == event) last = json;
        }
        return last;
    }
    std::uint16_t port(std::string_view side) {
        std::istringstream lines(out_.str());
        for (std::string line; std::getline(lines, line);) {
            const Json json = Json::parse(line);
            if (json["event"] == "cti.listening" && json["side"] == side)
                return json["port"].get<std::uint16_t>();
        }
        return 0;
    }
    std::unique_ptr<Peer> open(std::string_view side = "A") {
        auto peer = Peer::connect(io_, port(side));
        peer->send(OpenReq{.invoke_id = 1,
                           .version_number = 24,
                           .idle_timeout = 60,
                           .peripheral_id = 0xFFFFFFFF,
                           .services_requested = CTIServiceMask::CTI_SERVICE_ALL_EVENTS |
                                                 CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL |
                                                 CTIServiceMask::CTI_SERVICE_CALL_DATA_UPDATE |
                                                 CTIServiceMask::CTI_SERVICE_AGENT_REPORTING,
                           .call_msg_mask = 0xFFFFFFFF,
                           .agent_state_mask = 0x3FFF,
                           .client_id = "peer",
                           .client_password = "",
                           .application_path_id = 5000});
        EXPECT_EQ(peer->expect<OpenConf>().session_type, SessionType::ACTIVE);
        return peer;
    }

    boost::asio::io_context io_;
    std::ostringstream out_;
    Output output_{out_, Output::Form::json, sentences};
    Json json_;
    std::unique_ptr<Stage> stage_;
};

const std::string two_sides = R"({"agents":[{"id":"1001","password":"x","extension":"52513"}],
    "mrds":[{"id":5003}],"selectors":[{"name":"chat","mrd":5003}],"sides":{"A":{},"B":{}}})";

TEST_F(ProgramTest, ACallRunsOverTheSocket) {
    start(two_sides);
    auto peer = open();
    peer->send(SetAgentStateReq{.invoke_id = 2,
                                .agent_state = AgentState::AGENT_STATE_LOGIN,
                                .agent_instrument = "52513",
                                .agent_id = "1001",
                                .agent_password = "x"});
    peer->expect<SetAgentStateConf>();
    stage_->command(R"({"do":"agent","agent":"1001","state":"available"})");
    stage_->command(
        R"({"do":"call","ani":"0123","dnis":"8000","variables":{"1":"v1"},"ecc":{"user.a":"b"}})");
    const auto delivered = peer->expect<CallDeliveredEvent>();
    EXPECT_EQ(delivered.call_variables[0], "v1");
    EXPECT_EQ(delivered.named_variables.front(), (wire::NamedVariable{"user.a", "b"}));
    const std::uint32_t call = delivered.connection_call_id;
    stage_->command(R"({"do":"phone","agent":"1001","action":"answer"})");
    EXPECT_EQ(peer->expect<CallEstablishedEvent>().connection_call_id, call);
    stage_->command(R"({"do":"call_data","variables":{"10":"late"}})");
    EXPECT_EQ(peer->expect<CallDataUpdateEvent>().call_variables[9], "late");
    stage_->command(R"({"do":"hang_up"})");
    EXPECT_EQ(peer->expect<EndCallEvent>().connection_call_id, call);
    stage_->command(R"({"do":"state"})");
    EXPECT_EQ(reported("state")["calls"], 0);
    stage_->command(R"({"do":"phone","agent":"1001","action":"answer"})");
    EXPECT_EQ(reported("error")["text"], "input line 7: the agent has no call");
}

TEST_F(ProgramTest, ASideThatGoesDownResetsItsClientsAndTheOtherTakesOver) {
    start(two_sides);
    auto peer = open("A");
    const std::uint16_t port_a = port("A");
    stage_->command(R"({"do":"side","side":"A","action":"down"})");
    EXPECT_TRUE(run_until(io_, [&] { return peer->closed; }));
    EXPECT_EQ(reported("side.active")["side"], "B");
    open("B");
    stage_->command(R"({"do":"side","side":"A","action":"up"})");
    EXPECT_EQ(reported("cti.listening")["port"], port_a);
}

TEST_F(ProgramTest, ByteWiseDeliveryIsCompleteAndHalfOpenIsSilentAndLosesNothing) {
    start(two_sides);
    stage_->command(R"({"do":"side","side":"A","action":"bytewise"})");
    auto peer = open();
    peer->expect<SystemEvent>();
    stage_->command(R"({"do":"side","side":"A","action":"half_open"})");
    settle(io_);
    const auto heard = peer->received;
    peer->send(SetAgentStateReq{.invoke_id = 5,
                                .agent_state = AgentState::AGENT_STATE_LOGIN,
                                .agent_instrument = "52513",
                                .agent_id = "1001",
                                .agent_password = "x"});
    stage_->command(R"({"do":"inject","what":"unknown_tag"})");
    settle(io_);
    EXPECT_EQ(peer->received, heard);
    stage_->command(R"({"do":"state"})");
    EXPECT_EQ(reported("state")["on_voice"], 0) << "it was not read";
    stage_->command(R"({"do":"side","side":"A","action":"normal"})");
    EXPECT_EQ(peer->expect<SystemEvent>().system_event_id, SystemEventID::SYS_TEXT_FYI);
    EXPECT_EQ(peer->notes.unknown_tags, 1u);
    EXPECT_EQ(peer->expect<SetAgentStateConf>().invoke_id, 5u);
}

TEST_F(ProgramTest, AnAnswerCanBeMadeSlow) {
    start(two_sides);
    auto peer = open();
    stage_->command(R"({"do":"slow","answer":"HEARTBEAT_CONF","ms":50})");
    peer->send(HeartbeatReq{.invoke_id = 5});
    peer->send(QueryAgentStateReq{.invoke_id = 6, .peripheral_id = 5000});
    peer->expect<ControlFailureConf>();
    EXPECT_FALSE(peer->seen.contains(HeartbeatConf::type));
    EXPECT_EQ(peer->expect<HeartbeatConf>().invoke_id, 5u);
    stage_->command(R"({"do":"slow","answer":"AGENT_STATE_EVENT","ms":50})");
    EXPECT_EQ(reported("error")["text"],
              "input line 2.answer: \"AGENT_STATE_EVENT\" is not an answer of the CTI server");
}

TEST_F(ProgramTest, InjectionsReachTheClient) {
    start(two_sides);
    auto peer = open();
    peer->expect<AgentInitReadyEvent>();
    stage_->command(R"({"do":"inject","what":"unknown_message"})");
    stage_->command(R"({"do":"inject","what":"unknown_tag"})");
    EXPECT_EQ(peer->expect<SystemEvent>().system_event_id, SystemEventID::SYS_TEXT_FYI);
    EXPECT_EQ(peer->notes.unknown_tags, 1u);
    EXPECT_TRUE(peer->seen.contains(9999));
}

TEST_F(ProgramTest, BytesThatCannotBeFramedEndTheSession) {
    start(two_sides);
    tcp::socket socket(io_);
    socket.connect({boost::asio::ip::address_v4::loopback(), port("A")});
    boost::asio::write(socket, boost::asio::buffer(std::string(8, '\x7f')));
    EXPECT_TRUE(run_until(io_, [&] { return !reported("cti.broken").is_null(); }));
}

TEST_F(ProgramTest, ThePimConnectsRoutesAndComesBack) {
    tcp::acceptor application(io_, {boost::asio::ip::address_v4::loopback(), 0});
    Json script = Json::parse(two_sides);
    script["pim"] = {
        {"port", application.local_endpoint().port()}, {"heartbeat_ms", 100}, {"reconnect_ms", 20}};
    start(script.dump());
    auto cti = open();
    cti->send(
        MediaLoginReq{.peripheral_id = 5000, .mrd_id = 5003, .icm_agent_id = 5001, .max_task_limit = 1});
    cti->send(MakeAgentReadyInd{.mrd_id = 5003, .icm_agent_id = 5001, .make_routable = true});
    for (int times = 0; times < 2; ++times) {
        std::optional<tcp::socket> socket;
        application.async_accept(
            [&](boost::system::error_code, tcp::socket accepted) { socket = std::move(accepted); });
        ASSERT_TRUE(run_until(io_, [&] { return socket.has_value(); }));
        Peer pim(io_, std::move(*socket));
        const auto request = pim.expect<mr::MrOpenReq>();
        EXPECT_EQ(request.pim_name, "PIM1");
        pim.send(mr::MrOpenConf{.invoke_id = request.invoke_id}, mr::version);
        pim.send(mr::MrHeartbeatConf{.invoke_id = pim.expect<mr::MrHeartbeatReq>().invoke_id}, mr::version);
        pim.send(mr::NewTask{.dialogue_id = 7,
                             .send_seq_no = 1,
                             .mr_domain_id = 5003,
                             .previous_task = {-1, -1, -1},
                             .preferred_agent = -1,
                             .script_selector = "chat"},
                 mr::version);
        const auto answer = pim.expect<mr::DoThisWithTask>();
        EXPECT_EQ(answer.icm_agent_id, 5001);
        cti->send(
            EndTaskInd{.mrd_id = 5003, .icm_agent_id = 5001, .task_id = answer.task_id, .disposition = 37});
        // three heartbeats without an answer: the PIM gives this connection up
        EXPECT_TRUE(run_until(io_, [&] { return pim.closed; }));
        EXPECT_EQ(reported("mr.lost")["text"], "heartbeats are not confirmed");
    }
}

// docs/simulators.md: silence is no loss, as TCP has it
TEST_F(ProgramTest, WhatThePimWouldSayWhileItIsSilentComesWithNormal) {
    tcp::acceptor application(io_, {boost::asio::ip::address_v4::loopback(), 0});
    Json script = Json::parse(two_sides);
    script["pim"] = {{"port", application.local_endpoint().port()}, {"heartbeat_ms", 600'000}};
    start(script.dump());
    std::optional<tcp::socket> socket;
    application.async_accept(
        [&](boost::system::error_code, tcp::socket accepted) { socket = std::move(accepted); });
    ASSERT_TRUE(run_until(io_, [&] { return socket.has_value(); }));
    Peer pim(io_, std::move(*socket));
    pim.send(mr::MrOpenConf{.invoke_id = pim.expect<mr::MrOpenReq>().invoke_id}, mr::version);
    ASSERT_TRUE(run_until(io_, [&] { return !reported("mr.opened").is_null(); }));
    for (const std::string manner : {"silent", "half_open"}) {
        stage_->command(R"({"do":"pim","action":")" + manner + R"("})");
        const auto heard = pim.received;
        stage_->command(R"({"do":"pim","action":"unknown_dialogue"})");
        settle(io_);
        EXPECT_EQ(pim.received, heard) << manner;
        stage_->command(R"({"do":"pim","action":"normal"})");
        pim.expect<mr::DoThisWithTask>();
    }
}

TEST_F(ProgramTest, LoadIsAsMuchAsWasOrdered) {
    start(R"({"agents":[{"id":"1001","count":200,"extension":"52001"}],"sides":{"A":{}}})");
    auto peer = open();
    for (int i = 0; i < 200; ++i)
        stage_->command(R"({"do":"agent","agent":")" + std::to_string(1001 + i) + R"(","state":"login"})");
    stage_->command(R"({"do":"load","what":"call_data","rate":2000,"duration_ms":300})");
    int updates = 0;
    while (updates < 600 && !HasFailure()) {
        peer->expect<CallDataUpdateEvent>();
        ++updates;
    }
    EXPECT_EQ(updates, 600);
    EXPECT_TRUE(run_until(io_, [&] { return !reported("load.finished").is_null(); }));
    EXPECT_EQ(reported("load.finished")["events"], 600);
}

TEST_F(ProgramTest, TheScriptOfTheDocumentationIsRead) {
    std::ifstream file(CTICONNECTOR_SOURCE_DIR "/docs/simulators.md");
    std::stringstream text;
    text << file.rdbuf();
    std::string script = text.str();
    const std::string fence = "```json\n";
    script.erase(0, script.find(fence, script.find("## Contact center")) + fence.size());
    script.erase(script.find("```"));
    EXPECT_NO_THROW(Stage(io_, output_, json_ = parse_json(script, "documentation"), make_program));
}

// The program itself: exit codes, standard input, signals.
class ProcessTest : public ::testing::Test {
  protected:
    struct Result {
        int code;
        std::string output;
    };
    static Result run(const std::string& script, const std::string& before, const std::string& after) {
        const std::string path = ::testing::TempDir() + "/sim-cc-" +
                                 ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".json";
        std::ofstream(path) << script;
        const std::string program = CTICONNECTOR_BINARY_DIR "/bin/cticonnector-sim-cc";
        FILE* pipe = popen((before + program + " " + path + after + " 2>&1").c_str(), "r");
        Result result{-1, {}};
        std::array<char, 512> chunk{};
        while (const std::size_t size = fread(chunk.data(), 1, chunk.size(), pipe))
            result.output.append(chunk.data(), size);
        result.code = WEXITSTATUS(pclose(pipe));
        return result;
    }
};

TEST_F(ProcessTest, ABadScriptIsExitCode2WithItsPlace) {
    const auto bad = run(R"({"agents":[{"id":"1"},{"id":7}]})", "", " </dev/null");
    EXPECT_EQ(bad.code, 2);
    EXPECT_THAT(bad.output, HasSubstr("script.agents[1].id: must be a text"));
    EXPECT_EQ(run(R"({"steps":[{"do":"dance"}]})", "", " </dev/null").code, 2);
    EXPECT_EQ(run("{", "", " </dev/null").code, 2);
    EXPECT_EQ(run("{}", "", " --colour </dev/null").code, 2);
}

TEST_F(ProcessTest, QuitOnStandardInputEndsItCleanly) {
    const auto ended = run(R"({"sides":{"A":{}}})", R"(printf '{"do":"nothing"}\n{"do":"quit"}\n' | )", "");
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.output, HasSubstr(R"("event":"cti.listening","side":"A")"));
    EXPECT_THAT(ended.output, HasSubstr("input line 1.do"));
}

}  // namespace
}  // namespace cticonnector::sim::cc
