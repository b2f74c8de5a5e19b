#pragma once
// Reads one JSON object strictly: every value has a type and a range, a key that nobody asks for is an error,
// and every error names its place ("agents[3].password: must be a text"). Used for the scripts and the
// commands of both simulators: ask for the keys, then call done().
// Errors: ScriptError. Source: docs/simulators.md.

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cticonnector::sim {

using Json = nlohmann::ordered_json;

class ScriptError : public std::runtime_error {
  public:
    ScriptError(std::string_view place, std::string_view what)
        : std::runtime_error(std::string(place) + ": " + std::string(what)) {}
};

class Object {
  public:
    Object(const Json& value, std::string place);

    bool has(std::string_view key) const { return value_->contains(key); }
    const std::string& place() const { return place_; }
    std::string place_of(std::string_view key) const { return place_ + "." + std::string(key); }

    // Without a fallback the key must be there.
    std::string text(std::string_view key, std::optional<std::string> fallback = {});
    bool flag(std::string_view key, std::optional<bool> fallback = {});
    std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most,
                        std::optional<std::int64_t> fallback = {});
    double real(std::string_view key, double least, double most, std::optional<double> fallback = {});
    // A number of milliseconds.
    std::chrono::milliseconds duration(std::string_view key,
                                       std::optional<std::chrono::milliseconds> fallback = {});

    template <std::integral T>
    T integer(std::string_view key, std::optional<T> fallback = {}) {
        std::optional<std::int64_t> wide;
        if (fallback) wide = static_cast<std::int64_t>(*fallback);
        return static_cast<T>(number(key, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                                     static_cast<std::int64_t>(std::numeric_limits<T>::max()), wide));
    }

    // One of a few words; the table says what they mean.
    template <class T>
    T word(std::string_view key, std::span<const std::pair<std::string_view, T>> table,
           std::optional<T> fallback = {}) {
        if (fallback && !has(key)) return *fallback;
        const std::string given = text(key);
        std::string known;
        for (const auto& [name, meaning] : table) {
            if (name == given) return meaning;
            known += known.empty() ? "" : ", ";
            known += name;
        }
        throw ScriptError(place_of(key), "\"" + given + "\" is none of " + known);
    }

    // Nothing is an empty object or list.
    Object object(std::string_view key);
    std::vector<Object> objects(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::vector<std::int64_t> numbers(std::string_view key, std::int64_t least, std::int64_t most);
    // An object of texts, in its order.
    std::vector<std::pair<std::string, std::string>> pairs(std::string_view key);

    // Refuses a key that was not asked for.
    void done() const;

  private:
    const Json* find(std::string_view key, bool required);
    const Json& list(std::string_view key);
    [[noreturn]] void refuse(std::string_view key, std::string_view what) const;

    const Json* value_;
    std::string place_;
    std::set<std::string, std::less<>> asked_;
};

// JSON with // comments. The place of a syntax error is its line and column.
Json parse_json(std::string_view text, std::string_view place);

}  // namespace cticonnector::sim
