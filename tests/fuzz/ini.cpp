// The ini file: whatever is in it, there is a configuration, and each finding has a line for people.
#include "cticonnector/app/config.hpp"

#include <sstream>

#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in{std::string{fuzz::text_of(data, size)}};
    const auto loaded = app::load_config(in, "cticonnector.ini");
    for (const auto& finding : loaded.findings)
        fuzz::must(!app::to_text(finding).empty(), "a finding has its line");
    return 0;
}
