#include "cticonnector/routing/new_item.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "cticonnector/protocol/mr/mr.hpp"

namespace cticonnector::routing {
namespace {

/// "has ...", or empty.
Phrase unwritable(std::string_view text, std::string_view field, Encoding page) {
    const auto coded = encode(text, page);
    if (!coded) return {TextId::has_foreign_character, {std::string(name(page))}};
    if (coded->find('\0') != std::string::npos) return {TextId::has_zero_character};
    const std::size_t limit = wire::text_limit(*mr::NewTask::binding.message, field);
    if (coded->size() <= limit) return {};
    return {TextId::has_too_many_bytes,
            {std::to_string(coded->size()), std::string(name(page)), std::to_string(limit)}};
}

}  // namespace

void mark_unwritable(engine::AddItem& item, Encoding page) {
    item.unwritable_id = unwritable(item.external_id, "ApplicationString2", page);
    item.unwritable_selector = unwritable(item.selector, "ScriptSelector", page);
}

}  // namespace cticonnector::routing
