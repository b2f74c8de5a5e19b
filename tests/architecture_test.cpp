// architecture.md: layers point one way. Reads every #include under src/
// and include/ and holds it against the floors.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A layer is a folder; what it may include besides itself and the standard library. Boost.System is there
/// for results without exceptions.
struct Layer {
    std::string_view folder;
    std::vector<std::string_view> below;
    std::vector<std::string_view> libraries;
};

const std::vector<Layer>& layers() {
    static const std::vector<Layer> all{
        {"base",
         {},
         {"boost/describe/", "boost/mp11/", "boost/locale/utf.hpp", "nlohmann/", "iconv.h", "openssl/",
          "windows.h"}},
        {"protocol/wire", {"base"}, {"boost/system/"}},
        {"protocol/ged188", {"base", "protocol/wire"}, {"boost/system/"}},
        {"protocol/mr", {"base", "protocol/wire"}, {"boost/system/"}},
        {"protocol/soap", {"base"}, {"pugixml.hpp", "boost/system/"}},
        {"protocol/ici", {"base", "protocol/soap"}, {"pugixml.hpp", "boost/system/"}},
        {"engine", {"base"}, {"boost/describe/", "boost/system/"}},
        {"language", {"base"}, {}},
        {"net", {"base"}, {"boost/", "zlib.h"}},
        {"routing", {"base", "protocol/wire", "protocol/ged188", "protocol/mr", "engine", "net"}, {"boost/"}},
        {"crm", {"base", "language", "protocol/soap", "protocol/ici", "engine", "net"}, {"boost/"}},
        {"admin", {"base", "engine", "language", "net"}, {"boost/", "nlohmann/"}},
        {"sim",
         {"base", "protocol/wire", "protocol/ged188", "protocol/mr", "protocol/soap", "protocol/ici", "net"},
         {"boost/", "nlohmann/"}},
        {"app",
         {"base", "protocol/wire", "protocol/ged188", "protocol/mr", "protocol/soap", "protocol/ici",
          "engine", "language", "net", "routing", "crm", "admin"},
         {"boost/", "spdlog/", "CLI/", "fcntl.h", "ini.h", "io.h", "sys/", "unistd.h", "psapi.h",
          "windows.h"}},
    };
    return all;
}

constexpr std::string_view own_prefix = "cticonnector/";

bool in_folder(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

const Layer* layer_of(std::string_view path) {
    const auto found =
        std::ranges::find_if(layers(), [&](const Layer& layer) { return in_folder(path, layer.folder); });
    return found == layers().end() ? nullptr : &*found;
}

/// Third-party headers have a folder or a .h in their name; the standard library's have neither.
bool is_standard(std::string_view header) { return header.find_first_of("/.") == std::string_view::npos; }

/// What one operating system has and another has not stands in pairs of files.
bool is_platform_header(std::string_view header) {
    return header == "windows.h" || header == "psapi.h" || header == "io.h" || header == "iconv.h" ||
           header == "fcntl.h" || header == "unistd.h" || header.starts_with("sys/");
}
bool is_platform_file(std::string_view path) {
    return path.ends_with("_posix.cpp") || path.ends_with("_windows.cpp");
}

/// What is described is written as JSON only by those who show, keep or replay it.
constexpr std::string_view json_header = "cticonnector/base/json.hpp";
bool knows(const Layer& layer, std::string_view library) {
    return std::ranges::find(layer.libraries, library) != layer.libraries.end();
}

/// One #include of a file of `layer`; empty when it is allowed.
std::string complaint(const Layer& layer, std::string_view header, bool quoted) {
    const std::string arrow = std::string{layer.folder} + " -> " + std::string{header};
    if (header.find("..") != std::string_view::npos) return arrow + ": leaves its folder";
    if (header.starts_with(own_prefix)) {
        const auto* target = layer_of(header.substr(own_prefix.size()));
        if (target == nullptr) return arrow + ": belongs to no layer";
        const bool allowed =
            target == &layer || std::ranges::find(layer.below, target->folder) != layer.below.end();
        if (allowed && header == json_header && !knows(layer, "nlohmann/")) return arrow + ": knows no JSON";
        return allowed ? "" : arrow + ": points up or sideways";
    }
    if (quoted || is_standard(header)) return {};
    const bool allowed =
        std::ranges::any_of(layer.libraries, [&](std::string_view name) { return header.starts_with(name); });
    return allowed ? "" : arrow + ": a library that this layer must not know";
}

/// `path` is relative to src/ or include/cticonnector/.
std::vector<std::string> complaints(std::string_view path, std::istream& text) {
    const auto* layer = layer_of(path);
    if (layer == nullptr) return {std::string{path} + ": belongs to no layer"};
    std::vector<std::string> found;
    for (std::string line; std::getline(text, line);) {
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string::npos || line[hash] != '#') continue;
        const auto word = line.find_first_not_of(" \t", hash + 1);
        if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
        const auto open = line.find_first_of("<\"", word);
        const auto close = open == std::string::npos ? open : line.find_first_of(">\"", open + 1);
        if (close == std::string::npos) {
            found.push_back(std::string{path} + ": an include that names no header");
            continue;
        }
        const auto header = std::string_view{line}.substr(open + 1, close - open - 1);
        auto text_of = complaint(*layer, header, line[open] == '"');
        if (text_of.empty() && is_platform_header(header) && !is_platform_file(path))
            text_of = std::string{header} + ": belongs into a pair of files, one for each system";
        if (!text_of.empty()) found.push_back(std::string{path} + ": " + text_of);
    }
    return found;
}

