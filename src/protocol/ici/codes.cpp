#include "cticonnector/protocol/ici/codes.hpp"

#include <algorithm>
#include <array>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::ici {
namespace {

using enum Operation;

constexpr std::array offered{accept, reject, reroute};
constexpr std::array call_active{
    drop, hold, consult, blind_transfer, send_dtmf, set_attached_data, wrap_up_required};
constexpr std::array call_held{retrieve, drop};
constexpr std::array call_held_with_consult_leg{toggle, warm_transfer, conference, retrieve};
constexpr std::array chat_active{post, leave, forward, set_attached_data, wrap_up_required};
constexpr std::array action_item_active{complete, forward, reroute, set_attached_data};
constexpr std::array email_active{close, forward, reroute};
constexpr std::array after_work{wrap_up_ended, set_attached_data};

struct Row {
    Channel channel;
    ItemState state;
    std::span<const Operation> operations;
};

constexpr std::array rows{
    Row{Channel::phone, ItemState::alerting, offered},
    Row{Channel::phone, ItemState::active, call_active},
    Row{Channel::phone, ItemState::held, call_held},
    Row{Channel::phone, ItemState::held_with_consult_leg, call_held_with_consult_leg},
    Row{Channel::phone, ItemState::wrap_up, after_work},
    Row{Channel::chat, ItemState::alerting, offered},
    Row{Channel::chat, ItemState::active, chat_active},
    Row{Channel::chat, ItemState::wrap_up, after_work},
    Row{Channel::action_item, ItemState::alerting, offered},
    Row{Channel::action_item, ItemState::active, action_item_active},
    Row{Channel::email, ItemState::alerting, offered},
    Row{Channel::email, ItemState::active, email_active},
};

}  // namespace

std::string language_code(std::string_view language) {
    language = trim(language);
    if (language.size() == 1) {
        const auto* row = std::ranges::find(names::languages, language.front(), &names::LanguageRow::key);
        return row == names::languages.end() ? std::string() : std::string(row->code);
    }
    std::string code(language.substr(0, language.find_first_of("-_.")));
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return code;
}

std::span<const Operation> capabilities(Channel channel, ItemState state) {
    for (const auto& row : rows)
        if (row.channel == channel && row.state == state) return row.operations;
    return {};
}

}  // namespace cticonnector::ici
