#include "growing_file.hpp"

#include <filesystem>
#include <utility>

#include "lines.hpp"

namespace cticonnector::app::tell {

namespace {

constexpr std::size_t most_at_once = 65'536;
constexpr std::size_t most_of_head = 256;

/// Leaves the stream fit for another try: a file at its end may grow.
std::string read_some(std::ifstream& in, std::size_t most) {
    std::string piece(most, '\0');
    in.read(piece.data(), static_cast<std::streamsize>(most));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    in.clear();
    return piece;
}

}  // namespace

GrowingFile::GrowingFile(std::string name) : name_(std::move(name)), in_(open_to_read(name_)) {}

std::string GrowingFile::read() {
    if (std::string piece = more(); !piece.empty()) return piece;
    if (std::error_code unknown; !std::filesystem::is_regular_file(name_, unknown)) return {};
    std::ifstream there{name_, std::ios::binary};
    if (!there || is_the_same(there)) return {};
    std::string last = more();  // came while the name went over
    return last.empty() ? turn_to(std::move(there)) : last;
}

std::string GrowingFile::more() {
    std::string piece = read_some(in_, most_at_once);
    if (piece.empty()) return piece;
    head_ += piece.substr(0, most_of_head - head_.size());
    taken_ += piece.size();
    in_a_line_ = !piece.ends_with('\n');
    return piece;
}

/// By what it begins with: of an open stream nothing else is known. One of which nothing was read may be any.
bool GrowingFile::is_the_same(std::ifstream& there) const {
    if (head_.empty() || read_some(there, head_.size()) != head_) return false;
    there.seekg(0, std::ios::end);
    return static_cast<std::uint64_t>(there.tellg()) >= taken_;
}

std::string GrowingFile::turn_to(std::ifstream another) {
    in_ = std::move(another);
    in_.seekg(0);
    head_.clear();
    taken_ = 0;
    return std::exchange(in_a_line_, false) ? "\n" : more();
}

}  // namespace cticonnector::app::tell
