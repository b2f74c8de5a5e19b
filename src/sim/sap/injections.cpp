#include "injections.hpp"

#include <algorithm>

namespace cticonnector::sim::sap {

std::optional<Injection> Injections::hit(const std::string& user, const std::string& event) {
    const auto wanted = [](const std::string& want, const std::string& have) {
        return want.empty() || want == have;
    };
    const auto found = std::ranges::find_if(all_, [&](const Injection& injection) {
        return wanted(injection.user, user) && wanted(injection.event, event);
    });
    if (found == all_.end()) return std::nullopt;
    const Injection injection = *found;
    if (found->left && --*found->left == 0) all_.erase(found);
    return injection;
}

}  // namespace cticonnector::sim::sap
