#include "presence.hpp"

#include <algorithm>
#include <map>
#include <utility>

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

std::vector<ici::Presence> presence_list(const std::vector<std::string>& wanted, const Colleagues& colleagues,
                                         const Texts& texts) {
    std::map<engine::UserId, ici::Presence> found;  // each user once, in order
    const auto search = [&](const std::string& text) {
        engine::UserId name = engine::user_id(text);
        if (!name.value.empty() && !name.value.ends_with('*')) {
            const engine::UserView* user = colleagues.named(name);
            found[name] = user ? presence(user->user_name, presence_of(*user), texts)
                               : presence(text, logged_off, texts);
            return;
        }
        if (!name.value.empty()) name.value.pop_back();
        for (const engine::UserView* user : colleagues.beginning_with(name.value)) {
            if (user->logged_on)
                found[engine::user_id(user->user_name)] =
                    presence(user->user_name, presence_of(*user), texts);
        }
    };
    if (wanted.empty()) search("*");
    std::ranges::for_each(wanted, search);
    std::vector<ici::Presence> list;
    for (auto& [id, shown] : found) list.push_back(std::move(shown));
    return list;
}

}  // namespace cticonnector::crm
