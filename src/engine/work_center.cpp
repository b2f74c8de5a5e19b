#include "cticonnector/engine/work_center.hpp"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "cticonnector/base/text.hpp"

namespace cticonnector::engine {

namespace {

constexpr std::size_t agent_id_max = 11;  // GED-188 AgentID holds 12 with its NUL (R-DEC-3)
constexpr std::size_t device_max = 63;    // AgentInstrument holds 64 with its NUL (R-DEC-59)

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> fields;
    while (true) {
        const auto at = text.find(';');
        fields.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return fields;
        text.remove_prefix(at + 1);
    }
}

/// The fields of one AgentLoginType, in their order (R-LOGIN-2).
struct Form {
    LoginType type;
    bool agent;
    bool password;
    std::string_view shape;
};
constexpr std::array forms{
    Form{LoginType::agent_id, true, true, "agentid;password;device[;media]"},
    Form{LoginType::password, false, true, "password;device[;media]"},
    Form{LoginType::device, false, false, "device[;media]"},
    Form{LoginType::agent_name, true, true, "agentname;password;device[;media]"},
};
const Form& form_of(LoginType type) {
    for (const Form& form : forms) {
        if (form.type == type) return form;
    }
    return forms.front();
}

/// Field values stand in no text: a password may have slipped into any of them (R-DEC-69).
LoginRefusal malformed(TextId text, std::vector<std::string> arguments = {}) {
    return {LoginError::malformed, {text, std::move(arguments)}};
}

struct Media {
    PerChannel<int> counts;
    bool shadow = false;
};

/// A count from 2 to `most`, of two digits where that has two.
std::optional<int> take_count(std::string_view& rest, int most) {
    for (const std::size_t digits : {std::size_t{2}, std::size_t{1}}) {
        int count = 0;
        const std::string_view text = rest.substr(0, digits);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || end != text.data() + digits || text.front() == '0') continue;
        if (count < 2 || count > most) continue;
        rest.remove_prefix(digits);
        return count;
    }
    return std::nullopt;
}

/// media = ["p"] ["m" [2-6]] ["c" [2-5]] ["SL"], at least one channel (R-LOGIN-3, R-DEC-4).
std::variant<Media, LoginRefusal> read_media(std::string_view text, const CrmProfile& crm) {
    struct Letter {
        char letter;
        Channel channel;
        bool counted;
    };
    static constexpr std::array letters{Letter{'p', Channel::voice, false},
                                        Letter{'m', Channel::action, true}, Letter{'c', Channel::chat, true}};
    Media media;
    std::string_view rest = text;
    for (const Letter& l : letters) {
        if (rest.empty() || rest.front() != l.letter) continue;
        rest.remove_prefix(1);
        media.counts[l.channel] = 1;
        if (l.counted) media.counts[l.channel] = take_count(rest, crm.range[l.channel]).value_or(1);
    }
    if (rest == "SL") {
        media.shadow = true;
        rest = {};
    }
    if (!rest.empty() || media.counts == PerChannel<int>{}) {
        return malformed(TextId::media_malformed, {std::to_string(crm.range[Channel::action]),
                                                   std::to_string(crm.range[Channel::chat])});
    }
    return media;
}

struct Ceiling {
    Channel channel;
    LoginError error;
    TextId text;
};
constexpr std::array ceilings{
    Ceiling{Channel::action, LoginError::action_count_above_maximum, TextId::actions_above},
    Ceiling{Channel::chat, LoginError::chat_count_above_maximum, TextId::chats_above},
};

Phrase above(TextId what, int have, std::string_view key, int limit) {
    return {what, {std::to_string(have), std::string(key), std::to_string(limit)}};
}

