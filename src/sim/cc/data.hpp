#pragma once
// The variables of a call or task: call variables 1..10, expanded call (ECC) variables and what names the
// caller. Owns its texts; messages get views into it.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/wire/value.hpp"

namespace cticonnector::sim::cc {

struct EccVariable {
    std::string name;
    std::string value;
    std::optional<std::uint8_t> index;  // of an array member
};

struct Data {
    std::array<std::optional<std::string>, 10> variables;
    std::vector<EccVariable> ecc;
};

// Only what the message brings changes (SET_CALL_DATA_REQ, GED-188 section 8).
template <class Message>
void take(Data& data, const Message& message) {
    for (std::size_t i = 0; i < data.variables.size(); ++i) {
        if (message.call_variables[i]) data.variables[i] = *message.call_variables[i];
    }
    const auto set = [&data](std::string_view name, std::optional<std::uint8_t> index,
                             std::string_view value) {
        for (EccVariable& known : data.ecc) {
            if (known.name != name || known.index != index) continue;
            known.value = value;
            return;
        }
        data.ecc.push_back({std::string(name), std::string(value), index});
    };
    for (const auto& variable : message.named_variables) set(variable.name, std::nullopt, variable.value);
    for (const auto& entry : message.named_arrays) set(entry.name, entry.index, entry.value);
}

template <class Message>
void put(const Data& data, Message& message) {
    for (std::size_t i = 0; i < data.variables.size(); ++i) {
        if (data.variables[i]) message.call_variables[i] = *data.variables[i];
    }
    for (const EccVariable& variable : data.ecc) {
        if (variable.index)
            message.named_arrays.push_back({*variable.index, variable.name, variable.value});
        else
            message.named_variables.push_back({variable.name, variable.value});
    }
}

// Those of a task: they come from the application and return with every message about the task.
struct TaskContext {
    std::string script_selector;
    std::string application_string1;
    std::string application_string2;
    Data data;
};

template <class Message>
void take(TaskContext& context, const Message& message) {
    if (message.script_selector) context.script_selector = *message.script_selector;
    if (message.application_string1) context.application_string1 = *message.application_string1;
    if (message.application_string2) context.application_string2 = *message.application_string2;
    take(context.data, message);
}

template <class Message>
void put(const TaskContext& context, Message& message) {
    message.script_selector = context.script_selector;
    if (!context.application_string1.empty()) message.application_string1 = context.application_string1;
    if (!context.application_string2.empty()) message.application_string2 = context.application_string2;
    put(context.data, message);
}

}  // namespace cticonnector::sim::cc
