// What the ini file names on this machine (R-DEC-13, R-DEC-68, R-OPS-24).
#include <gmock/gmock.h>

#include "app/config_fixture.hpp"
#include "app/temporary_directory.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using enum std::filesystem::perms;

class ConfigPlaces : public ::testing::Test {
  protected:
    /// Of the findings those that are about places.
    std::vector<std::string> told(const std::string& text) {
        file_ = directory_.write("test.ini", text);
        return told();
    }
    std::vector<std::string> told() {
        loaded_ = load_config_file(file_);
        std::erase_if(loaded_.findings, [](const Finding& f) { return f.rule == "R-DEC-67"; });
        return lines(loaded_.findings);
    }

    TemporaryDirectory directory_;
    std::filesystem::path file_;
    LoadedConfig loaded_;
};

TEST_F(ConfigPlaces, ALanguagesPathThatIsNotThereIsAnError_R_DEC_68) {
    EXPECT_THAT(
        told("[LOGGER]\nLevel=info\n[CONFIG]\nLanguagesPath=langs\n"),
        ElementsAre(AllOf(HasSubstr("test.ini:4: error: [CONFIG] LanguagesPath=langs: no such directory "
                                    "(looked for " +
                                    (directory_ / "langs").string()),
                          HasSubstr("the default is used"))));
    EXPECT_EQ(loaded_.config.paths.languages.front(), directory_ / "languages");
    std::filesystem::create_directory(directory_ / "langs");
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_EQ(loaded_.config.paths.languages.front(), directory_ / "langs");
    EXPECT_THAT(told("[CTI]\nHostA=x\n"), IsEmpty()) << "nobody has to have languages";
}

TEST_F(ConfigPlaces, ALogThatCannotBeWrittenIsAnError_R_DEC_13) {
    directory_.write("file", "");
    EXPECT_THAT(told("[LOGGER]\nPath=file/more/x.log\n"),
                ElementsAre(AllOf(
                    HasSubstr("test.ini:2: error: [LOGGER] Path="),
                    HasSubstr("cannot be written: " + (directory_ / "file").string() + " is no directory"))));
    EXPECT_THAT(told("[LOGGER]\nPath=logs/more/x.log\n"), IsEmpty()) << "its directory will be made";
    EXPECT_THAT(told("[LOGGER]\nPath=.\n"), IsEmpty());
    EXPECT_THAT(told("[LOGGER]\nPath=file\n"), IsEmpty());
    EXPECT_THAT(directory_.names(), ElementsAre("file", "test.ini")) << "it only looks";
}

TEST_F(ConfigPlaces, ARunDirThatCannotBeUsedIsAnError_R_OPS_25) {
    directory_.write("file", "");
    EXPECT_THAT(told("[SERVICE]\nRunDir=file\n"),
                ElementsAre(HasSubstr("test.ini:2: error: [SERVICE] RunDir=file: cannot be used: ")));
    EXPECT_THAT(told("[SERVICE]\nRunDir=run\n"), IsEmpty());
    EXPECT_EQ(loaded_.config.paths.run, directory_ / "run");
}

TEST_F(ConfigPlaces, PasswordsThatOthersCanReadAreAWarning_R_OPS_24) {
    const std::string passwords =
        "[CTI]\nClientPassword=geheim\n[CONFIG]\nAgentDefaultPassword=geheim\n[ICI]\nRequestUser=a\n"
        "RequestPassword=geheim\n";
    file_ = directory_.write("test.ini", passwords);
    std::filesystem::permissions(file_, owner_read | owner_write | group_read | others_read);
    EXPECT_THAT(told(),
                ElementsAre("" + file_.string() +
                            ":2: warning: [CTI] ClientPassword=***: every user of this machine can read "
                            "it (and what stands in line 4, 7): chmod o-r " +
                            file_.string() + " (R-OPS-24)"));
    std::filesystem::permissions(file_, owner_read | owner_write | group_read);
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_THAT(told("[CTI]\nClientPassword=\n"), IsEmpty());
}

}  // namespace
}  // namespace cticonnector::app::testing
