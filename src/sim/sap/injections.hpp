#pragma once
// What the SAP side does wrong on purpose when an event comes (docs/simulators.md, "inject"). Pure: which
// event is hit is decided here, what happens to it in sap_side.cpp.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "behaviour.hpp"
#include "cticonnector/base/described.hpp"

namespace cticonnector::sim::sap {

enum class Wrong : std::uint8_t { slow, http_error, no_answer, reset, garbage, fault, unknown_appid };
BOOST_DESCRIBE_ENUM(Wrong, slow, http_error, no_answer, reset, garbage, fault, unknown_appid)

struct Injection {
    Wrong what{};
    std::string user;              // empty: every agent
    std::string event;             // empty: every event
    std::optional<unsigned> left;  // events still to be hit; nothing: all
    milliseconds delay{0};
    unsigned status = 503;
};

class Injections {
  public:
    void add(Injection injection) { all_.push_back(std::move(injection)); }
    void clear() { all_.clear(); }

    /// The first that wants this event, counted down.
    std::optional<Injection> hit(const std::string& user, const std::string& event);

  private:
    std::vector<Injection> all_;
};

}  // namespace cticonnector::sim::sap
