#include "references.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "cticonnector/protocol/soap/xml.hpp"

namespace cticonnector::soap {
namespace {

class Walk {
  public:
    explicit Walk(const Follow& follow) : follow_(follow) {}

    /// Levels below and with the node. Recursion ends beyond max_depth, because depth grows with every call.
    int height(pugi::xml_node node, int depth) {
        if (depth > max_depth) return within(depth, 1);
        const auto [entry, fresh] = heights_.try_emplace(node.hash_value(), on_path);
        if (!fresh && entry->second == on_path)
            return fail(Problem::bad_reference, "A value refers to itself");
        if (!fresh) return within(depth, entry->second);
        int below = 0;
        const auto visit = [&](pugi::xml_node next) {
            if (!error_ && next.type() == pugi::node_element)
                below = std::max(below, height(next, depth + 1));
        };
        if (const auto target = follow_(node)) visit(*target);
        for (auto child : node.children()) visit(child);
        heights_[node.hash_value()] = below + 1;
        return within(depth, below + 1);
    }

    std::optional<Error> error() const { return error_; }

  private:
    static constexpr int on_path = -1;

    int within(int depth, int levels) {
        if (depth + levels > max_depth + 1)
            return fail(Problem::too_deep, "References nest values deeper than " + std::to_string(max_depth));
        return levels;
    }

    int fail(Problem problem, std::string text) {
        if (!error_) error_ = Error{problem, std::move(text)};
        return 0;
    }

    const Follow& follow_;
    std::unordered_map<std::size_t, int> heights_;
    std::optional<Error> error_;
};

}  // namespace

std::optional<Error> check_references(pugi::xml_node top, const Follow& follow) {
    Walk walk(follow);
    walk.height(top, 1);
    return walk.error();
}

}  // namespace cticonnector::soap
