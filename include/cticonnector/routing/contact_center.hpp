#pragma once
// The contact center as the application sees it: the CTI link with agent reporting (ARM), and the media
// router. Engine actions go in with perform(), engine events come out through Post.
//
//     ContactCenter center(io, settings, log, post, seed);
//     center.start();                       // listens for the router, connects to the CTI server
//     center.perform(action);               // actions of one turn ...
//     center.flush();                       // ... are written together, in order
//     center.stop([] { /* all closed */ }); // at most about a second
//
// One thread; `post` only enqueues and is never called from within perform(). The object must outlive the
// loop: its handlers refer to it. start() and open_router() throw boost::system::system_error
// when they cannot listen.
// Source: docs/architecture.md "One thread", R-DEC-36 to R-DEC-42, R-DEC-46.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/routing/settings.hpp"

namespace boost::asio {
class io_context;
}

namespace cticonnector::routing {

/// What the engine calls the two links.
inline constexpr engine::LinkId cti_link{1};
inline constexpr engine::LinkId mr_link{2};

/// `received`: when the whole message that caused the event was read.
using Post = std::function<void(engine::Event, std::chrono::steady_clock::time_point received)>;

/// The names of observability.md, without "cticonnector_".
struct Counters {
    Counts cti_messages;                    ///< cti_messages_total{direction,message}
    std::uint64_t cti_unknown = 0;          ///< cti_unknown_total: message types and tags passed over
    Counts cti_undecodable;                 ///< cti_undecodable_total{message}: in whole or part, both links
    std::array<bool, 2> cti_link_up{};      ///< cti_link_up{side}: A, B
    Counts mr_messages;                     ///< the same for the router
    std::uint64_t mr_unknown = 0;           ///< message types and tags passed over
    std::uint64_t mr_unknown_dialogue = 0;  ///< messages about no dialogue of ours
    std::uint64_t peers_refused = 0;        ///< peers_refused_total{listener="mr"}
};

class ContactCenter {
  public:
    ContactCenter(boost::asio::io_context&, const Current<Settings>&, Logger&, Post, std::uint64_t seed);
    ~ContactCenter();
    ContactCenter(const ContactCenter&) = delete;
    ContactCenter& operator=(const ContactCenter&) = delete;

    /// Both roles.
    void start();
    /// The roles by themselves: they open and close with what they serve, not with the process (R-CLU-80).
    /// One that was closed opens again, once its `closed` has been called.
    void open_cti();
    void close_cti(std::function<void()> closed);
    void open_router();
    void close_router();
    void perform(const engine::CenterAction&);
    void perform(const engine::RouterAction&);
    void flush();
    /// `done` is called once all is closed, also when stop() is called again.
    void stop(std::function<void()> done);

    /// Where the router connects; 0 before start() and without ARM (R-DEC-7).
    std::uint16_t mr_port() const;
    /// What the CTI server has not granted or reports of its own state, in words;
    /// nothing without a session (R-DEC-77).
    std::vector<std::string> shortcomings() const;
    const Counters& counters() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cticonnector::routing
