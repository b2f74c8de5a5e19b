#pragma once
// Routing dialogues with the router (MR fact sheet sections 4-7): each item that wants an agent opens one; it
// ends with an agent, a label, a failure or a confirmed cancel (R-DEC-23, R-DEC-27, R-DEC-54, R-DEC-55).
// Pure; bytes go to `out`, events to `events`. As many as items wait; a lost router ends them all, and the
// engine routes their items again (R-HA-7).

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/mr/mr.hpp"
#include "directory.hpp"
#include "item_data.hpp"

namespace cticonnector::routing {

class Dialogues {
  public:
    Dialogues(const Settings& settings, const Directory& directory)
        : settings_(settings), directory_(directory) {}

    void router_up();
    void router_down();
    /// Empty, or what was unexpected about the message.
    std::string on(const mr::Frame&);
    void perform(const engine::RouteItem&);
    void perform(const engine::CancelRoute&);

    std::size_t size() const { return open_.size(); }
    std::uint64_t unknown() const { return unknown_; }  ///< messages about no dialogue of ours

    std::vector<std::uint8_t> out;
    std::vector<engine::Event> events;

  private:
    struct Dialogue {
        engine::ItemId item;
        engine::Channel channel{};
        engine::ItemInfoPtr info;
        std::uint32_t sent = 0;  ///< SendSeqNo of our last message
        bool cancelled = false;
    };
    template <class M, class F>
    std::string about(const mr::Frame&, F&&);
    void assigned(const Dialogue&, const mr::DoThisWithTask&);
    engine::Channel channel(std::int32_t mrd, engine::Channel otherwise) const;

    const Settings& settings_;
    const Directory& directory_;
    std::map<std::uint32_t, Dialogue> open_;
    std::uint32_t last_id_ = 0;
    std::uint64_t unknown_ = 0;
    bool up_ = false;
    mr::Notes notes_;
};

}  // namespace cticonnector::routing
