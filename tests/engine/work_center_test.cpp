#include "cticonnector/engine/work_center.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using Row = std::vector<std::string>;

/// The rows of a vector file, its header line left out.
std::vector<Row> rows_of(const std::string& file) {
    std::ifstream in(CTICONNECTOR_SOURCE_DIR "/tests/engine/vectors/" + file);
    std::vector<Row> rows;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        Row row;
        std::istringstream cells(line + ',');
        std::string cell;
        while (std::getline(cells, cell, ',')) row.push_back(cell);
        rows.push_back(std::move(row));
    }
    return rows;
}

// R-ALLOC-1, R-MULTI-1: exactly the rows of channel-combinations.csv are legal, no other combination is.
TEST(Combinations, R_ALLOC_1_ExactlyThePublishedRowsAreLegal) {
    std::map<std::tuple<int, int, int>, Row> published;
    for (const Row& row : rows_of("channel-combinations.csv"))
        published[{std::stoi(row[0]), std::stoi(row[1]), std::stoi(row[2])}] = row;
    ASSERT_EQ(published.size(), 32u);
    for (int voice = -1; voice <= 3; ++voice) {
        for (int action = -1; action <= 8; ++action) {
            for (int chat = -1; chat <= 8; ++chat) {
                const auto row = published.find({voice, action, chat});
                EXPECT_EQ(CrmProfile{}.legal({{voice, action, chat}}), row != published.end())
                    << voice << ' ' << action << ' ' << chat;
                if (row == published.end()) continue;
                EXPECT_EQ(CrmProfile{}.buffer(Channel::voice, voice), std::stoi(row->second[3]));
                EXPECT_EQ(CrmProfile{}.buffer(Channel::action, action), 0);
                EXPECT_EQ(CrmProfile{}.buffer(Channel::chat, chat), std::stoi(row->second[4]));
                EXPECT_EQ(CrmProfile{}.total({{voice, action, chat}}), std::stoi(row->second[5]));
            }
        }
    }
}

// R-ALLOC-1: the CRM limit is data of the profile.
TEST(Combinations, R_ALLOC_1_AProfileWithTenSessionsAllowsMore) {
    EXPECT_FALSE(CrmProfile{}.legal({{1, 6, 1}}));
    EXPECT_TRUE(CrmProfile{.session_limit = 10}.legal({{1, 6, 1}}));
    EXPECT_FALSE(CrmProfile{.session_limit = 10}.legal({{1, 6, 2}}));
}

struct Login {
    LoginType type = LoginType::agent_id;
    int item_max = 6, action_max = 6, chat_max = 5;
    std::string default_password;
    int shadow = 0;
    bool media = true;
};
SiteSettings settings_of(const Login& l) {
    SiteSettings s = house_settings();
    s.crm.login_type = l.type;
    s.crm.item_max = {l.item_max, Source::ini};
    s.crm.max_sessions = {{Limit{1}, Limit{l.action_max, Source::ini}, Limit{l.chat_max, Source::ini}}};
    s.default_password = Secret{l.default_password};
    s.crm.shadow_login = l.shadow;
    s.media = l.media;
    return s;
}
std::variant<LoginRequest, LoginRefusal> read_string(std::string_view text, std::string_view user,
                                                     const SiteSettings& site) {
    return read_work_center(text, user, site.crm, site);
}
std::string outcome(const std::variant<LoginRequest, LoginRefusal>& read) {
    const auto* refusal = std::get_if<LoginRefusal>(&read);
    return refusal ? std::string(name(refusal->error)) : "ok";
}

// R-LOGIN-2, R-LOGIN-3, R-LOGIN-5, R-LOGIN-6, R-ALLOC-2: every row of login-strings.csv.
TEST(WorkCenter, R_LOGIN_6_AnswersEveryPublishedString) {
    const auto rows = rows_of("login-strings.csv");
    ASSERT_EQ(rows.size(), 26u);
    for (const Row& row : rows) {
        SCOPED_TRACE(row[4]);
        const SiteSettings settings = settings_of({static_cast<LoginType>(std::stoi(row[0])),
                                                   std::stoi(row[1]), std::stoi(row[2]), std::stoi(row[3])});
        const auto read = read_string(row[4], "(crm user)", settings);
        ASSERT_EQ(outcome(read), row[5]);
        if (row[5] != "ok") continue;
        const LoginRequest& login = std::get<LoginRequest>(read);
        EXPECT_EQ(login.agent, row[6]);
        EXPECT_EQ(login.device, row[7]);
        EXPECT_EQ(login.limits[Channel::voice].value, std::stoi(row[8]));
        EXPECT_EQ(login.limits[Channel::action].value, std::stoi(row[9]));
        EXPECT_EQ(login.limits[Channel::chat].value, std::stoi(row[10]));
        EXPECT_EQ(login.shadow, row[11] == "1");
    }
}

