#pragma once
// One label of a metric as the Prometheus text format wants it: key="value", the value escaped, so that no
// text of a peer can end it early.

#include <string>
#include <string_view>

namespace cticonnector {

inline std::string label(std::string_view key, std::string_view value) {
    std::string text(key);
    text += "=\"";
    for (const char c : value) {
        if (c == '\n') {
            text += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text += '"';
}

}  // namespace cticonnector
