// Every requirement id that a file names is defined in docs/reference, once.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

bool is_word(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The id that stands at `at`, R-, capitals, -, digits; empty when there is none.
std::string_view id_at(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "R-" || (at > 0 && is_word(text[at - 1]))) return {};
    const auto dash = std::min(text.find_first_not_of(capitals, at + 2), text.size());
    const auto end = std::min(text.find_first_not_of(digits, dash + 1), text.size());
    if (dash == at + 2 || text.substr(dash, 1) != "-" || end == dash + 1) return {};
    return text.substr(at, end - at);
}

std::vector<std::string> ids_in(std::string_view text) {
    std::vector<std::string> found;
    for (auto at = text.find("R-"); at != text.npos; at = text.find("R-", at + 1)) {
        if (const auto id = id_at(text, at); !id.empty()) found.emplace_back(id);
    }
    return found;
}

/// The pages define an id by a line that begins with it in bold, mostly as an entry of a list.
std::vector<std::string> definitions_in(std::string_view page) {
    std::vector<std::string> found;
    while (!page.empty()) {
        std::string_view line = page.substr(0, page.find('\n'));
        page.remove_prefix(std::min(line.size() + 1, page.size()));
        if (line.starts_with("- ")) line.remove_prefix(2);
        if (!line.starts_with("**")) continue;
        const auto id = id_at(line, 2);
        if (!id.empty() && line.substr(2 + id.size()).starts_with("**")) found.emplace_back(id);
    }
    return found;
}

std::string contents(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<fs::path> files_under(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

const fs::path root{CTICONNECTOR_SOURCE_DIR};

std::string name_of(const fs::path& file) { return fs::relative(file, root).generic_string(); }

/// Each id with the pages that define it.
std::map<std::string, std::vector<std::string>> definitions() {
    std::map<std::string, std::vector<std::string>> pages;
    for (const auto& page : files_under(root / "docs" / "reference")) {
        for (const auto& id : definitions_in(contents(page))) pages[id].push_back(name_of(page));
    }
    return pages;
}

TEST(Citations, EveryIdIsDefinedInTheReference) {
    const auto defined = definitions();
    std::size_t cited = 0;
    std::vector<std::string> undefined;
    for (const auto* folder : {"src", "include", "tests", "docs"}) {
        for (const auto& file : files_under(root / folder)) {
            for (const auto& id : ids_in(contents(file))) {
                ++cited;
                if (!defined.contains(id)) undefined.push_back(name_of(file) + ": " + id);
            }
        }
    }
    EXPECT_THAT(undefined, IsEmpty());
    EXPECT_GT(cited, 500u);
}

TEST(Citations, AnIdIsDefinedOnce) {
    for (const auto& [id, pages] : definitions())
        EXPECT_EQ(pages.size(), 1u) << id << " in " << pages.front();
}

// The ids are put together here, so that this file does not name what is not defined.
TEST(Citations, AnIdIsSeenWhereItStands) {
    const std::string letter = "R-", one = letter + "ONE-1", two = letter + "TWO-22";
    EXPECT_THAT(ids_in("(" + one + ", " + two + ") A" + one + " R-ONE R-ONE- R--1 R-one-1 R-"),
                ElementsAre(one, two));
    EXPECT_THAT(ids_in(one + "a"), ElementsAre(one));
    EXPECT_THAT(definitions_in("- **" + one + "** text **" + two + "**\n" + two + " text\n**" + two + "**"),
                ElementsAre(one, two));
}

}  // namespace
