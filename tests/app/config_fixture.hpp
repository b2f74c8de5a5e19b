#pragma once
// Short ways to load a configuration from text and to look at its findings.

#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app::testing {

inline LoadedConfig load_all(const std::string& text) {
    std::istringstream in{text};
    return load_config(in, "etc/cticonnector.ini");
}

/// Without the warnings that a file gets for not restricting who may talk (R-DEC-67), and for keys of media
/// without an application path (R-DEC-84).
inline LoadedConfig load(const std::string& text) {
    LoadedConfig loaded = load_all(text);
    std::erase_if(loaded.findings, [](const Finding& f) {
        return f.level == Level::warning && (f.rule == "R-DEC-67" || f.rule == "R-DEC-84");
    });
    return loaded;
}

inline std::vector<std::string> lines(const std::vector<Finding>& findings) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings) texts.push_back(to_text(finding));
    return texts;
}

}  // namespace cticonnector::app::testing
