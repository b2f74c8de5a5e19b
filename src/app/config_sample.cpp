#include "config_keys.hpp"

#include <string>
#include <string_view>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {
namespace {

constexpr std::string_view head = R"(# Configuration of the CTI connector.
#
# Every key stands here, commented out at its default. Remove the # in front of a key to change it; an empty value is
# the default. Sections and keys may be written in any case. A line has at most 199 bytes. A # begins a comment only at
# the start of a line; a ; also after a blank, but not inside of double quotes: "a ;b". Changes need a restart;
# "cticonnectord check-config --config FILE" says what is wrong before it.
# A comma-separated list may also be given one by one: Name(0)=..., Name(1)=...
)";

constexpr std::string_view ecc = R"(
# Expanded (ECC) variables that are handed to the CRM, one key each, by their whole names, which begin with user. in the
# contact center; arrays exist on calls only.
#   ECC.user.NAME=1
#   ECCA.user.NAME=1
)";

constexpr std::string_view tail = R"(
# Keys that are known and have no effect here; each is a warning:
)";

std::string shown_name(const UnusedKey& key) {
    const std::string section = key.section.empty() ? "any section" : "[" + std::string{key.section} + "]";
    return section + " " + (key.name == "*" ? "all keys" : std::string{key.name});
}

}  // namespace

std::string sample_config() {
    const Config defaults;
    std::string text{head};
    for (const Section& section : sections()) {
        text += "\n# " + std::string{section.help} + "\n[" + std::string{section.name} + "]\n";
        for (const Key& key : keys()) {
            if (key.section != section.name) continue;
            text += "\n# " + std::string{key.help} + "\n# " + (key.list ? "List of: " : "Legal: ") +
                    describe(key.rule) + "\n#" + std::string{key.name} + "=" + key.show(defaults, key.rule) +
                    "\n";
        }
        if (section.name == "CONFIG") text += ecc;
    }
    text += tail;
    for (const UnusedKey& key : unused_keys())
        text += "#   " + shown_name(key) + ": " + std::string{key.note} + "\n";
    return text;
}

}  // namespace cticonnector::app
