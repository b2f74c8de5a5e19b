#pragma once
// The action items that SAP's background user hands to the connector, from addActionItem until an agent has
// completed them (ici.md section 8; R-DEC-28, R-DEC-55). Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "behaviour.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "item_event.hpp"

namespace cticonnector::sim::sap {

/// `number` in the place of %d or %0<width>d; a pattern without one stays as it is.
std::string numbered(std::string_view pattern, std::size_t number);

struct Batch {
    std::size_t count = 1;
    std::size_t first = 1;  // number of the first id
    std::string id;         // pattern for numbered()
    ici::TextElement scenario;
    std::vector<ici::Participant> users;
    ici::ActionItem data;
    std::string background_user;
    double per_second = 0;  // 0 = all at once
};

class ActionItems {
  public:
    void add(Batch, Time now);

    /// The requests that are due.
    std::vector<ici::RequestMessage> take(Time now);
    std::optional<Time> next_deadline() const;

    void added(const std::string& id, bool well);
    void deleted(const std::string& id);
    void on_item(const ItemEvent&);

    std::size_t open() const { return open_; }  // those still to be sent included
    std::size_t added() const { return added_; }
    std::size_t completed() const { return completed_; }
    std::size_t refused() const { return refused_; }

  private:
    enum class State { sent, routed, active };
    struct Running {
        Batch batch;
        Time start;
        std::size_t sent = 0;
        Time due() const;
    };
    ici::RequestMessage next(Running&);
    void finish(const std::string& id);

    std::vector<Running> running_;
    std::unordered_map<std::string, State> items_;
    std::size_t open_ = 0, added_ = 0, completed_ = 0, refused_ = 0;
};

}  // namespace cticonnector::sim::sap
