#pragma once
// Routing dialogues with the router (MR fact sheet sections 4-7): each item that wants an agent opens one; it
// ends with an agent, a label, a failure or a confirmed cancel (R-DEC-23, R-DEC-27, R-DEC-54, R-DEC-55).
// Pure; bytes go to `out`, events to `events`. As many as items wait; a lost router ends them all, and the
// engine routes their items again (R-HA-7).

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "aging.hpp"
#include "cticonnector/base/current.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/mr/mr.hpp"
#include "directory.hpp"
#include "item_data.hpp"
#include "message_ids.hpp"
#include "oddities.hpp"

namespace cticonnector::routing {

class Dialogues {
  public:
    /// How long and how many answered dialogues are remembered, for answers that come twice (R-DEC-27).
    static constexpr std::chrono::seconds remembered{60};
    static constexpr std::size_t remembered_limit = 10'000;

    Dialogues(const Current<Settings>& settings, const Directory& directory)
        : settings_(settings), directory_(directory) {}

    void router_up();
    void router_down();
    void on(const mr::Frame&, engine::Time now);
    void perform(const engine::RouteItem&);
    void perform(const engine::CancelRoute&);

    std::size_t size() const { return open_.size(); }
    /// For the log: the item that a message is about (R-DEC-89).
    void look_up(const wire::FieldList&, MessageIds&) const;
    std::uint64_t unknown() const { return unknown_; }  ///< messages about no dialogue of ours

    std::vector<std::uint8_t> out;
    std::vector<engine::Event> events;
    std::vector<Stray> strays;
    Oddities odd;

  private:
    struct Dialogue {
        engine::ItemId item;
        engine::Channel channel{};
        engine::ItemInfoPtr info;
        std::uint32_t sent = 0;  ///< SendSeqNo of our last message
        bool cancelled = false;
    };
    template <class M>
    void read(const mr::Frame&, engine::Time now);
    void handle(Dialogue&, const mr::DoThisWithTask&, engine::Time now);
    void handle(Dialogue&, const mr::NewTaskFailure&, engine::Time now);
    void handle(Dialogue&, const mr::RunScriptReq&, engine::Time now);
    void handle(Dialogue&, const mr::CancelTaskConf&, engine::Time now);
    void assigned(const Dialogue&, const mr::DoThisWithTask&);
    template <class M>
    void without_dialogue(const M&);
    void close(std::uint32_t id, const engine::TaskId& answer, engine::Time now);
    engine::Channel channel(std::int32_t mrd, engine::Channel otherwise) const;

    const Current<Settings>& settings_;
    const Directory& directory_;
    std::unordered_map<std::uint32_t, Dialogue> open_;
    std::unordered_map<engine::ItemId, std::uint32_t> by_item_;  ///< the one that a cancel means
    Aging<std::uint32_t, engine::TaskId> answered_;              ///< no_task: with anything but a task
    std::uint32_t last_id_ = 0;
    std::uint64_t unknown_ = 0;
    bool up_ = false;
};

}  // namespace cticonnector::routing
