#pragma once
// The real program, run to its end with arguments and a configuration.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "app/temporary_directory.hpp"

namespace cticonnector::app::testing {

class Program : public ::testing::Test {
  protected:
    struct Result {
        int code;
        std::string out, err;
    };

    Result run(const std::string& arguments,
               const std::string& program = CTICONNECTOR_BINARY_DIR "/bin/cticonnectord") {
        const std::string command = "'" + program + "' " + arguments + " >'" + (directory_ / "out").string() +
                                    "' 2>'" + (directory_ / "err").string() + "' </dev/null";
        const int status = std::system(command.c_str());
        EXPECT_TRUE(WIFEXITED(status));
        return {WEXITSTATUS(status), directory_.read("out"), directory_.read("err")};
    }

    Result check(const std::string& text, const std::string& more = {}) {
        return run("check-config --config '" + directory_.write("test.ini", text).string() + "' " + more);
    }

    TemporaryDirectory directory_;
};

}  // namespace cticonnector::app::testing
