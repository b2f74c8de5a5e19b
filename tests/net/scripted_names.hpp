#pragma once
// What the name service answers, for programs that link scripted_names.cpp: names that a test scripts have
// the addresses it gives, in that order, or no answer until the test lets go;
// all others are looked up as ever.

#include <string>
#include <vector>

namespace cticonnector::testing {

/// While it lives, one at a time.
class ScriptedNames {
  public:
    ScriptedNames() = default;
    ~ScriptedNames();
    ScriptedNames(const ScriptedNames&) = delete;
    ScriptedNames& operator=(const ScriptedNames&) = delete;

    /// The addresses are numeric; an empty list: no such name.
    void set(const std::string& name, std::vector<std::string> addresses);
    /// From now on look-ups of this name hang, until let_go() or the end of this object.
    void hang(const std::string& name);
    void let_go(const std::string& name);
    /// How often it was asked for, hanging ones included.
    int asked(const std::string& name) const;
    /// Returns once it was asked for.
    void await_asked(const std::string& name) const;
};

}  // namespace cticonnector::testing
