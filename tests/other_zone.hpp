#pragma once

#include <cstdlib>
#include <ctime>

namespace cticonnector::testing {

/// Two hours ahead of UTC, for as long as this lives; no place calls it so.
class OtherZone {
  public:
    OtherZone() { use("TEST-2"); }
    ~OtherZone() { use(nullptr); }
    OtherZone(const OtherZone&) = delete;
    OtherZone& operator=(const OtherZone&) = delete;

  private:
    static void use(const char* zone) {
        zone ? setenv("TZ", zone, 1) : unsetenv("TZ");
        tzset();
    }
};

}  // namespace cticonnector::testing