struct Case {
    std::string_view why;
    Login settings;
    std::string_view text;
    std::string_view outcome;
    std::string_view says = "";  ///< in the refusal's text
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.why; }

class WorkCenterCase : public ::testing::TestWithParam<Case> {};

TEST_P(WorkCenterCase, IsAnsweredSo) {
    const Case& c = GetParam();
    const auto read = read_string(c.text, "MILLER", settings_of(c.settings));
    EXPECT_EQ(outcome(read), c.outcome);
    if (const auto* refusal = std::get_if<LoginRefusal>(&read)) {
        EXPECT_NE(sentence(refusal->text).find(c.says), std::string::npos) << sentence(refusal->text);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, WorkCenterCase,
    ::testing::Values(
        Case{"R-ALLOC-2: malformed comes before every count", {.action_max = 1}, "1;x;2;m7", "malformed"},
        Case{"R-ALLOC-2: action before chat",
             {.action_max = 1, .chat_max = 1},
             "1;x;2;m2c2",
             "action_count_above_maximum",
             "AppActionRoutingMaxSession=1"},
        Case{"R-ALLOC-2: chat before total",
             {.item_max = 3, .chat_max = 1},
             "1;x;2;mc2",
             "chat_count_above_maximum",
             "AppChatMaxSession=1"},
        Case{"R-ALLOC-2: total before combination",
             {.item_max = 5},
             "1;x;2;pm6",
             "total_above_item_maximum",
             "8 agent sessions, buffers included, are above AppItemMaxSession=5"},
        Case{"R-ALLOC-2: combination last", {.item_max = 9}, "1;x;2;pm5", "illegal_combination", "7"},
        Case{"R-DEC-3: 11 characters", {}, "12345678901;x;2;p", "ok"},
        Case{"R-DEC-3: 12 characters", {}, "123456789012;x;2;p", "malformed", "11 characters"},
        Case{"R-DEC-4: SL without a channel", {.shadow = 2}, "1;x;2;SL", "malformed", "channel"},
        Case{"R-DEC-4: media letters are lower case", {}, "1;x;2;P", "malformed"},
        Case{"R-DEC-4: SL is upper case", {.shadow = 2}, "1;x;2;psl", "malformed"},
        Case{"R-LOGIN-9: SL with AgentShadowLogin=2", {.shadow = 2}, "1;x;2;pSL", "ok"},
        Case{"R-LOGIN-9: SL without it", {.shadow = 1}, "1;x;2;pSL", "malformed", "AgentShadowLogin=1"},
        Case{"R-DEC-5: an empty password needs the default",
             {},
             "1;;2;p",
             "malformed",
             "AgentDefaultPassword"},
        Case{"R-DEC-5: type 5 too", {.type = LoginType::agent_name}, "joe;;2;p", "malformed", "password"},
        Case{"R-DEC-5: type 1 too", {.type = LoginType::password}, ";2;p", "malformed", "password"},
        Case{"R-LOGIN-7: an empty password is the default", {.default_password = "pw"}, "1;;2;p", "ok"},
        Case{"R-DEC-7: no ARM, action items",
             {.media = false},
             "1;x;2;pm",
             "media_not_served",
             "ApplicationPathID"},
        Case{"R-DEC-7: no ARM, chat", {.media = false}, "1;x;2;c", "media_not_served"},
        Case{"R-DEC-9: default counts are checked too", {.item_max = 4}, "1;x;2", "total_above_item_maximum"},
        Case{"R-DEC-9: default count above its ceiling",
             {.action_max = 0},
             "1;x;2",
             "action_count_above_maximum"},
        Case{"R-LOGIN-3: order of the parts", {}, "1;x;2;mp", "malformed"},
        Case{"R-LOGIN-3: one field too many", {}, "1;x;2;p;", "malformed", "5 fields"}));

// R-DEC-5: fields stay positional, blanks are trimmed around agent and device, never in the password.
TEST(WorkCenter, R_DEC_5_TrimsAgentAndDeviceButNotThePassword) {
    const auto read = read_string(" 12345 ; secret ; 52513 ;p", "MILLER", house_settings());
    const LoginRequest& login = std::get<LoginRequest>(read);
    EXPECT_EQ(login.agent, "12345");
    EXPECT_EQ(login.password.reveal(), " secret ");
    EXPECT_EQ(login.device, "52513");
}
TEST(WorkCenter, R_DEC_5_ADeviceInPlaceOfThePasswordIsTriedAsTyped) {
    const auto read = read_string("12345;52513;p", "MILLER", house_settings());
    EXPECT_EQ(std::get<LoginRequest>(read).password.reveal(), "52513");
    EXPECT_EQ(std::get<LoginRequest>(read).device, "p");
}

// R-LOGIN-4, R-DEC-7: no media field means the default counts; without ARM phone only.
TEST(WorkCenter, R_LOGIN_4_NoMediaFieldMeansTheDefaults) {
    SiteSettings s = house_settings();
    s.crm.default_sessions = {{Limit{1}, Limit{2, Source::ini}, Limit{0, Source::ini}}};
    const auto read = read_string("1;x;2", "MILLER", s);
    EXPECT_EQ(std::get<LoginRequest>(read).limits,
              (PerChannel<Limit>{{Limit{1}, Limit{2, Source::ini}, Limit{0, Source::ini}}}));
    s.media = false;
    const auto phone = read_string("1;x;2", "MILLER", s);
    EXPECT_EQ(std::get<LoginRequest>(phone).limits, (PerChannel<Limit>{{Limit{1}, Limit{0}, Limit{0}}}));
}

// R-DEC-64: the default of AppItemMaxSession is there because of voice and chat.
TEST(WorkCenter, R_DEC_64_OnlyActionItemsMayFillTheCrmUnlessTheKeyIsSet) {
    SiteSettings s = house_settings();
    s.crm.item_max = CrmProfile{}.item_max;
    EXPECT_EQ(outcome(read_string("1;x;2;m6", "MILLER", s)), "ok");
    EXPECT_EQ(outcome(read_string("1;x;2;pm3", "MILLER", s)), "ok");
    EXPECT_EQ(outcome(read_string("1;x;2;pm4", "MILLER", s)), "total_above_item_maximum");
    EXPECT_EQ(outcome(read_string("1;x;2;m4c", "MILLER", s)), "total_above_item_maximum");
    s.crm.item_max = {5, Source::ini};
    EXPECT_EQ(outcome(read_string("1;x;2;m6", "MILLER", s)), "total_above_item_maximum");
    EXPECT_EQ(outcome(read_string("1;x;2;m5", "MILLER", s)), "ok");
}

// R-DEC-69, R-DEC-59: whatever stands where, it may be a password that slipped;
// the media's counts may be named.
TEST(WorkCenter, R_DEC_69_ARefusalNamesNoField) {
    const std::string longest_device(63, '5');
    EXPECT_EQ(outcome(read_string("1;x;" + longest_device + ";p", "MILLER", house_settings())), "ok");
    for (const std::string& text :
         {std::string("geheim"), std::string("1;geheim"), std::string("1;x;geheim;p;p"),
          std::string("geheimgeheim;x;52513;p"), std::string("1;x;52513;geheim"),
          std::string("1;x;52513;pgeheim"), std::string("1;x;52513;SL;"), std::string("1;x;52513;m6c5"),
          "1;x;geheim" + longest_device + ";p"}) {
        const auto read = read_string(text, "MILLER", house_settings());
        const auto* refusal = std::get_if<LoginRefusal>(&read);
        ASSERT_TRUE(refusal) << text;
        EXPECT_EQ(sentence(refusal->text).find("geheim"), std::string::npos) << sentence(refusal->text);
        EXPECT_EQ(sentence(refusal->text).find("52513"), std::string::npos) << sentence(refusal->text);
    }
}

// R-DEC-3: types 1 and 2 send the CRM user as received; type 2 the default password, else an empty one.
TEST(WorkCenter, R_DEC_3_TypesWithoutAnAgentFieldTakeTheUser) {
    const auto read = read_string("52513;p", " Miller ", settings_of({.type = LoginType::device}));
    EXPECT_EQ(std::get<LoginRequest>(read).agent, "Miller");
    EXPECT_TRUE(std::get<LoginRequest>(read).password.empty());
    const auto with =
        read_string("52513;p", "Miller", settings_of({.type = LoginType::device, .default_password = "pw"}));
    EXPECT_EQ(std::get<LoginRequest>(with).password.reveal(), "pw");
    EXPECT_EQ(outcome(read_string("52513;p", "TWELVELETTRS", settings_of({.type = LoginType::device}))),
              "malformed");
}

// R-LOGIN-12: a password is never echoed.
TEST(WorkCenter, R_LOGIN_12_NoRefusalShowsThePassword) {
    for (const char* text : {"1;hunter2;;p", ";hunter2;2;p", "1;hunter2;2;x", "1;hunter2;2;pm6c5",
                             "1;hunter2", "1;hunter2;2;p;9"}) {
        const auto read = read_string(text, "MILLER", house_settings());
        ASSERT_TRUE(std::holds_alternative<LoginRefusal>(read)) << text;
        EXPECT_EQ(sentence(std::get<LoginRefusal>(read).text).find("hunter2"), std::string::npos) << text;
    }
}

// R-DEC-12, R-LOGIN-8: the user is the key, trimmed and compared without case.
TEST(Users, R_DEC_12_AreComparedWithoutCase) {
    EXPECT_EQ(user_id(" Miller\t"), user_id("MILLER"));
    EXPECT_NE(user_id("MILLER"), user_id("MILLERS"));
}

}  // namespace
}  // namespace cticonnector::engine::testing
