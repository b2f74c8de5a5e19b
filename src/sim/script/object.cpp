#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim {

namespace {

// A key that is absent, for objects and lists that may be left out.
const Json& empty_object() {
    static const Json empty = Json::object();
    return empty;
}

const Json& empty_list() {
    static const Json empty = Json::array();
    return empty;
}

}  // namespace

Object::Object(const Json& value, std::string place) : value_(&value), place_(std::move(place)) {
    if (!value.is_object()) throw ScriptError(place_, "must be an object {...}");
}

void Object::refuse(std::string_view key, std::string_view what) const {
    throw ScriptError(place_of(key), what);
}

const Json* Object::find(std::string_view key, bool required) {
    asked_.emplace(key);
    const auto found = value_->find(key);
    if (found != value_->end()) return &*found;
    if (required) refuse(key, "is missing");
    return nullptr;
}

std::string Object::text(std::string_view key, std::optional<std::string> fallback) {
    const Json* value = find(key, !fallback);
    if (value == nullptr) return *std::move(fallback);
    if (!value->is_string()) refuse(key, "must be a text");
    return value->get<std::string>();
}

bool Object::flag(std::string_view key, std::optional<bool> fallback) {
    const Json* value = find(key, !fallback);
    if (value == nullptr) return *fallback;
    if (!value->is_boolean()) refuse(key, "must be true or false");
    return value->get<bool>();
}

std::int64_t Object::number(std::string_view key, std::int64_t least, std::int64_t most,
                            std::optional<std::int64_t> fallback) {
    const Json* value = find(key, !fallback);
    if (value == nullptr) return *fallback;
    const bool fits = value->is_number_integer() && value->get<std::int64_t>() >= least &&
                      value->get<std::int64_t>() <= most;
    if (!fits) refuse(key, "must be a whole number " + std::to_string(least) + ".." + std::to_string(most));
    return value->get<std::int64_t>();
}

double Object::real(std::string_view key, double least, double most, std::optional<double> fallback) {
    const Json* value = find(key, !fallback);
    if (value == nullptr) return *fallback;
    if (!value->is_number() || value->get<double>() < least || value->get<double>() > most)
        refuse(key, "must be a number " + std::to_string(least) + ".." + std::to_string(most));
    return value->get<double>();
}

std::chrono::milliseconds Object::duration(std::string_view key,
                                           std::optional<std::chrono::milliseconds> fallback) {
    constexpr std::int64_t most = std::int64_t{7} * 24 * 3600 * 1000;
    std::optional<std::int64_t> count;
    if (fallback) count = fallback->count();
    return std::chrono::milliseconds{number(key, 0, most, count)};
}

Object Object::object(std::string_view key) {
    const Json* value = find(key, false);
    return {value == nullptr ? empty_object() : *value, place_of(key)};
}

const Json& Object::list(std::string_view key) {
    const Json* value = find(key, false);
    if (value == nullptr) return empty_list();
    if (!value->is_array()) refuse(key, "must be a list [...]");
    return *value;
}

std::vector<Object> Object::objects(std::string_view key) {
    std::vector<Object> result;
    for (const Json& entry : list(key))
        result.emplace_back(entry, place_of(key) + "[" + std::to_string(result.size()) + "]");
    return result;
}

std::vector<std::string> Object::texts(std::string_view key) {
    std::vector<std::string> result;
    for (const Json& entry : list(key)) {
        if (!entry.is_string()) refuse(key, "must be a list of texts");
        result.push_back(entry.get<std::string>());
    }
    return result;
}

std::vector<std::int64_t> Object::numbers(std::string_view key, std::int64_t least, std::int64_t most) {
    std::vector<std::int64_t> result;
    for (const Json& entry : list(key)) {
        const bool fits = entry.is_number_integer() && entry.get<std::int64_t>() >= least &&
                          entry.get<std::int64_t>() <= most;
        if (!fits) {
            refuse(key,
                   "must be a list of whole numbers " + std::to_string(least) + ".." + std::to_string(most));
        }
        result.push_back(entry.get<std::int64_t>());
    }
    return result;
}

std::vector<std::pair<std::string, std::string>> Object::pairs(std::string_view key) {
    std::vector<std::pair<std::string, std::string>> result;
    const Json* value = find(key, false);
    if (value == nullptr) return result;
    if (!value->is_object()) refuse(key, "must be an object of texts");
    for (const auto& [name, entry] : value->items()) {
        if (!entry.is_string()) refuse(key, "must be an object of texts");
        result.emplace_back(name, entry.get<std::string>());
    }
    return result;
}

void Object::done() const {
    for (const auto& [key, entry] : value_->items()) {
        if (!asked_.contains(key)) refuse(key, "is not a known key here");
    }
}

Json parse_json(std::string_view text, std::string_view place) {
    try {
        return Json::parse(text, nullptr, true, true);
    } catch (const Json::parse_error& error) {
        // "[json.exception.parse_error.101] parse error at line 3, column 5: ..." without its tag
        std::string_view what = error.what();
        const std::size_t tag = what.find("] ");
        throw ScriptError(place, tag == std::string_view::npos ? what : what.substr(tag + 2));
    }
}

}  // namespace cticonnector::sim
