// Which key, known or not, somebody has meant by what stands in the file.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config_keys.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::app {

const Key* find_key(std::string_view section, std::string_view name) {
    for (const Alias& alias : aliases()) {
        if (equal_ignoring_case(alias.section, section) && equal_ignoring_case(alias.old_name, name))
            name = alias.name;
    }
    const auto found = std::ranges::find_if(keys(), [&](const Key& key) {
        return equal_ignoring_case(key.section, section) && equal_ignoring_case(key.name, name);
    });
    return found == keys().end() ? nullptr : &*found;
}

Finding finding(const Config& config, std::string file, Level level, About about, std::string text,
                std::string rule, std::string nearest) {
    const Key& key = *find_key(about.section, about.name);
    return {.level = level,
            .file = std::move(file),
            .line = config.given.line(about.section, about.name),
            .section = std::string{about.section},
            .key = std::string{about.name},
            .value = key.show(config, key.rule),
            .text = std::move(text),
            .rule = std::move(rule),
            .nearest = std::move(nearest)};
}

std::vector<const Key*> meant_to_close(std::string_view section, std::string_view line) {
    constexpr std::size_t longest_name = 48;
    constexpr std::size_t slips = 2;
    std::string name;
    for (const char c : line.substr(0, line.find_first_of(" \t=:;(["))) {
        if (c != '\0' && name.size() < longest_name) name += c;
    }
    std::vector<const Key*> here, anywhere;
    for (const Key& key : keys()) {
        if (key.close == nullptr || edit_distance(key.name, name, slips) > slips) continue;
        anywhere.push_back(&key);
        if (equal_ignoring_case(key.section, section)) here.push_back(&key);
    }
    return here.empty() ? anywhere : here;
}

const UnusedKey* find_unused_key(std::string_view section, std::string_view name) {
    const auto found = std::ranges::find_if(unused_keys(), [&](const UnusedKey& key) {
        return (key.section.empty() || equal_ignoring_case(key.section, section)) &&
               (key.name == "*" || equal_ignoring_case(key.name, name));
    });
    return found == unused_keys().end() ? nullptr : &*found;
}

namespace {

std::vector<std::string_view> all_sections() {
    std::vector<std::string_view> names;
    for (const Section& section : sections()) names.push_back(section.name);
    for (const UnusedKey& key : unused_keys()) {
        if (!key.section.empty() && std::ranges::find(names, key.section) == names.end())
            names.push_back(key.section);
    }
    return names;
}

}  // namespace

bool known_section(std::string_view section) {
    return std::ranges::any_of(all_sections(),
                               [&](std::string_view name) { return equal_ignoring_case(name, section); });
}

std::string nearest_section(std::string_view section) {
    if (section.empty()) return {};
    const auto names = all_sections();
    const auto nearest = std::ranges::min_element(
        names, {}, [&](std::string_view name) { return edit_distance(name, section); });
    return "[" + std::string{*nearest} + "]";
}

std::string nearest_key(std::string_view section, std::string_view name) {
    struct Nearest {
        std::string_view section, name;
        std::size_t distance = std::numeric_limits<std::uint16_t>::max();
    } nearest;
    constexpr std::size_t enough = 48;  // no key is longer, what follows is the same edits for each of them
    name = name.substr(0, enough);
    const auto elsewhere = [&](std::string_view other) { return !equal_ignoring_case(other, section); };
    const auto consider = [&](std::string_view its_section, std::string_view its_name) {
        const std::size_t more = elsewhere(its_section) ? 1 : 0;
        if (nearest.distance <= more) return;
        // a farther one need not be measured to its end: a file of nothing but unknown keys is read at once
        const std::size_t distance = edit_distance(its_name, name, nearest.distance - more - 1) + more;
        if (distance < nearest.distance) nearest = {its_section, its_name, distance};
    };
    for (const Key& key : keys()) consider(key.section, key.name);
    for (const Alias& alias : aliases()) consider(alias.section, alias.old_name);
    for (const UnusedKey& key : unused_keys()) {  // nobody means one of another section
        if (!key.section.empty() && key.name != "*" && !elsewhere(key.section))
            consider(key.section, key.name);
    }
    return (elsewhere(nearest.section) ? "[" + std::string{nearest.section} + "] " : "") +
           std::string{nearest.name};
}

}  // namespace cticonnector::app
