#pragma once
// What the operating system must tell: the one place for POSIX and Win32 calls (docs/architecture.md,
// "Floors").

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>

namespace cticonnector::app {

/// The file of the running program. Throws std::filesystem::filesystem_error when the system does not say.
std::filesystem::path executable_path();

/// Where the installation keeps what comes with the program, relative to the program's own place; empty when
/// the system does not say where that is.
std::filesystem::path data_directory();
/// Where the system wants this process to keep what it writes (R-DEC-68); nothing when it has no wish.
std::optional<std::filesystem::path> state_directory();
/// Number of this process.
std::int64_t process_id();

/// Opened for appending, made when there is none, not inherited by other programs; null and errno when it
/// cannot be. To be closed by std::fclose.
std::FILE* open_to_append(const std::filesystem::path&);

/// Lets this process have `wanted` files and sockets open at once, or as many as it may ask for (R-DEC-74).
/// Gives how many it may have now.
std::uint64_t raise_open_files(std::uint64_t wanted);

/// From now on no signal ends the process that has no business to: a reader of its output that has gone, a
/// file size limit, and those that other programs give a meaning of their own, the one of reopen_signal()
/// included (R-DEC-73).
void outlive_signals();
/// The signal that asks for the log file to be opened anew; nothing where there is none.
std::optional<int> reopen_signal();

}  // namespace cticonnector::app
