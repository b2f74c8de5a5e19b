#pragma once
// A text that must never be shown: passwords, login strings. Every way of printing it gives "***"; the one
// way to the text is reveal(), so each use can be found.

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace cticonnector {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    /// Takes as long for a wrong secret as for the right one; only the lengths show (R-DEC-66).
    bool operator==(const Secret& other) const;

    static constexpr std::string_view shown = "***";

  private:
    std::string text_;
};

inline std::ostream& operator<<(std::ostream& out, const Secret&) { return out << Secret::shown; }

}  // namespace cticonnector
