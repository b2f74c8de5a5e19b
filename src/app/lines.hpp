#pragma once
// The lines of a text file, numbered from 1, without line end (LF or CRLF), surrounding blanks and a leading
// UTF-8 byte order mark.

#include <istream>
#include <string>
#include <string_view>

#include "config_values.hpp"

namespace cticonnector::app {

class Lines {
  public:
    explicit Lines(std::istream& in) : in_(in) {}

    /// False at the end. The line lives until the next call.
    bool next() {
        if (!std::getline(in_, buffer_)) return false;
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        std::string_view line{buffer_};
        if (++number_ == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
        line_ = trim(line);
        return true;
    }

    int number() const { return number_; }
    std::string_view line() const { return line_; }

  private:
    std::istream& in_;
    std::string buffer_;
    std::string_view line_;
    int number_ = 0;
};

}  // namespace cticonnector::app
