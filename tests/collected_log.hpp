#pragma once
// A log that keeps its lines.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "cticonnector/base/log.hpp"

namespace cticonnector::testing {

class CollectedLog : public Logger {
  public:
    explicit CollectedLog(Level from = Level::trace) : least(from) {}

    void write(LogEvent event, std::span<const LogField> fields) override {
        std::string line{event.name()};
        for (const LogField& field : fields) {
            line.append(" ").append(field.key()).append("=");
            std::visit(
                [&](const auto& value) {
                    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>)
                        line += std::to_string(value);
                    else
                        line += value;
                },
                field.value());
        }
        lines.push_back(std::move(line));
        levels.insert_or_assign(std::string(event.name()), event.level());
    }
    bool writes(Level level) const override { return level >= least; }

    bool has(std::string_view event, std::string_view text = "") const {
        for (const std::string& line : lines) {
            if (line.starts_with(event) && line.find(text) != std::string::npos) return true;
        }
        return false;
    }

    Level least;
    std::vector<std::string> lines;
    std::map<std::string, Level, std::less<>> levels;  ///< of each event's last line
};

}  // namespace cticonnector::testing
