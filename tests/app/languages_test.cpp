// R-LOGIN-11, R-STATE-4, R-DEC-33, R-DEC-68, R-DEC-78: language files.
#include "cticonnector/app/languages.hpp"

#include <gmock/gmock.h>

#include "app/config_fixture.hpp"
#include "app/temporary_directory.hpp"

namespace cticonnector::app::testing {
namespace {

using crm::TextKind;
using crm::WorkMode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LoadedTexts read(const std::string& text) {
    std::istringstream in{text};
    return read_language(in, "DE.lfg");
}

TEST(Languages, ShippedFilesHaveATextForEveryCode_R_LOGIN_11) {
    const auto loaded = load_languages({CTICONNECTOR_SOURCE_DIR "/config/languages"});
    EXPECT_THAT(lines(loaded.findings), IsEmpty());
    for (const auto& [kind, id, text] : crm::english_texts) {
        EXPECT_EQ(loaded.languages.texts("EN").by_code.at({kind, id}), text);
        EXPECT_TRUE(loaded.languages.texts("DE").by_code.contains({kind, id})) << text;
    }
}

TEST(Languages, WorkModesKeepTheirOrderTextAndHyphens_R_STATE_4) {
    const auto [texts, findings] = read(
        "\xEF\xBB\xBF# Arbeitsmodi\r\n[WorkModeSupplementary]\r\n 1002 = Kaffee-Pause ; "
        "kurz\r\n1001=Besprechung\r\n");
    EXPECT_THAT(lines(findings), IsEmpty());
    EXPECT_THAT(texts.work_modes,
                ElementsAre(WorkMode{1002, "Kaffee-Pause ; kurz"}, WorkMode{1001, "Besprechung"}));
    EXPECT_EQ(texts.text(TextKind::work_mode, 1001), "Besprechung");
    EXPECT_EQ(texts.text(TextKind::work_mode, 1003), "");
}

TEST(Languages, TextsOfStatesReplaceEnglishOneByOne_R_LOGIN_11) {
    const auto [texts, findings] = read(
        "[callState]\n1=Klingelt\n[mediaState]\n2=Aktiv\n[processingState]\n4=Beendet\n[userState]\n2="
        "Bereit\n"
        "[presenceState]\n1=Frei\n[workMode]\n3=Nicht bereit\n[channel]\n1=Telefon\n");
    EXPECT_THAT(lines(findings), IsEmpty());
    EXPECT_EQ(texts.text(TextKind::call_state, 1), "Klingelt");
    EXPECT_EQ(texts.text(TextKind::call_state, 2), "Connected");
    EXPECT_EQ(texts.text(TextKind::media_state, 2), "Aktiv");
    EXPECT_EQ(texts.text(TextKind::processing_state, 4), "Beendet");
    EXPECT_EQ(texts.text(TextKind::user_state, 2), "Bereit");
    EXPECT_EQ(texts.text(TextKind::presence_state, 1), "Frei");
    EXPECT_EQ(texts.text(TextKind::work_mode, 3), "Nicht bereit");
    EXPECT_EQ(texts.text(TextKind::work_mode, 2), "Ready");
    EXPECT_EQ(texts.text(TextKind::channel, 1), "Telefon");
    EXPECT_EQ(texts.text(TextKind::call_state, 99), "");
}

TEST(Languages, ABadEntryIsToldAndOnlyItIsLeftOut_R_STATE_4) {
    const auto [texts, findings] = read(
        "1=early\n[workModeSupplementary]\n999=too small\n1000=fits\n1000=twice\nabc=x\njust text\n1001=\n"
        "1002=\xC3\x28\n[userState]\n7=unknown\n2=Bereit\n2=twice\n[buttons]\n1=x\n");
    EXPECT_THAT(
        lines(findings),
        ElementsAre(
            "DE.lfg:1: warning: '1=early' stands before any section (R-STATE-4)",
            "DE.lfg:3: warning: [workModeSupplementary] 999=too small: a customer's work mode is above 999, "
            "the "
            "entry is ignored (nearest: 1000; R-STATE-4)",
            HasSubstr("DE.lfg:5: warning: [workModeSupplementary] 1000=twice: stands in this file already"),
            HasSubstr("DE.lfg:6: warning: [workModeSupplementary] 'abc=x' is not <number>=<text>"),
            HasSubstr("DE.lfg:7: warning: [workModeSupplementary] 'just text' is not <number>=<text>"),
            HasSubstr("DE.lfg:8: warning: [workModeSupplementary] 1001=: has no text"),
            HasSubstr("DE.lfg:9: warning: [workModeSupplementary] 1002=\\xc3(: is not UTF-8"),
            HasSubstr("DE.lfg:11: warning: [userState] 7=unknown: no such id"),
            HasSubstr("DE.lfg:13: warning: [userState] 2=twice: stands in this file already"),
            "DE.lfg:14: warning: [buttons] unknown section, its entries are ignored (R-STATE-4)"));
    EXPECT_THAT(texts.work_modes, ElementsAre(WorkMode{1000, "fits"}));
    EXPECT_EQ(texts.text(TextKind::user_state, 2), "Bereit");
}

TEST(Languages, AMisspeltSectionHasANearest_R_STATE_4) {
    for (const auto& [written, meant] : std::initializer_list<std::pair<std::string, std::string>>{
             {"workModeSuplementary", "workModeSupplementary"},
             {"workmodes", "workMode"},
             {"UserStatus", "userState"}})
        EXPECT_THAT(lines(read("[" + written + "]\n").findings),
                    ElementsAre(HasSubstr("[" + written +
                                          "] unknown section, its entries are ignored "
                                          "(nearest: [" +
                                          meant + "]; R-STATE-4)")));
}

TEST(Languages, UTF16IsNamedAsSuch_R_DEC_70) {
    const std::string utf16{
        "[\0u\0s\0e\0r\0S\0t\0a\0t\0e\0]\0\n\0"
        "2\0=\0x\0",
        30};
    for (const auto& text : {"\xFF\xFE" + utf16, utf16}) {
        const auto [texts, findings] = read(text);
        EXPECT_THAT(
            lines(findings),
            ElementsAre("DE.lfg: warning: is UTF-16, nothing in it is used; it must be saved as UTF-8 "
                        "(R-DEC-70)"));
        EXPECT_EQ(texts.text(TextKind::user_state, 2), "Ready");
    }
}

TEST(Languages, FortySevenWorkModesAreTheMost_R_STATE_4) {
    std::string file = "[workModeSupplementary]\n";
    for (int number = 1001; number <= 1048; ++number) file += std::to_string(number) + "=x\n";
    const auto [texts, findings] = read(file);
    EXPECT_THAT(texts.work_modes, SizeIs(47));
    EXPECT_THAT(lines(findings),
                ElementsAre(HasSubstr("DE.lfg:49: warning: [workModeSupplementary] 1048=x: is one more "
                                      "than the 47 a language may have")));
}

// R-LOGIN-10, R-DEC-33
TEST(Languages, TheDirectoryIsReadAndUnknownLanguagesAreEnglish_R_LOGIN_11) {
    const TemporaryDirectory directory;
    directory.write("DE.lfg", "[workModeSupplementary]\n1001=Pause\n");
    directory.write("fr.LFG", "[callState]\n1=Sonne\n");
    directory.write("IT.lfg", "[workModeSupplementary]\n1=basso\n");
    directory.write("readme.txt", "no language");
    std::filesystem::create_directory(directory / "ES.lfg");
    const auto [languages, findings] = load_languages({directory.path()});

    EXPECT_THAT(lines(findings),
                ElementsAre(HasSubstr("ES.lfg: warning: cannot be read"), HasSubstr("IT.lfg:2: warning:")));
    EXPECT_THAT(languages.texts("de").work_modes, SizeIs(1));
    EXPECT_EQ(languages.texts("FR").text(TextKind::call_state, 1), "Sonne");
    EXPECT_THAT(languages.texts("IT").work_modes, IsEmpty());
    for (const auto* unknown : {"XX", "", "ES"}) {
        EXPECT_EQ(&languages.texts(unknown), &languages.built_in);
        EXPECT_THAT(languages.texts(unknown).work_modes, IsEmpty());
        EXPECT_EQ(languages.texts(unknown).text(TextKind::call_state, 1), "Alerting");
    }
}

TEST(Languages, TheDefaultStandsInForOneThatIsNotThere_R_DEC_86) {
    const TemporaryDirectory directory;
    std::filesystem::create_directory(directory / "languages");
    directory.write("languages/EN.lfg", "[workModeSupplementary]\n1001=Break\n");
    directory.write("languages/DE.lfg", "[workModeSupplementary]\n1001=Pause\n");
    const auto load_with = [&](const std::string& key) {
        return load_languages(load_config_file(directory.write("a.ini", "[CONFIG]\n" + key)).config);
    };
    EXPECT_EQ(load_with("").languages.texts("FR").text(TextKind::work_mode, 1001), "Break");
    const auto german = load_with("DefaultLanguage=de\n");
    EXPECT_EQ(german.languages.texts("FR").text(TextKind::work_mode, 1001), "Pause");
    EXPECT_EQ(german.languages.texts("").text(TextKind::work_mode, 1001), "Pause");
    EXPECT_EQ(german.languages.texts("EN").text(TextKind::work_mode, 1001), "Break");
    EXPECT_THAT(german.findings, IsEmpty());
    const auto none = load_with("DefaultLanguage=IT\n");
    EXPECT_EQ(&none.languages.texts("FR"), &none.languages.built_in);
    EXPECT_THAT(
        lines(none.findings),
        ElementsAre(HasSubstr("a.ini:2: warning: [CONFIG] DefaultLanguage=IT: there is no file of it")));
}

TEST(Languages, ADefaultOfTheInstallationBesideFilesOfTheSiteIsTold_R_DEC_68) {
    const TemporaryDirectory site;
    const TemporaryDirectory installed;
    installed.write("EN.lfg", "[userState]\n2=theirs\n");
    Config config;
    config.paths.ini = site / "a.ini";
    config.paths.languages = {site.path(), installed.path()};
    const auto told = [&] { return lines(load_languages(config).findings); };
    EXPECT_THAT(told(), IsEmpty()) << "the site has none of its own";
    site.write("DE.lfg", "");
    EXPECT_THAT(told(), ElementsAre((site / "a.ini").string() +
                                    ": warning: [CONFIG] DefaultLanguage=EN: " + site.path().string() +
                                    " has no file of it: " + (installed / "EN.lfg").string() +
                                    " is used (R-DEC-68)"));
    config.given.lines[{"CONFIG", "DefaultLanguage"}] = 3;
    EXPECT_THAT(told(), ElementsAre(HasSubstr("a.ini:3: warning: [CONFIG] DefaultLanguage=EN")));
    config.paths.ini.clear();
    EXPECT_THAT(told(), IsEmpty()) << "there is no file that it could be said of";
    config.paths.ini = site / "a.ini";
    site.write("en.LFG", "");
    EXPECT_THAT(told(), IsEmpty());
}

TEST(Languages, ALongLineIsQuotedInPart_R_STATE_4) {
    EXPECT_THAT(lines(read("[userState]\n" + std::string(100, 'x') + "\x1B[2J\n").findings),
                ElementsAre(HasSubstr("'" + std::string(60, 'x') + "...' is not <number>")));
    EXPECT_THAT(lines(read("[userState]\n\x1B[2J\n").findings), ElementsAre(HasSubstr("'\\x1b[2J' is not")));
}

TEST(Languages, ALanguageIsFoundHoweverItIsWritten_R_DEC_78) {
    const TemporaryDirectory directory;
    directory.write("DE.lfg", "[userState]\n2=bereit\n");
    const auto [languages, findings] = load_languages({directory.path()});
    for (const auto* german : {"DE", "de", "de-DE", "de_CH", "De-at", "de_DE.UTF-8", "D", " DE\n"})
        EXPECT_EQ(languages.texts(german).text(TextKind::user_state, 2), "bereit") << german;
    for (const auto* other : {"d", "E", "DEU", "-DE"})
        EXPECT_EQ(&languages.texts(other), &languages.built_in) << other;
}

TEST(Languages, TwoFilesOfOneLanguageAreTold) {
    const TemporaryDirectory directory;
    directory.write("DE.lfg", "[userState]\n2=eins\n");
    directory.write("de.lfg", "[userState]\n2=zwei\n");
    const auto [languages, findings] = load_languages({directory.path()});
    EXPECT_THAT(lines(findings), ElementsAre(HasSubstr("another file has this language already")));
    EXPECT_EQ(languages.texts("DE").text(TextKind::user_state, 2), "eins");
}

TEST(Languages, EachComesFromTheFirstDirectoryThatHasIt_R_DEC_68) {
    const TemporaryDirectory customer;
    const TemporaryDirectory installed;
    customer.write("de.lfg", "[userState]\n2=unsers\n");
    installed.write("DE.lfg", "[userState]\n2=deren\n3=deren\n");
    installed.write("FR.lfg", "[userState]\n2=leur\n");
    const auto [languages, findings] =
        load_languages({customer.path(), "no/such/directory", installed.path()});
    EXPECT_THAT(findings, IsEmpty());
    EXPECT_EQ(languages.texts("DE").text(TextKind::user_state, 2), "unsers");
    EXPECT_EQ(languages.texts("DE").text(TextKind::user_state, 3),
              languages.built_in.text(TextKind::user_state, 3));
    EXPECT_EQ(languages.texts("FR").text(TextKind::user_state, 2), "leur");
}

TEST(Languages, AMissingDirectoryIsEnglishWithoutFinding_R_LOGIN_11) {
    const auto [languages, findings] = load_languages({"no/such/directory"});
    EXPECT_THAT(findings, IsEmpty());
    EXPECT_EQ(languages.texts("DE").text(TextKind::work_mode, 2), "Ready");
}

}  // namespace
}  // namespace cticonnector::app::testing
