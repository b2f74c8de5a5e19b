#include "missing_languages.hpp"

#include <string_view>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::crm {
namespace {

/// A header may say anything.
constexpr std::size_t most = 100;
constexpr std::size_t longest = 64;  // characters

}  // namespace

void MissingLanguages::look_at(const std::string& language) {
    const std::string code = shortened(ici::language_code(language), longest);
    if (code.empty() || languages_.has(language) || told_.size() >= most) return;
    if (!told_.insert(code).second) return;
    const std::string& instead = languages_.default_code;
    const bool there = languages_.has(instead);
    log_.event("language.missing",
               {{"language", code},
                {"used", there ? std::string_view{instead} : "built-in"},
                {"text", there ? "there is no file of it, its agents get the default language"
                               : "there is no file of it, nor of the default language: its agents get "
                                 "English, without the customer's work modes"}});
}

}  // namespace cticonnector::crm
