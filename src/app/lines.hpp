#pragma once
// The lines of a text, numbered from 1, without line end (CR, LF or CRLF, R-DEC-76), surrounding blanks and a
// leading UTF-8 byte order mark.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "config_values.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::app {

/// Throws std::runtime_error that names the file when it cannot be read, as a directory cannot.
inline std::ifstream open_to_read(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    std::error_code unknown;
    if (!in || std::filesystem::is_directory(file, unknown))
        throw std::runtime_error(file + ": cannot be read");
    return in;
}

inline std::string read_all(std::istream& in) { return {std::istreambuf_iterator<char>{in}, {}}; }

/// By its mark, or by a zero in one of the first two bytes: what begins a file here is ASCII.
inline bool is_utf16(std::string_view bytes) {
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
           bytes.substr(0, 2).find('\0') != std::string_view::npos;
}
inline constexpr std::string_view utf16_is_not_read =
    "is UTF-16, nothing in it is used; it must be saved as UTF-8";

class Lines {
  public:
    explicit Lines(std::string text) : text_(std::move(text)), rest_(text_) {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    /// False at the end.
    bool next() {
        if (rest_.empty()) return false;
        const auto end = std::min(rest_.find_first_of("\r\n"), rest_.size());
        line_ = trim(rest_.substr(0, end));
        rest_.remove_prefix(end);
        rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : rest_.empty() ? 0 : 1);
        ++number_;
        return true;
    }

    int number() const { return number_; }
    /// Lives as long as this.
    std::string_view line() const { return line_; }

  private:
    const std::string text_;
    std::string_view rest_;
    std::string_view line_;
    int number_ = 0;
};

}  // namespace cticonnector::app
