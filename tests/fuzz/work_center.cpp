// Login strings: what the agent typed, the SAP user and the settings that decide how it is read.
#include "cticonnector/engine/work_center.hpp"

#include <array>

#include "fuzz/input.hpp"

using namespace cticonnector;
using namespace cticonnector::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array types{0, 1, 2, 5};
    std::span input{data, size};
    const std::uint8_t choice = fuzz::take_byte(input);
    Settings settings;
    CrmProfile crm;
    crm.login_type = static_cast<LoginType>(types[choice % types.size()]);
    settings.media = (choice & 4) != 0;
    crm.item_max = Limit{1 + (choice >> 3) % 6, Source::ini};
    const auto text = fuzz::text_of(input.data(), input.size());
    const auto split = text.find('\n');
    const auto read = read_work_center(text.substr(0, split),
                                       split == text.npos ? "MUSTER" : text.substr(split + 1), crm, settings);
    if (const auto* login = std::get_if<LoginRequest>(&read)) {
        fuzz::must(!login->agent.empty() && login->agent.size() <= 11, "an agent has 1 to 11 characters");
        PerChannel<int> limits;
        for (const Channel channel : channels) limits[channel] = login->limits[channel].value;
        fuzz::must(crm.legal(limits), "who is let in has a legal combination");
        fuzz::must(crm.total(limits) <= crm.item_max.value, "who is let in is within AppItemMaxSession");
    } else {
        fuzz::must(!std::get<LoginRefusal>(read).text.empty(), "a refusal says why");
    }
    return 0;
}
