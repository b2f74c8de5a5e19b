#include "markup.hpp"

#include <algorithm>
#include <array>

namespace cticonnector::ici {
namespace {

std::size_t behind(std::string_view xml, std::string_view mark, std::size_t from) {
    const auto at = xml.find(mark, from);
    return at == std::string_view::npos ? xml.size() : at + mark.size();
}

struct Special {
    std::string_view start, end;
};

// XML 1.0 sections 2.5, 2.6, 2.7: markup that is no tag and may hold anything
constexpr std::array specials{Special{"<!--", "-->"}, Special{"<![CDATA[", "]]>"}, Special{"<?", "?>"}};

}  // namespace

std::size_t tag_end(std::string_view xml, std::size_t start) {
    std::size_t at = start;
    while (at < xml.size() && xml[at] != '>') {
        const char c = xml[at++];
        if (c == '"' || c == '\'') at = behind(xml, std::string_view(&c, 1), at);
    }
    return std::min(at + 1, xml.size());
}

std::size_t element_end(std::string_view xml, std::size_t start) {
    std::size_t open = 0;
    std::size_t at = start;
    while ((at = xml.find('<', at)) != std::string_view::npos) {
        const auto rest = xml.substr(at);
        const auto special =
            std::ranges::find_if(specials, [&](auto& s) { return rest.starts_with(s.start); });
        if (special != specials.end()) {
            at = behind(xml, special->end, at + special->start.size());
            continue;
        }
        const auto end = tag_end(xml, at);
        const bool closes = rest.starts_with("</");
        const bool empty = !closes && xml[end - 1] == '>' && xml[end - 2] == '/';
        if (closes && open > 0) --open;
        if (!closes && !empty) ++open;
        at = end;
        if (open == 0) return at;
    }
    return xml.size();
}

}  // namespace cticonnector::ici
