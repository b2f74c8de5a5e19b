#include <share.h>
#include <windows.h>

#include <cstdlib>
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

std::int64_t process_id() { return GetCurrentProcessId(); }

std::FILE* open_to_append(const std::filesystem::path& file) {
    return _wfsopen(file.c_str(), L"abN", _SH_DENYNO);
}

/// A process may have 16 million handles.
std::uint64_t raise_open_files(std::uint64_t wanted) { return wanted; }

void outlive_signals() {}  // Windows has none of these

std::optional<int> reopen_signal() { return std::nullopt; }

}  // namespace cticonnector::app
