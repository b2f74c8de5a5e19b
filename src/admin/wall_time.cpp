#include "wall_time.hpp"

namespace cticonnector::admin {

using std::chrono::system_clock;

system_clock::time_point wall_time(engine::Time time) {
    const auto ago = std::chrono::steady_clock::now() - time;
    return system_clock::now() - std::chrono::duration_cast<system_clock::duration>(ago);
}

}  // namespace cticonnector::admin
