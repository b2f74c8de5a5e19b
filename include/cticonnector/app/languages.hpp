#pragma once
// Language files, <CC>.lfg: UTF-8, [section], <id>=<text>, lines that begin with # are
// comments (config-keys.md section 6). [workModeSupplementary] has the customer's work modes; [callState],
// [mediaState], [processingState], [userState], [presenceState], [workMode] and [channel] the texts of the
// ids of ici.md section 6. What is wrong with an entry is a warning and the entry is left out; nothing here
// disables another entry or file (R-LOGIN-11, R-STATE-4).

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "cticonnector/app/config.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/settings.hpp"

namespace cticonnector::app {

struct LoadedTexts {
    crm::Texts texts;
    std::vector<Finding> findings;
};
/// `name` is the file's name for the findings. A work mode that no not-ready reason stands behind with these
/// settings is left out: whoever chose it would be refused (R-STATE-2).
LoadedTexts read_language(std::istream& in, const std::string& name, const engine::Settings& = {});

struct LoadedLanguages {
    crm::Languages languages;
    std::vector<Finding> findings;
};
/// Each language comes from the first directory that has it (R-DEC-68). Without a directory it is the
/// built-in English alone, without a finding. May be called again at any time: the caller puts the new texts
/// in place of the old ones.
LoadedLanguages load_languages(const std::vector<std::filesystem::path>& directories,
                               const engine::Settings& = {});
/// Those that a configuration means, with its default among them. A default that the ini file names and that
/// has no file is a finding (R-DEC-86), and one that only the installation has beside files of the site.
LoadedLanguages load_languages(const Config&);

}  // namespace cticonnector::app
