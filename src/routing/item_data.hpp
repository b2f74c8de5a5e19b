#pragma once
// The data that travels with a call or task, from the fields of a message into an ItemInfo and back: call
// variables, ECC variables that the configuration names (R-DATA-1, R-DATA-2, R-DEC-39, R-DEC-54).

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/engine/types.hpp"
#include "cticonnector/protocol/wire/value.hpp"
#include "cticonnector/routing/settings.hpp"
#include "text.hpp"
#include "wire_ids.hpp"

namespace cticonnector::routing {

/// queue.id; nothing for "no skill group" (R-DEC-54).
inline std::string queue_id(std::uint32_t skill_group) {
    return skill_group == ged188::SpecialValues::NULL_SKILL_GROUP ? std::string()
                                                                  : std::to_string(skill_group);
}

inline bool is_configured(const Settings& settings, std::string_view name, bool array) {
    return std::ranges::any_of(settings.ecc,
                               [&](const EccName& ecc) { return ecc.name == name && ecc.array == array; });
}

/// The variables that a message gives; those it does not name stay.
template <class M>
void read_call_variables(const M& message, const Settings& settings, engine::ItemInfo& info) {
    for (std::size_t i = 0; i < info.call_variables.size(); ++i) {
        if (const auto& value = message.call_variables[i])
            info.call_variables[i] = to_utf8(*value, settings.code_page);
    }
}

void set_ecc(engine::ItemInfo&, const std::string& name, std::string value);

/// Scalars, and with `arrays` the elements of arrays as "name[index]"; only what the configuration names.
template <class M>
void read_ecc(const M& message, const Settings& settings, engine::ItemInfo& info, bool arrays) {
    for (const wire::NamedVariable& variable : message.named_variables) {
        const std::string name = to_utf8(variable.name, settings.code_page);
        if (!is_configured(settings, name, false)) continue;
        set_ecc(info, name, to_utf8(variable.value, settings.code_page));
    }
    if (!arrays) return;
    for (const wire::NamedArray& element : message.named_arrays) {
        const std::string name = to_utf8(element.name, settings.code_page);
        if (!is_configured(settings, name, true)) continue;
        set_ecc(info, name + '[' + std::to_string(element.index) + ']',
                to_utf8(element.value, settings.code_page));
    }
}

/// What a task's message says replaces what the item said (R-DEC-54).
template <class M>
engine::ItemInfo task_info(const M& message, const engine::TaskId& task, const Settings& settings,
                           engine::ItemInfo info) {
    info.media_id = engine::task_text(task);  // R-DEC-39
    info.call_variables = {};
    read_call_variables(message, settings, info);
    info.ecc.clear();
    read_ecc(message, settings, info, false);
    return info;
}

/// The texts of a message on its way out, as long as its fields may be; they must outlive it.
struct CodedItem {
    CodedItem(const engine::ItemInfo&, const Settings&, const wire::MessageDescriptor&);
    template <class M>
    void write(M& message) const {
        for (std::size_t i = 0; i < call_variables.size(); ++i) {
            if (!call_variables[i].empty()) message.call_variables[i] = call_variables[i];
        }
        for (const auto& [name, value] : ecc) message.named_variables.push_back({name, value});
    }
    std::array<std::string, 10> call_variables;
    std::vector<std::pair<std::string, std::string>> ecc;
};

}  // namespace cticonnector::routing
