// The program itself: exit codes, standard input, both forms of output.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>

#include "app/temporary_directory.hpp"

namespace cticonnector::sim::sap::testing {
namespace {

using ::testing::HasSubstr;

class Process : public ::testing::Test {
  protected:
    struct Result {
        int code;
        std::string out, err;
    };

    Result run(const std::string& steps, const std::string& input = {}, const std::string& options = {}) {
        const auto script = directory_.write(
            "script.json", R"({"connector": "http://127.0.0.1:1/ici", "agents": [{"user": "U1"}],
                                                "steps": [)" +
                               steps + "]}");
        const auto typed = directory_.write("input", input);
        const std::string command = "'" CTICONNECTOR_BINARY_DIR "/bin/cticonnector-sim-sap' " + options +
                                    " '" + script.string() + "' <'" + typed.string() + "' >'" +
                                    (directory_ / "out").string() + "' 2>'" + (directory_ / "err").string() +
                                    "'";
        const int status = std::system(command.c_str());
        EXPECT_TRUE(WIFEXITED(status));
        return {WEXITSTATUS(status), directory_.read("out"), directory_.read("err")};
    }

    app::testing::TemporaryDirectory directory_;
};

TEST_F(Process, TakesStepsFromStandardInputAndEndsWithItsCounters) {
    const Result result = run("", "{\"do\": \"print\"}\n{\"do\": \"dance\"}\n{\"do\": \"quit\"}\n");
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr(R"("event":"listening","url":"http://127.0.0.1:)"));
    EXPECT_THAT(result.out, HasSubstr(R"("event":"state")"));
    EXPECT_THAT(result.out, HasSubstr("input line 2"));
    EXPECT_THAT(result.out, HasSubstr(R"("event":"counters","agents_logged_on":0)"));
}

TEST_F(Process, SpeaksPlainSentencesWhenAsked) {
    const Result result = run(R"({"do": "finish"})", {}, "--plain");
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("waiting for events at http://127.0.0.1:"));
}

TEST_F(Process, AFailedWaitIsExitCode1) {
    const Result result = run(R"({"do": "wait_for", "agents_logged_on": 1, "timeout_ms": 1})");
    EXPECT_EQ(result.code, 1);
    EXPECT_THAT(result.out, HasSubstr("agents_logged_on 0 instead of at least 1"));
}

TEST_F(Process, ABadScriptIsExitCode2WithItsPlace) {
    const Result result = run(R"({"do": "log_on", "user": "U2"})");
    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.err, HasSubstr("script.steps[0]: there is no agent \"U2\""));
}

}  // namespace
}  // namespace cticonnector::sim::sap::testing
