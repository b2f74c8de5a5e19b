#include "item_data.hpp"

#include <utility>

namespace cticonnector::routing {

void set_ecc(engine::ItemInfo& info, const std::string& name, std::string value) {
    const auto known = std::ranges::find(info.ecc, name, &std::pair<std::string, std::string>::first);
    if (known != info.ecc.end()) {
        known->second = std::move(value);
    } else {
        info.ecc.emplace_back(name, std::move(value));
    }
}

CodedItem::CodedItem(const engine::ItemInfo& info, const Settings& settings,
                     const wire::MessageDescriptor& message) {
    const std::size_t limit = wire::text_limit(message, "CallVariable1");  // and of the other nine
    for (std::size_t i = 0; i < call_variables.size(); ++i) {
        call_variables[i] = from_utf8(info.call_variables[i], settings.code_page, limit);
    }
    for (const auto& [name, value] : info.ecc) {
        if (!is_configured(settings, name, false)) continue;
        ecc.emplace_back(from_utf8(name, settings.code_page),
                         from_utf8(value, settings.code_page, wire::named_value_limit));
    }
}

}  // namespace cticonnector::routing
