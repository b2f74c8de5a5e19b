#pragma once
// The ini file as a list of entries. inih does the grammar; what it would do silently becomes a finding here,
// because it counts no lines, cuts lines at its own limit, takes " ;" inside a value for a comment and an
// indented line for a continuation, and knows no quotes (R-DEC-50). A UTF-8 byte order mark is accepted, and
// CR, LF and CRLF line ends (R-DEC-76). Entries are UTF-8, whatever the file was (R-DEC-70).

#include <istream>
#include <string>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

struct IniEntry {
    int line = 0;
    /// A known one; entries of unknown sections are left out, the section has its finding.
    std::string section;
    std::string name;
    std::string value;    ///< without the quotes
    bool quoted = false;  ///< it stood in double quotes
};

struct IniFile {
    std::vector<IniEntry> entries;
    /// Lines that are not used, each with its finding: what stands where a name should, and no value. The
    /// section is empty where the file's is none.
    std::vector<IniEntry> lost;
    std::vector<Finding> findings;
    bool readable = true;  ///< false: it is no text, and its finding says what it is
};

IniFile read_ini(std::istream& in, const std::string& name);

}  // namespace cticonnector::app