/// R-ALLOC-2, in its order.
std::optional<LoginRefusal> check_capacity(const PerChannel<int>& counts, const CrmProfile& crm,
                                           bool media_served) {
    if (!media_served && (counts[Channel::action] > 0 || counts[Channel::chat] > 0)) {
        return LoginRefusal{LoginError::media_not_served, {TextId::media_not_served}};
    }
    for (const Ceiling& c : ceilings) {
        const int limit = crm.max_sessions[c.channel].value;
        if (counts[c.channel] > limit) {
            return LoginRefusal{c.error,
                                above(c.text, counts[c.channel], crm.max_sessions_keys[c.channel], limit)};
        }
    }
    const int total = crm.total(counts);
    const bool only_actions = counts[Channel::voice] == 0 && counts[Channel::chat] == 0;
    const Limit most = crm.item_maximum(only_actions);
    if (total > most.value && most.source != Source::crm_profile) {
        return LoginRefusal{LoginError::total_above_item_maximum,
                            above(TextId::sessions_above, total, crm.item_max_key, most.value)};
    }
    if (!crm.legal(counts)) {
        return LoginRefusal{
            LoginError::illegal_combination,
            {TextId::sessions_above_crm, {std::to_string(total), std::to_string(crm.session_limit)}}};
    }
    return std::nullopt;
}

}  // namespace

int CrmProfile::total(const PerChannel<int>& limits) const {
    int all = 0;
    for (Channel c : channels) all += limits[c] + buffer(c, limits[c]);
    return all;
}

bool CrmProfile::legal(const PerChannel<int>& limits) const {
    for (Channel c : channels) {
        if (limits[c] < 0 || limits[c] > range[c]) return false;
    }
    const int all = total(limits);
    return all > 0 && all <= session_limit;
}

std::variant<LoginRequest, LoginRefusal> read_work_center(std::string_view work_center,
                                                          std::string_view crm_user, const CrmProfile& crm,
                                                          const Settings& settings) {
    const Form& form = form_of(crm.login_type);
    const std::vector<std::string_view> fields = split(work_center);
    const std::size_t fixed = 1u + form.agent + form.password;
    if (fields.size() < fixed || fields.size() > fixed + 1) {
        return malformed(TextId::fields_wrong,
                         {std::to_string(fields.size()), std::to_string(static_cast<int>(form.type)),
                          std::string(form.shape)});
    }

    LoginRequest request;
    std::size_t next = 0;
    request.agent = form.agent ? trim(fields[next++], " \t") : trim(crm_user, " \t");
    if (request.agent.empty()) return malformed(TextId::agent_empty);
    if (request.agent.size() > agent_id_max) {
        return malformed(form.agent ? TextId::agent_too_long : TextId::user_too_long,
                         {std::to_string(agent_id_max)});
    }
    request.password = settings.default_password;
    if (form.password) {
        const std::string_view typed = fields[next++];
        if (!typed.empty()) request.password = Secret{std::string(typed)};
        if (request.password.empty()) return malformed(TextId::password_empty);
    }
    request.device = trim(fields[next++], " \t");
    if (request.device.empty()) return malformed(TextId::device_empty);
    if (request.device.size() > device_max) {
        return malformed(TextId::device_too_long, {std::to_string(device_max)});
    }

    PerChannel<int> counts;
    const std::string_view media_field =
        next < fields.size() ? trim(fields[next], " \t") : std::string_view{};
    if (media_field.empty()) {  // R-LOGIN-4; phone only without ARM (R-DEC-7)
        for (Channel c : channels) {
            request.limits[c] = crm.default_sessions[c];
            if (c != Channel::voice && !settings.media) request.limits[c] = Limit{0};
            counts[c] = request.limits[c].value;
        }
    } else {
        const auto media = read_media(media_field, crm);
        if (const auto* refusal = std::get_if<LoginRefusal>(&media)) return *refusal;
        counts = std::get<Media>(media).counts;
        request.shadow = std::get<Media>(media).shadow;
        for (Channel c : channels) request.limits[c] = Limit{counts[c], Source::login};
        if (request.shadow && crm.shadow_login != 2) {
            return malformed(TextId::shadow_not_allowed, {std::to_string(crm.shadow_login)});
        }
    }
    if (auto refusal = check_capacity(counts, crm, settings.media)) return *std::move(refusal);
    return request;
}

}  // namespace cticonnector::engine
