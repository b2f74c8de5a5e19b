#include <fcntl.h>
#include <io.h>
#include <windows.h>

// needs the one before it
#include <psapi.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "platform.hpp"

namespace cticonnector::app {

std::filesystem::path executable_path() {
    constexpr std::size_t longest = 32'768;  // of any path in Win32
    std::wstring path(longest, L'\0');
    const DWORD size = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (size == 0) {
        throw std::filesystem::filesystem_error(
            "GetModuleFileName", std::error_code{static_cast<int>(GetLastError()), std::system_category()});
    }
    path.resize(size);
    return path;
}

std::filesystem::path data_directory() {
    try {
        return (executable_path().parent_path() / CTICONNECTOR_DATA_FROM_BIN).lexically_normal();
    } catch (const std::filesystem::filesystem_error&) {
        return {};
    }
}

/// Services run in session 0, and nothing else does.
std::optional<std::filesystem::path> state_directory() {
    DWORD session = 1;
    if (!ProcessIdToSessionId(GetCurrentProcessId(), &session) || session != 0) return {};
    const wchar_t* data = _wgetenv(L"ProgramData");
    if (data == nullptr || *data == L'\0') return {};
    return std::filesystem::path{data} / "cticonnector";
}

std::optional<std::filesystem::path> run_directory() { return {}; }  // the same place

std::int64_t process_id() { return GetCurrentProcessId(); }

ProcessUse process_use() {
    ProcessUse use;
    const HANDLE self = GetCurrentProcess();
    FILETIME made{}, ended{}, kernel{}, user{};
    if (GetProcessTimes(self, &made, &ended, &kernel, &user) != 0) {
        const auto seconds = [](const FILETIME& t) {  // in units of 100 ns
            return (static_cast<double>(t.dwHighDateTime) * 4'294'967'296.0 + t.dwLowDateTime) / 1e7;
        };
        use.cpu_seconds = seconds(kernel) + seconds(user);
    }
    PROCESS_MEMORY_COUNTERS memory{};
    if (GetProcessMemoryInfo(self, &memory, sizeof memory) != 0) use.resident_bytes = memory.WorkingSetSize;
    DWORD handles = 0;
    if (GetProcessHandleCount(self, &handles) != 0) use.open_files = handles;
    return use;
}

bool may_write(const std::filesystem::path& path) {
    constexpr int for_writing = 2;
    return _waccess(path.c_str(), for_writing) == 0;
}

bool readable_by_others(const std::filesystem::path&) { return false; }

/// Nobody else may write to it while it is open; who holds it can be read.
FileLock hold_file(const std::filesystem::path& path) {
    const HANDLE file = CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, nullptr,
                                    OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    DWORD size = 0;
    if (file != INVALID_HANDLE_VALUE) {
        const std::string text = std::to_string(GetCurrentProcessId()) + "\r\n";
        if (SetEndOfFile(file) != 0)
            WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &size, nullptr);
        return {Held::by_us};
    }
    if (GetLastError() != ERROR_SHARING_VIOLATION) return {Held::by_nobody, 0, EACCES};
    FileLock other{Held::by_another};
    const HANDLE read = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                    OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (read == INVALID_HANDLE_VALUE) return other;
    std::array<char, 24> text{};
    if (ReadFile(read, text.data(), static_cast<DWORD>(text.size()), &size, nullptr) != 0)
        std::from_chars(text.data(), text.data() + size, other.owner);
    CloseHandle(read);
    return other;
}

/// Nobody else may write to it while it is open, and anybody may move it. The system does not say who has it
/// open when it refuses.
AppendedFile open_to_append(const std::filesystem::path& path) {
    const HANDLE handle =
        CreateFileW(path.c_str(), FILE_APPEND_DATA | SYNCHRONIZE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                    nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        const bool shared = GetLastError() == ERROR_SHARING_VIOLATION;
        return {nullptr, {shared ? Held::by_another : Held::by_nobody, 0, EACCES}};
    }
    const int number = _open_osfhandle(reinterpret_cast<std::intptr_t>(handle), _O_APPEND | _O_BINARY);
    return {_fdopen(number, "ab"), {Held::by_us}};
}

bool is_open_as(std::FILE* file, const std::filesystem::path& path) {
    const HANDLE other = CreateFileW(path.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                     nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (other == INVALID_HANDLE_VALUE) return false;
    const auto ours = reinterpret_cast<HANDLE>(_get_osfhandle(_fileno(file)));
    BY_HANDLE_FILE_INFORMATION open{};
    BY_HANDLE_FILE_INFORMATION named{};
    const bool known =
        GetFileInformationByHandle(ours, &open) != 0 && GetFileInformationByHandle(other, &named) != 0;
    CloseHandle(other);
    return known && open.dwVolumeSerialNumber == named.dwVolumeSerialNumber &&
           open.nFileIndexHigh == named.nFileIndexHigh && open.nFileIndexLow == named.nFileIndexLow;
}

/// A process may have 16 million handles.
std::uint64_t raise_open_files(std::uint64_t wanted) { return wanted; }

bool standard_error_is_a_terminal() {
    DWORD mode = 0;
    return GetConsoleMode(GetStdHandle(STD_ERROR_HANDLE), &mode) != 0;
}

void outlive_signals() {}  // Windows has none of these

std::optional<int> reopen_signal() { return std::nullopt; }

}  // namespace cticonnector::app
