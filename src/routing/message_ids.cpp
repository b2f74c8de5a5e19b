#include "message_ids.hpp"

#include <array>
#include <variant>

#include "cticonnector/base/secret.hpp"
#include "directory.hpp"
#include "wire_ids.hpp"

namespace cticonnector::routing {

namespace {

using ged188::SpecialValues;

/// A name, and the place of what stands under it.
struct NumberField {
    std::string_view name;
    std::optional<std::int64_t> MessageIds::*id;
    std::int64_t none;  ///< the value that says that there is none
};
/// Of several calls the one that the message is about stands first.
constexpr std::array number_fields{
    NumberField{"InvokeID", &MessageIds::invoke, -1},
    NumberField{"DialogueID", &MessageIds::dialogue, -1},
    NumberField{"ICMAgentID", &MessageIds::icm_agent, Directory::unknown_id},
    NumberField{"ConnectionCallID", &MessageIds::call, SpecialValues::NULL_CALL_ID},
    NumberField{"ActiveConnectionCallID", &MessageIds::call, SpecialValues::NULL_CALL_ID},
    NumberField{"NewConnectionCallID", &MessageIds::call, SpecialValues::NULL_CALL_ID},
    NumberField{"PrimaryCallID", &MessageIds::call, SpecialValues::NULL_CALL_ID},
    NumberField{"AgentConnectionCallID", &MessageIds::call, SpecialValues::NULL_CALL_ID},
    NumberField{"EventReasonCode", &MessageIds::reason, 0},
};

void take_number(const wire::Field& field, MessageIds& ids) {
    const auto* value = std::get_if<std::int64_t>(&field.value);
    if (!value) return;
    for (const NumberField& known : number_fields) {
        std::optional<std::int64_t>& id = ids.*known.id;
        if (field.descriptor->name == known.name && *value != known.none && !id) id = *value;
    }
}

void take_task(const wire::Field& field, MessageIds& ids) {
    const auto* value = std::get_if<wire::TaskId>(&field.value);
    if (!value || !ids.task.empty()) return;
    const engine::TaskId task = task_of(*value);
    if (names_nothing(task)) return;
    ids.task = engine::task_text(task);
}

}  // namespace

std::string_view text_in(const wire::FieldList& fields, std::string_view field) {
    const wire::Value* value = fields.find(field);
    const auto* text = value ? std::get_if<std::string_view>(value) : nullptr;
    return text ? *text : std::string_view{};
}

MessageIds ids_in(const wire::FieldList& fields) {
    MessageIds ids;
    for (const wire::Field& field : fields.fields) {
        take_number(field, ids);
        take_task(field, ids);
        if (field.descriptor->name == "AgentID") {
            const auto* name = std::get_if<std::string_view>(&field.value);
            if (name) ids.agent = field.descriptor->secret ? Secret::shown : *name;
        }
    }
    return ids;
}

void MessageIds::append_to(std::vector<LogField>& line) const {
    const auto number = [&](std::string_view key, const std::optional<std::int64_t>& id) {
        if (id) line.emplace_back(key, *id);
    };
    const auto text = [&](std::string_view key, const std::string& id) {
        if (!id.empty()) line.emplace_back(key, id);
    };
    number("invoke", invoke);
    text("agent", agent);
    if (agent.empty()) number("icm_agent", icm_agent);
    number("call", call);
    text("task", task);
    number("dialogue", dialogue);
    text("item", item);
    text("action_item", action_item);
    number("reason", reason);
}

}  // namespace cticonnector::routing
