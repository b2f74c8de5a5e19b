#include "restored.hpp"

#include "cticonnector/base/json.hpp"
#include "cticonnector/engine/whole.hpp"

namespace cticonnector::engine::testing {

Engine restored(const Engine& engine) {
    const std::string text = write_json(engine.whole()).dump();
    return {engine.settings(), read_json<Whole>(Json::parse(text))};
}

std::string whole_text(const Engine& engine) { return write_json(engine.whole()).dump(); }

}  // namespace cticonnector::engine::testing
