#pragma once
// What the system's converter can do: whole runs of text, up to the first byte it cannot take. One of
// converter_posix.cpp and converter_windows.cpp is compiled. UTF-8 goes neither in nor out here but as the
// other end, and utf_16 with its byte order mark has been decided before.

#include <cstddef>
#include <string>
#include <string_view>

#include "cticonnector/base/encoding.hpp"

namespace cticonnector::converter {

bool available(Encoding);

/// Appends the UTF-8 of `bytes`, says how many bytes were taken. Fewer than all: the next one is wrong.
std::size_t to_utf8(Encoding, std::string_view bytes, std::string& out);

/// Appends `utf8`, which is well formed, in the encoding; says how many bytes were taken. Fewer than all: the
/// character there cannot be held.
std::size_t from_utf8(Encoding, std::string_view utf8, std::string& out);

}  // namespace cticonnector::converter
