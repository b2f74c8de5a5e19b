#pragma once
// The calls that the contact center has now, with the agents' connections in them, and how each is found: by
// a connection or its number, as messages name it, and by the agent and the CallId that the engine was told.
// No look-up walks over the other calls. Whatever a call is found by is changed here only.

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cticonnector/engine/types.hpp"
#include "pre_calls.hpp"

namespace cticonnector::routing {

/// What an agent knows of their own connection.
enum class Line : std::uint8_t { initiated, dialled, alerting, connected, held };

struct Party {
    engine::AgentId agent;
    engine::CallId id;          ///< what the engine was told
    engine::CallId connection;  ///< on the wire now
    std::string device;
    Line line{};
    bool outbound = false;
};

struct Call {
    engine::CallId begin;  ///< of BEGIN_CALL_EVENT
    std::uint16_t type = 0;
    std::optional<RouterKey> router_key;
    bool has_destination = false;
    std::string calling_device;
    std::string called_device;
    std::string dnis;
    std::string ani;
    engine::ItemInfo info;
    std::vector<Party> parties;
    std::list<Call>::iterator place;  ///< its own
};

class CallTable {
  public:
    Call& add(const engine::CallId& begin);
    void remove(Call&);
    void clear();
    std::size_t size() const { return calls_.size(); }

    /// By the connection itself, which may be any party's; else by the call number, and of two live calls
    /// with one number it is the one that has no destination yet (GED-188 section 7).
    Call* find(const engine::CallId&) const;
    Call* begun(const engine::CallId& begin);
    struct Found {
        Call* call = nullptr;
        Party* party = nullptr;
    };
    Found with_connection(const engine::CallId&);
    /// What the engine was told as `id`; null when the agent has no such call.
    const Party* told(const engine::AgentId&, const engine::CallId& id) const;

    Party& add_party(Call&, Party);
    void remove_party(Call&, Party&);
    /// Everybody in `from` is in `to` from now on.
    void move_parties(Call& from, Call& to);
    void rename(Call&, const engine::CallId& begin);
    void rename(Call&, Party&, const engine::CallId& connection);

  private:
    /// Which calls a key leads to, and how often each; hardly ever more than one.
    using Uses = std::vector<std::pair<Call*, int>>;
    template <class Map, class Key>
    static void use(Map&, const Key&, Call&);
    template <class Map, class Key>
    static void release(Map&, const Key&, Call&);

    std::list<Call> calls_;
    std::unordered_map<std::uint32_t, Uses> by_number_;  ///< of its beginning and of each connection
    std::unordered_map<engine::AgentId, Uses, engine::AgentIdHash> by_agent_;
};

}  // namespace cticonnector::routing
