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