std::vector<std::string> complaints(std::string_view path, const std::string& text) {
    std::istringstream in{text};
    return complaints(path, in);
}

struct Checked {
    std::vector<std::string> complaints;
    std::size_t files = 0;
};

Checked check_tree(const std::filesystem::path& root) {
    Checked checked;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{root}) {
        const auto extension = entry.path().extension();
        if (extension != ".hpp" && extension != ".cpp" && extension != ".h") continue;
        std::ifstream in{entry.path()};
        std::ranges::move(complaints(std::filesystem::relative(entry.path(), root).generic_string(), in),
                          std::back_inserter(checked.complaints));
        ++checked.files;
    }
    return checked;
}

TEST(Architecture, EveryIncludePointsDown) {
    for (const auto* tree : {"src", "include/cticonnector"}) {
        const auto checked = check_tree(std::filesystem::path{CTICONNECTOR_SOURCE_DIR} / tree);
        EXPECT_THAT(checked.complaints, IsEmpty());
        EXPECT_GT(checked.files, 5u) << tree;
    }
}

TEST(Architecture, TheFloorsThemselvesPointDown) {
    for (auto layer = layers().begin(); layer != layers().end(); ++layer) {
        for (const auto below : layer->below) {
            EXPECT_TRUE(std::any_of(layers().begin(), layer,
                                    [&](const Layer& lower) { return lower.folder == below; }))
                << layer->folder << " -> " << below;
        }
    }
}

