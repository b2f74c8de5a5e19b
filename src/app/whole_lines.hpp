#pragma once
// The lines of a log that comes in pieces, and may be none: with a bound to what is kept of them.

#include <array>
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cticonnector/net/http_limits.hpp"

namespace cticonnector::app {

class WholeLines {
  public:
    /// No line of the log is as long: at most a body in it comes back in another one,
    /// escaped, and is escaped once more.
    static constexpr std::size_t longest = 16 * net::max_body;
    static constexpr std::string_view longest_in_words = "16 MiB";

    /// Gives each line that this piece makes whole; the last one may be on its way. Of one that is too long
    /// nothing is kept, and nullopt given once that is known.
    template <class Take>
    void add(std::string_view piece, Take take) {
        while (!piece.empty()) {
            const auto end = piece.find('\n');
            if (too_long_with(piece.substr(0, end))) take(std::optional<std::string_view>{});
            if (end == std::string_view::npos) return;
            if (!std::exchange(too_long_, false)) take(std::optional<std::string_view>{begun_});
            begun_.clear();
            piece.remove_prefix(end + 1);
        }
    }

  private:
    /// Told once of a line.
    bool too_long_with(std::string_view more) {
        if (too_long_) return false;
        too_long_ = begun_.size() + more.size() > longest;
        if (too_long_) {
            begun_.clear();
        } else {
            begun_ += more;
        }
        return too_long_;
    }

    std::string begun_;
    bool too_long_ = false;
};

/// A stream as it comes: what stands behind the end of a line is not waited for.
class Pieces {
  public:
    explicit Pieces(std::istream& in) : in_(in) {}

    /// Lives until the next one; empty at the end. The last line has an end in any case.
    std::string_view next() {
        in_.getline(piece_.data(), static_cast<std::streamsize>(piece_.size()));
        auto size = static_cast<std::size_t>(in_.gcount());
        if (size == 0) return {};
        if (in_.fail()) {
            in_.clear();  // full without an end of a line
        } else if (in_.eof()) {
            piece_[size++] = '\n';
        } else {
            piece_[size - 1] = '\n';
        }
        return {piece_.data(), size};
    }

  private:
    std::istream& in_;
    std::array<char, 65'536> piece_{};
};

}  // namespace cticonnector::app
