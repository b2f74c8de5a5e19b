#pragma once
// Where the requests of one user come from: the first from each further peer is told (R-DEC-81). SAP may
// balance over several hosts, so a few are remembered. Pure.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/base/once_a_minute.hpp"

namespace cticonnector::crm {

class Peers {
  public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::size_t most = 32;  ///< that are remembered

    explicit Peers(std::string first) : known_{std::move(first)} {}

    /// Remembers it, too. One that is put off is not remembered, so that it is told later.
    bool is_to_be_told(const std::string& peer, Time now);

  private:
    std::vector<std::string> known_;                   ///< the one that was heard last stands last
    std::optional<OnceAMinute<std::string>> further_;  ///< that took the place of a remembered one
};

}  // namespace cticonnector::crm
