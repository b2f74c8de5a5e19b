#pragma once
// Where log lines are written. Ours in place of spdlog's rotating sink: that one keeps lines in a buffer,
// loses them without a word when the disk is full, empties the file when it cannot be renamed, and cannot
// open it again.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace cticonnector::app {

/// The file that [LOGGER] Path means: itself, or cticonnector.log in a directory, which exists or ends in a
/// separator. Empty stays empty.
std::filesystem::path log_file(std::filesystem::path);

/// Bytes that could be written; nothing stays in a buffer when the stream has none.
std::size_t write_all(std::FILE*, std::string_view);

/// One thread at a time.
class LogFile {
  public:
    /// Told in a sentence when the file cannot be renamed, or not be opened again; may write to it.
    using Complain = std::function<void(const std::string& text)>;

    /// Before a line would make it longer than `size` bytes a new file begins; `backups` older ones stay, as
    /// NAME.1.EXT and so on; what is no regular file only grows. Makes the directory.
    /// Throws std::runtime_error when the file cannot be opened, or another LogFile writes it (R-OPS-25).
    LogFile(std::filesystem::path, std::uint64_t size, std::size_t backups, Complain);

    /// Complete in the file when it returns true. What a full disk left of a line stays a line of its own.
    bool write(std::string_view line);
    /// By its name again, when it was moved away (R-DEC-73). When that fails the old one stays in use.
    void reopen();

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Close>;

    struct Opened {
        File file;        ///< null when it cannot be
        std::string why;  ///< a sentence then
    };
    Opened open() const;
    /// By its name, in place of the one in use; that stays in use when it cannot be.
    void open_anew();
    void use(File);
    void count_bytes();
    void rotate();

    const std::filesystem::path path_;
    const std::uint64_t size_;
    const std::size_t backups_;
    const Complain complain_;
    File file_;                    ///< never null
    bool regular_ = true;          ///< nothing else is rotated
    std::uint64_t written_ = 0;    ///< bytes in the file
    std::uint64_t rotate_at_ = 0;  ///< bytes
    bool torn_ = false;            ///< the last line is not complete
};

}  // namespace cticonnector::app
