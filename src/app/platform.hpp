#pragma once
// What the operating system must tell: the one place for POSIX
// and Win32 calls (docs/architecture.md, "Floors").

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

namespace cticonnector::app {

/// The file of the running program. Throws std::filesystem::filesystem_error when the system does not say.
std::filesystem::path executable_path();

/// Where the installation keeps what comes with the program, relative to the program's own place; empty when
/// the system does not say where that is.
std::filesystem::path data_directory();
/// Where the system wants this process to keep what it writes (R-DEC-68); nothing when it has no wish.
std::optional<std::filesystem::path> state_directory();
/// Where the system wants this process to keep what is of use only while it runs;
/// nothing when it has no wish.
std::optional<std::filesystem::path> run_directory();
/// Number of this process.
std::int64_t process_id();

/// What this process uses; nothing that the system does not say.
struct ProcessUse {
    std::optional<double> cpu_seconds;
    std::optional<std::uint64_t> resident_bytes;
    std::optional<std::uint64_t> open_files;
    std::optional<std::uint64_t> most_files;  ///< that it may have open
};
ProcessUse process_use();

/// Whether this process may write to the file, or make files in the directory.
bool may_write(const std::filesystem::path&);
/// Whether the file's mode lets every user of this machine read it. Not known on Windows: no.
bool readable_by_others(const std::filesystem::path&);

/// A file that one process holds; however that ends, the file is free.
enum class Held : std::uint8_t { by_us, by_another, by_nobody };  ///< the last: it cannot be made or held
struct FileLock {
    Held held = Held::by_nobody;
    std::int64_t owner = 0;  ///< the other process; 0 when nobody says
    int error = 0;           ///< errno of a file that cannot be made
    std::string who() const { return owner == 0 ? "another process" : "process " + std::to_string(owner); }
};
/// For the rest of this process, whose number stands inside.
FileLock hold_file(const std::filesystem::path&);

struct AppendedFile {
    std::FILE* file = nullptr;  ///< to be closed by std::fclose; null: cannot be opened, or another writes it
    FileLock lock;
};
/// Opened for appending, not inherited by other programs; made when there is none, and then for its owner and
/// the owner's group alone. Held until it is closed, and may be moved meanwhile: a second time it is
/// `by_another`, also for this process. What cannot be held is shared.
AppendedFile open_to_append(const std::filesystem::path&);
/// Nobody has moved it, or put another one in its place.
bool is_open_as(std::FILE*, const std::filesystem::path&);

/// Lets this process have `wanted` files and sockets open at once, or as many as it may ask for (R-DEC-74).
/// Gives how many it may have now.
std::uint64_t raise_open_files(std::uint64_t wanted);

/// Whether somebody may be looking at what is written there.
bool standard_error_is_a_terminal();

/// From now on no signal ends the process that has no business to: a reader of its output that has gone, a
/// file size limit, and those that other programs give a meaning of their own,
/// the one of reopen_signal() included (R-DEC-73).
void outlive_signals();
/// The signal that asks for the log file to be opened anew; nothing where there is none.
std::optional<int> reopen_signal();

}  // namespace cticonnector::app
