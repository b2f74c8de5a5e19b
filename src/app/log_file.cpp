#include "log_file.hpp"

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "platform.hpp"

namespace cticonnector::app {
std::filesystem::path log_file(std::filesystem::path path) {
    std::error_code unknown;
    if (path.empty()) return path;
    if (!path.has_filename() || std::filesystem::is_directory(path, unknown)) path /= "cticonnector.log";
    return path;
}

std::size_t write_all(std::FILE* file, std::string_view text) {
    std::size_t written = 0;
    while (written < text.size()) {
        written += std::fwrite(text.data() + written, 1, text.size() - written, file);
        if (written == text.size()) break;
        const bool interrupted = errno == EINTR;  // by a signal
        std::clearerr(file);
        if (!interrupted) break;
    }
    return written;
}

LogFile::LogFile(std::filesystem::path path, std::uint64_t size, std::size_t backups, Complain complain)
    : path_(std::move(path)), size_(size), backups_(backups), complain_(std::move(complain)) {
    Opened opened = open();
    if (!opened.file) throw std::runtime_error(opened.why);
    use(std::move(opened.file));
}

LogFile::Opened LogFile::open() const {
    std::error_code error;
    if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path(), error);
    const auto [file, lock] = open_to_append(path_);
    if (file != nullptr) return {.file = File{file}};
    if (!error) error = {lock.error, std::generic_category()};
    std::string why = error.message();
    if (lock.held == Held::by_another)
        why = lock.who() + (lock.owner == 0 ? " has it open" : " writes it") +
              " (another one needs a [LOGGER] Path of its own)";
    return {.file = nullptr, .why = "the log file " + path_.string() + " cannot be opened: " + why};
}

void LogFile::use(File file) {
    file_ = std::move(file);
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
    std::error_code unknown;
    regular_ = std::filesystem::is_regular_file(path_, unknown);
    count_bytes();
    torn_ = false;
}

void LogFile::count_bytes() {
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(path_, unknown);
    written_ = unknown ? 0 : bytes;
    rotate_at_ = size_;
}

bool LogFile::write(std::string_view line) {
    if (regular_ && written_ > 0 && written_ + line.size() > rotate_at_) rotate();
    if (torn_) {
        torn_ = write_all(file_.get(), "\n") == 0;
        if (torn_) return false;
        ++written_;
    }
    const std::size_t done = write_all(file_.get(), line);
    written_ += done;
    torn_ = done > 0 && done < line.size();
    return done == line.size();
}

void LogFile::reopen() {
    if (is_open_as(file_.get(), path_)) return count_bytes();  // it may have been emptied
    open_anew();
}

void LogFile::open_anew() {
    Opened opened = open();
    if (!opened.file) return complain_(opened.why + ", the old one is used on");
    use(std::move(opened.file));
}

static std::filesystem::path backup(const std::filesystem::path& path, std::size_t number) {
    std::filesystem::path name = path.stem();
    name += "." + std::to_string(number);
    name += path.extension();
    return path.parent_path() / name;
}

void LogFile::rotate() {
    std::error_code error;
    const auto file = std::filesystem::canonical(path_, error);  // a link stays where it is
    for (std::size_t number = backups_; number > 0 && !error; --number) {
        const auto older = number == 1 ? file : backup(file, number - 1);
        if (number == 1 || std::filesystem::exists(older, error))
            std::filesystem::rename(older, backup(file, number), error);
    }
    rotate_at_ = written_ + size_;  // nothing is thrown away, and not every line tries again
    if (!error) return open_anew();
    complain_("the log file " + path_.string() + " cannot be renamed, it grows on: " + error.message());
}

}  // namespace cticonnector::app
