#pragma once
// The one table of keys: what config-keys.md names, where it goes, what is legal, what it means. It parses,
// checks and documents; defaults stand in the settings structs and nowhere else.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config_values.hpp"
#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

struct Key {
    std::string_view section;
    std::string_view name;
    Rule rule;
    std::string_view help;
    Outcome (*read)(Config&, std::string_view text, const Rule&);
    std::string (*show)(const Config&, const Rule&);
    bool list = false;    ///< may also be given as Name(0), Name(1), ...
    bool secret = false;  ///< its value is never shown
    /// Of a key that says who may do something: makes it say nobody, for want of a value that can be used.
    void (*close)(Config&) = nullptr;
};

/// A published key that is known and has no effect here (R-DEC-14), or one of a later version.
struct UnusedKey {
    std::string_view section;  ///< empty: published without its section, known in all of them
    std::string_view name;     ///< "*": every key of the section
    std::string_view note;
};

/// An older or other spelling of a key (config-keys.md section 3).
struct Alias {
    std::string_view section;
    std::string_view old_name;
    std::string_view name;
};

/// Sections in the order of the sample file, each with its sentence there.
struct Section {
    std::string_view name;
    std::string_view help;
};

std::span<const Key> keys();
std::span<const UnusedKey> unused_keys();
std::span<const Section> sections();
std::span<const Alias> aliases();

/// Section and name in any case; old names too. Null when there is no such key.
const Key* find_key(std::string_view section, std::string_view name);
/// Which key a finding is about.
struct About {
    std::string_view section, name;
};
/// Something is wrong with the value that the key has in this configuration;
/// the line is where the file sets it.
Finding finding(const Config&, std::string file, Level, About, std::string text, std::string rule,
                std::string nearest = {});
/// The keys that were to say who may do something, judged by a line that is not used: those of its section
/// if it has such, else those of all.
std::vector<const Key*> meant_to_close(std::string_view section, std::string_view line);
const UnusedKey* find_unused_key(std::string_view section, std::string_view name);
bool known_section(std::string_view section);
std::string nearest_section(std::string_view section);
/// "Name" of the nearest key of that section, or "[OTHER] Name" when one elsewhere is nearer.
std::string nearest_key(std::string_view section, std::string_view name);

/// Prefixes of the keys in [CONFIG] that name expanded variables (R-DATA-2).
inline constexpr std::string_view ecc_scalar_prefix = "ECC.";
inline constexpr std::string_view ecc_array_prefix = "ECCA.";

}  // namespace cticonnector::app
