#include "presence.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "views.hpp"

namespace cticonnector::crm {
namespace {

constexpr int logged_off = 3;
constexpr int available = 1;

ici::Presence presence(std::string name, int status, const Texts& texts) {
    ici::Presence shown{std::move(name), element(texts, TextKind::presence_state, status), {}};
    if (status == available) shown.options.emplace_back(ici::id_of(ici::PresenceOption::call));
    return shown;
}

}  // namespace

std::vector<ici::Presence> presence_list(const std::vector<std::string>& wanted,
                                         const std::vector<const engine::UserView*>& users,
                                         const Texts& texts) {
    std::map<std::string, ici::Presence> found;  // by the folded name: each user once, in order
    const auto search = [&](const std::string& text) {
        std::string pattern = engine::user_id(text).value;
        const bool prefix = pattern.empty() || pattern.ends_with('*');
        if (pattern.ends_with('*')) pattern.pop_back();
        bool any = prefix;
        for (const engine::UserView* user : users) {
            const std::string name = engine::user_id(user->user_name).value;
            if (prefix ? !name.starts_with(pattern) || !user->logged_on : name != pattern) continue;
            found[name] = presence(user->user_name, presence_of(*user), texts);
            any = true;
        }
        if (!any) found[pattern] = presence(text, logged_off, texts);
    };
    if (wanted.empty()) search("*");
    std::ranges::for_each(wanted, search);
    std::vector<ici::Presence> list;
    for (auto& [name, shown] : found) list.push_back(std::move(shown));
    return list;
}

}  // namespace cticonnector::crm
