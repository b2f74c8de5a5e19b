#include "cticonnector/sim/script/output.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace cticonnector::sim {
namespace {

constexpr std::array sentences{Sentence{"agent.login", "agent {agent} logs in at {device}"}};

TEST(Output, WritesOneJsonObjectPerLine) {
    std::ostringstream out;
    Output output(out, Output::Form::json, sentences);
    output.report("agent.login", {{"agent", "1001"}, {"device", "52513"}});
    output.report("latin", {{"text", "M\xfcller"}});
    std::istringstream lines(out.str());
    std::string line;
    std::getline(lines, line);
    const Json json = Json::parse(line);
    EXPECT_EQ(json["event"], "agent.login");
    EXPECT_EQ(json["agent"], "1001");
    EXPECT_GE(json["t_ms"].get<int>(), 0);
    std::getline(lines, line);
    EXPECT_TRUE(Json::accept(line)) << line;
}

TEST(Output, WritesSentencesForPeople) {
    EXPECT_EQ(plain_text("agent.login", {{"agent", "1001"}, {"device", "52513"}}, sentences),
              "agent 1001 logs in at 52513");
    EXPECT_EQ(plain_text("agent.login", {{"agent", "1001"}}, sentences), "agent 1001 logs in at -");
    EXPECT_EQ(plain_text("call.begin", {{"call", 7}, {"ani", "0123"}}, sentences),
              "call.begin call=7 ani=0123");
}

}  // namespace
}  // namespace cticonnector::sim
