#pragma once
// Rules across keys (R-DEC-13, R-ALLOC-3): each broken one is reported, and where a rule changes a value it
// does so here.

#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

void apply_rules(Config&, const std::string& file, std::vector<Finding>&);

/// What rules are made of.
class RulesOfFile {
  public:
    RulesOfFile(Config&, const std::string& file, std::vector<Finding>&);

  protected:
    /// No warning of a default that stands in for a refused line: it is nobody's mistake.
    void report(Level, std::string_view section, std::string_view name, std::string text, std::string rule,
                std::string nearest);

    Config& config_;

  private:
    bool is_refused(std::string_view section, std::string_view name) const;

    const std::string& file_;
    std::vector<Finding>& findings_;
};

/// A part of apply_rules(): how many items at once.
void apply_session_rules(Config&, const std::string& file, std::vector<Finding>&);
/// A part of apply_rules(): values that are legal and hardly meant.
void tell_doubts(Config&, const std::string& file, std::vector<Finding>&);

}  // namespace cticonnector::app
