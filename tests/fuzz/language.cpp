// A language file.
#include "cticonnector/app/languages.hpp"

#include <sstream>

#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in{std::string{fuzz::text_of(data, size)}};
    const auto loaded = app::read_language(in, "XX.lfg");
    fuzz::must(loaded.texts.work_modes.size() <= 47, "at most 47 work modes (R-STATE-4)");
    return 0;
}
