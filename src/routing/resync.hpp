#pragma once
// Agents and tasks after a lost link (arm-task-model section 6.8, R-DEC-41): what the engine holds to be true
// is gathered from its Restore actions and told in the init block when AGENT_INIT_READY_EVENT has come; when
// it does not come in time, by signing in again and listing the tasks. A task that the server does not have
// any more is gone.

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "cti_state.hpp"

namespace cticonnector::routing {

class Resync {
  public:
    static constexpr std::chrono::seconds ready_wait{5};  ///< R-DEC-41
    static constexpr int piece = 256;                     ///< media written of at once

    explicit Resync(CtiState& cti) : cti_(cti) {}

    void link_up();
    void link_down();
    void add(const engine::RestoreMedium&);
    void add(const engine::RestoreTask&);
    void complete();  ///< RestoreDone
    void ready();     ///< AGENT_INIT_READY_EVENT
    void on_time();
    std::optional<engine::Time> next_deadline() const;

    /// There is a next piece.
    bool more() const { return stage_ == Stage::block || stage_ == Stage::signing_in; }
    void go_on();

    /// A wish about an agent's medium: true when it waits for the end of the block, or a log-out for the
    /// agent's number; false when it must be sent now.
    bool hold_back(const engine::CenterAction&, const engine::AgentId&, engine::Channel);
    /// What was held back and may be sent now, in order.
    std::vector<engine::CenterAction> released();

    /// MEDIA_LOGIN_RESP and AGENT_TASKS_RESP of the second way; either may be refused.
    void signed_in(const Request&, const Refused&);
    void on(const Request&, const ged188::AgentTasksResp&);
    void failed(const Request&, const Refused&);

  private:
    enum class Stage : std::uint8_t { off, gathering, waiting, block, signing_in };
    using Key = std::pair<engine::AgentId, engine::Channel>;
    struct Medium {
        engine::RestoreMedium medium;
        std::vector<engine::RestoreTask> tasks;
        bool told = false;   ///< in the block
        bool asked = false;  ///< signs in again, without an answer yet
        bool left = false;   ///< has logged out meanwhile: neither signs in nor is ready
    };

    using Media = std::map<Key, Medium>;

    bool before_the_end_of_the_block() const {
        return stage_ == Stage::gathering || stage_ == Stage::waiting || stage_ == Stage::block;
    }
    void begin_block();
    void end_block();
    void erase(Media::iterator);
    void sign_in(const Key&, Medium&);
    void restore(const Medium&);
    void restore(const engine::RestoreTask&);

    CtiState& cti_;
    Stage stage_ = Stage::off;
    bool ready_seen_ = false;
    engine::Time deadline_{};
    Media media_;
    Media::iterator next_ = media_.end();  ///< while there is more
    std::vector<engine::CenterAction> held_;
};

}  // namespace cticonnector::routing
