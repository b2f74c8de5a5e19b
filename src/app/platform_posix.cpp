#include "platform.hpp"

namespace cticonnector::app {

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

}  // namespace cticonnector::app
