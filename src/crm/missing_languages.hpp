#pragma once
// Tells which languages agents ask for that there are no texts of, each once: they find no reason in their
// list, or one in another language, and nothing else says why (R-DEC-86). One thread.

#include <string>
#include <unordered_set>

#include "cticonnector/base/log.hpp"
#include "cticonnector/crm/texts.hpp"

namespace cticonnector::crm {

class MissingLanguages {
  public:
    MissingLanguages(const Languages& languages, Logger& log) : languages_(languages), log_(log) {}

    /// An agent asks for it.
    void look_at(const std::string& language);

  private:
    const Languages& languages_;
    Logger& log_;
    std::unordered_set<std::string> told_;
};

}  // namespace cticonnector::crm