TEST(Architecture, TheCheckerSeesForbiddenArrows) {
    const std::vector<std::pair<std::string_view, std::string>> forbidden{
        {"engine/a.cpp", "#include \"cticonnector/routing/settings.hpp\"\n"},
        {"engine/a.cpp", "#include \"cticonnector/protocol/ged188/ged188.hpp\"\n"},
        {"engine/a.cpp", "  #  include <boost/asio.hpp>\n"},
        {"engine/a.cpp", "#include \"../crm/settings.hpp\"\n"},
        {"engine/a.cpp", "#include HEADER\n"},
        {"engine/a.cpp", "#include \"cticonnector/base/json.hpp\"\n"},
        {"protocol/ged188/a.cpp", "#include <boost/asio/buffer.hpp>\n"},
        {"protocol/ged188/a.cpp", "#include \"cticonnector/engine/types.hpp\"\n"},
        {"protocol/mr/a.cpp", "#include \"cticonnector/protocol/ged188/ged188.hpp\"\n"},
        {"protocol/soap/a.cpp", "#include \"cticonnector/protocol/ici/ici.hpp\"\n"},
        {"protocol/ici/a.cpp", "#include <spdlog/spdlog.h>\n"},
        {"net/a.cpp", "#include \"cticonnector/engine/types.hpp\"\n"},
        {"net/a.cpp", "#include \"cticonnector/crm/settings.hpp\"\n"},
        {"net/a.cpp", "#include \"cticonnector/routing/settings.hpp\"\n"},
        {"engine/a.cpp", "#include \"cticonnector/net/remote.hpp\"\n"},
        {"routing/a.cpp", "#include \"cticonnector/crm/settings.hpp\"\n"},
        {"crm/a.hpp", "#include \"cticonnector/routing/settings.hpp\"\n"},
        {"crm/a.hpp", "#include \"cticonnector/protocol/ged188/ged188.hpp\"\n"},
        {"crm/a.hpp", "#include \"cticonnector/app/config.hpp\"\n"},
        {"crm/a.hpp", "#include <nlohmann/json.hpp>\n"},
        {"admin/a.cpp", "#include \"cticonnector/crm/settings.hpp\"\n"},
        {"admin/a.cpp", "#include \"cticonnector/routing/settings.hpp\"\n"},
        {"admin/a.hpp", "#include \"cticonnector/app/config.hpp\"\n"},
        {"crm/a.hpp", "#include \"cticonnector/admin/journal.hpp\"\n"},
        {"sim/a.cpp", "#include \"cticonnector/engine/types.hpp\"\n"},
        {"sim/a.cpp", "#include \"cticonnector/crm/settings.hpp\"\n"},
        {"app/a.cpp", "#include \"cticonnector/sim/peer.hpp\"\n"},
        {"base/a.hpp", "#include <cticonnector/engine/types.hpp>\n"},
        {"base/a.hpp", "#include <sys/socket.h>\n"},
        {"base/a.cpp", "#include <iconv.h>\n"},
        {"app/a.cpp", "#include <windows.h>\n"},
        {"crm/a_posix.cpp", "#include <iconv.h>\n"},
        {"nowhere/a.hpp", "#include <vector>\n"},
        {"engine/a.cpp", "#include \"cticonnector/nowhere/a.hpp\"\n"},
    };
    for (const auto& [path, text] : forbidden)
        EXPECT_EQ(complaints(path, text).size(), 1u) << path << ' ' << text;
}

TEST(Architecture, TheCheckerLetsAllowedArrowsPass) {
    EXPECT_THAT(complaints("base/a_posix.cpp", "#include <iconv.h>\n"), IsEmpty());
    EXPECT_THAT(complaints("app/platform_windows.cpp", "#include <windows.h>\n"), IsEmpty());
    EXPECT_THAT(complaints("engine/a.cpp",
                           "#include <vector>\n#include \"a.hpp\"\n#include \"cticonnector/base/id.hpp\"\n"
                           "#include \"cticonnector/engine/types.hpp\"\n// #include <boost/asio.hpp>\n"
                           "#define include\n"),
                IsEmpty());
    EXPECT_THAT(
        complaints("app/a.cpp",
                   "#include <ini.h>\n#include <boost/asio.hpp>\n#include "
                   "\"cticonnector/crm/settings.hpp\"\n#include \"cticonnector/routing/settings.hpp\"\n"),
        IsEmpty());
}

TEST(Architecture, ItSaysWhatIsWrong) {
    EXPECT_THAT(
        complaints("crm/a.cpp", "#include \"cticonnector/routing/settings.hpp\"\n#include <pugixml.hpp>\n"),
        ElementsAre("crm/a.cpp: crm -> cticonnector/routing/settings.hpp: points up or sideways",
                    "crm/a.cpp: crm -> pugixml.hpp: a library that this layer must not know"));
}

}  // namespace
