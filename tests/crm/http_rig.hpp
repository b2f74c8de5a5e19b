#pragma once
// The rig with a client that asks one thing.

#include "rig.hpp"

namespace cticonnector::crm::testing {

class Http : public Rig {
  protected:
    Message answer(std::string text) {
        const auto line = client();
        line->send(std::move(text));
        return reply(line);
    }
};

}  // namespace cticonnector::crm::testing
