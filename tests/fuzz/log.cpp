// A log, as `tell` and `decode --log` read it: what they get from a colleague may be anything.
#include <sstream>
#include <string>

#include "decode.hpp"
#include "fuzz/input.hpp"
#include "tell/tell.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{fuzz::text_of(data, size)};
    std::istringstream told{text};
    std::ostringstream sentences;
    app::tell::tell({.wanted = {}, .times = false, .files = {"-"}}, {told, sentences, sentences});
    std::istringstream traced{text};
    std::ostringstream messages;
    app::decode({.log = "-"}, {traced, messages, messages});
    std::istringstream chosen{text};
    app::decode({.log = "-", .wanted = {.agent = "1"}}, {chosen, messages, messages});
    return 0;
}
