#pragma once
// What a request is about, as its line of the log has it at debug (R-DEC-89). Pure.

#include <string>

#include "cticonnector/protocol/ici/requests.hpp"

namespace cticonnector::crm {

struct RequestIds {
    std::string item;      ///< an item's id, or SAP's own of an action item
    std::string reason;    ///< of a reroute
    std::string workmode;  ///< that is wanted
};

/// Of each text as much as a line can do with: SAP may write what it likes.
RequestIds ids_of(const ici::Request&);

}  // namespace cticonnector::crm
