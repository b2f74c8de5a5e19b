#pragma once
// The texts an agent's CRM screen shows for codes, in their language (R-LOGIN-11). A code without a text in
// that language has the built-in English one (ici.md section 6); built-in English has no customer work modes.
// All texts are UTF-8 and go out as they are: a hyphen
// in a work mode's text is the CRM's line break (R-STATE-4).

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::crm {

/// Which of the code lists of ici.md section 6 an id belongs to; media_state is chatStatus and actionStatus.
enum class TextKind : std::uint8_t {
    call_state,
    media_state,
    processing_state,
    user_state,
    presence_state,
    work_mode,
    channel
};

struct EnglishText {
    TextKind kind;
    int id;
    std::string_view text;
};

inline constexpr std::array english_texts{
    EnglishText{TextKind::call_state, 1, "Alerting"},
    EnglishText{TextKind::call_state, 2, "Connected"},
    EnglishText{TextKind::call_state, 3, "Held"},
    EnglishText{TextKind::call_state, 4, "Dialing"},
    EnglishText{TextKind::call_state, 5, "Conference"},
    EnglishText{TextKind::call_state, 6, "Ended"},
    EnglishText{TextKind::call_state, 7, "Failed"},
    EnglishText{TextKind::call_state, 8, "WrapUp"},
    EnglishText{TextKind::media_state, 1, "Alerting"},
    EnglishText{TextKind::media_state, 2, "Active"},
    EnglishText{TextKind::media_state, 3, "Ended"},
    EnglishText{TextKind::media_state, 4, "WrapUp"},
    EnglishText{TextKind::processing_state, 1, "Alerting"},
    EnglishText{TextKind::processing_state, 2, "Accepted"},
    EnglishText{TextKind::processing_state, 3, "WrapUp"},
    EnglishText{TextKind::processing_state, 4, "Ended"},
    EnglishText{TextKind::processing_state, 5, "Rerouted"},
    EnglishText{TextKind::processing_state, 6, "Transferred"},
    EnglishText{TextKind::user_state, 1, "LoggedOff"},
    EnglishText{TextKind::user_state, 2, "Ready"},
    EnglishText{TextKind::user_state, 3, "NotReady"},
    EnglishText{TextKind::user_state, 4, "Reserved"},
    EnglishText{TextKind::user_state, 5, "Busy"},
    EnglishText{TextKind::user_state, 6, "WrapUp"},
    EnglishText{TextKind::presence_state, 1, "Available"},
    EnglishText{TextKind::presence_state, 2, "Busy"},
    EnglishText{TextKind::presence_state, 3, "Logged off"},
    EnglishText{TextKind::work_mode, 1, "Logged off"},
    EnglishText{TextKind::work_mode, 2, "Ready"},
    EnglishText{TextKind::work_mode, 3, "Not ready"},
    EnglishText{TextKind::work_mode, 4, "Wrap-up"},
    EnglishText{TextKind::channel, 1, "Phone"},
    EnglishText{TextKind::channel, 2, "E-mail"},
    EnglishText{TextKind::channel, 3, "Chat"},
    EnglishText{TextKind::channel, 4, "Action item"},
};

/// Empty for an id the list does not have.
constexpr std::string_view english_text(TextKind kind, int id) {
    const auto* found = std::ranges::find_if(
        english_texts, [&](const EnglishText& entry) { return entry.kind == kind && entry.id == id; });
    return found == english_texts.end() ? std::string_view{} : found->text;
}

inline constexpr int plain_not_ready = 3;  ///< the work mode

/// A not-ready reason of the customer: a work mode above 999.
struct WorkMode {
    int number = 0;
    std::string text;
    bool operator==(const WorkMode&) const = default;
};

/// One language.
struct Texts {
    std::vector<WorkMode> work_modes;                         ///< in the file's order
    std::map<std::pair<TextKind, int>, std::string> by_code;  ///< what the file says besides

    /// Customer work modes are found as TextKind::work_mode too. Empty for an id nobody knows.
    std::string_view text(TextKind kind, int id) const {
        if (const auto found = by_code.find({kind, id}); found != by_code.end()) return found->second;
        if (kind == TextKind::work_mode) {
            const auto mode = std::ranges::find(work_modes, id, &WorkMode::number);
            if (mode != work_modes.end()) return mode->text;
        }
        return english_text(kind, id);
    }

    /// A not-ready reason without a text is shown as plain not ready (R-STATE-1).
    int shown_work_mode(int mode) const {
        const bool known = mode < ici::first_custom_workmode ||
                           std::ranges::find(work_modes, mode, &WorkMode::number) != work_modes.end();
        return known ? mode : plain_not_ready;
    }
};

/// All languages, by ici::language_code().
struct Languages {
    std::map<std::string, Texts, std::less<>> by_code;
    std::string default_code = "EN";  ///< whose texts stand in for a language that is not there (R-DEC-86)
    Texts built_in;

    bool has(std::string_view language) const { return by_code.contains(ici::language_code(language)); }

    /// For a language that is missing or unknown those of the default one, else the built-in English.
    const Texts& texts(std::string_view language) const {
        const auto found = by_code.find(ici::language_code(language));
        if (found != by_code.end()) return found->second;
        const auto instead = by_code.find(default_code);
        return instead == by_code.end() ? built_in : instead->second;
    }
};

}  // namespace cticonnector::crm
