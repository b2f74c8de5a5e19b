#include <gmock/gmock.h>

#include <sstream>

#include "cticonnector/sim/script/simulator.hpp"

namespace cticonnector::sim {
namespace {

using testing::ElementsAre;

// "say" writes down its word, "fail" fails when it is run.
class Parrot : public Simulator {
  public:
    explicit Parrot(std::vector<std::string>& said) : said_(said) {}
    Action compile(const std::string& verb, Object& step) override {
        if (verb == "fail") return [] { throw ScriptError("parrot", "cannot"); };
        if (verb != "say") throw ScriptError(step.place_of("do"), "\"" + verb + "\" is not known");
        return [this, word = step.text("word")] { said_.push_back(word); };
    }
    void start() override { said_.push_back("start"); }
    void stop() override { said_.push_back("stop"); }

  private:
    std::vector<std::string>& said_;
};

struct StageTest : testing::Test {
    Stage stage(std::string_view script) {
        return {
            io, output, json = parse_json(script, "test"),
            [this](Object&, boost::asio::io_context&, Output&) { return std::make_unique<Parrot>(said); }};
    }
    boost::asio::io_context io;
    std::ostringstream out;
    Output output{out, Output::Form::plain, {}};
    Json json;
    std::vector<std::string> said;
};

TEST_F(StageTest, RunsStepsInTheirOrderAndStops) {
    auto running =
        stage(R"({"steps":[{"do":"say","word":"b","at_ms":20},{"do":"say","word":"c"},{"do":"say","word":"d"},
                             {"do":"say","word":"a","at_ms":1},{"do":"quit","at_ms":40}]})");
    running.start();
    io.run();
    EXPECT_THAT(said, ElementsAre("start", "a", "b", "c", "d", "stop"));
    running.stop();
    EXPECT_EQ(said.size(), 6u);
}

TEST_F(StageTest, FindsABadStepBeforeAnythingRuns) {
    const auto error = [&](std::string_view script) -> std::string {
        try {
            stage(script);
        } catch (const ScriptError& wrong) {
            return wrong.what();
        }
        return "no error";
    };
    EXPECT_EQ(error(R"({"steps":[{"do":"say","word":"a"},{"do":"sing"}]})"),
              "script.steps[1].do: \"sing\" is not known");
    EXPECT_EQ(error(R"({"steps":[{"do":"say","wrod":"a"}]})"), "script.steps[0].word: is missing");
    EXPECT_EQ(error(R"({"steps":[{"do":"say","word":"a","loud":true}]})"),
              "script.steps[0].loud: is not a known key here");
    EXPECT_EQ(error(R"({"steps":[],"stpes":1})"), "script.stpes: is not a known key here");
    EXPECT_EQ(error(R"({"steps":{}})"), "script.steps: must be a list [...]");
    EXPECT_TRUE(said.empty());
}

TEST_F(StageTest, ABadLineIsOneErrorAndTheNextOneRuns) {
    auto running = stage("{}");
    running.start();
    running.command(R"({"do":"say")");
    running.command("");
    running.command(R"({"do":"fail"})");
    running.command(R"({"do":"say","word":"later","at_ms":5})");
    running.command(R"({"do":"say","word":"now"})");
    io.run();
    EXPECT_THAT(said, ElementsAre("start", "now", "later"));
    EXPECT_THAT(out.str(), testing::HasSubstr("error text=input line 1: parse error"));
    EXPECT_THAT(out.str(), testing::HasSubstr("error text=parrot: cannot at=input line 3"));
}

}  // namespace
}  // namespace cticonnector::sim
