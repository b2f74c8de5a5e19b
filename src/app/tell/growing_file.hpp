#pragma once
// For `tell -f`: what others write into a file, piece by piece.

#include <cstdint>
#include <fstream>
#include <string>

namespace cticonnector::app::tell {

/// Read on as it grows. A file that takes its name is read from its beginning,
/// when the old one is read to its end.
class GrowingFile {
  public:
    /// Throws std::runtime_error for a file that cannot be read.
    explicit GrowingFile(std::string name);
    /// What has come; nothing if nothing has, or while there is no file of this name.
    std::string read();

  private:
    std::string more();
    bool is_the_same(std::ifstream& there) const;
    std::string turn_to(std::ifstream another);

    std::string name_;
    std::ifstream in_;
    std::string head_;         ///< what was read first: each line of a log begins with its time
    std::uint64_t taken_ = 0;  ///< bytes
    bool in_a_line_ = false;   ///< what was read last has no end
};

}  // namespace cticonnector::app::tell
