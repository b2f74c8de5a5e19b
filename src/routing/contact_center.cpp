#include "cticonnector/routing/contact_center.hpp"

#include <utility>
#include <variant>

#include "cti.hpp"
#include "dialogues.hpp"
#include "link.hpp"
#include "message_log.hpp"
#include "mr_server.hpp"

namespace cticonnector::routing {

namespace {
using Time = std::chrono::steady_clock::time_point;
}  // namespace

class ContactCenter::Impl {
  public:
    Impl(boost::asio::io_context& io, const Current<Settings>& settings, Logger& log, Post post,
         std::uint64_t seed)
        : settings_(settings),
          log_(log),
          post_(std::move(post)),
          cti_(settings_, ids_, cti_link),
          dialogues_(settings_, std::as_const(cti_).state().directory),
          link_(
              io, settings_, log, counters_, ids_, seed,
              {.on_up = [this] { from_link(net::now(), [&](Time t) { cti_.link_up(t); }); },
               .on_down =
                   [this](const std::string& why) {
                       from_link(net::now(), [&](Time t) { cti_.link_down(why, t); });
                   },
               .on_frame = [this](const ged188::Frame& frame,
                                  Time received) { from_link(received, [&](Time t) { cti_.on(frame, t); }); },
               .on_written =
                   [this] {
                       if (cti_.more()) from_link(net::now(), [&](Time t) { cti_.go_on(t); });
                   },
               .lookup = [this](const wire::FieldList& fields,
                                MessageIds& ids) { cti_.state().look_up(fields, ids); }}),
          router_(io, settings_, log, counters_,
                  {.on_up = [this] { from_router(net::now(), [&] { dialogues_.router_up(); }); },
                   .on_down = [this] { from_router(net::now(), [&] { dialogues_.router_down(); }); },
                   .on_frame =
                       [this](const mr::Frame& frame, Time received) {
                           from_router(received, [&] { dialogues_.on(frame, received); });
                       },
                   .lookup = [this](const wire::FieldList& fields,
                                    MessageIds& ids) { dialogues_.look_up(fields, ids); }}),
          alarm_(io, [this](Time t) { from_link(t, [&](Time at) { cti_.on_time(at); }); }) {}

    void open_cti() { link_.start(); }
    void close_cti(std::function<void()> closed) {
        alarm_.cancel();
        link_.stop(std::move(closed));
    }
    void open_router() {
        if (settings_->application_path != 0 && router_.port() == 0) router_.start();
    }
    void close_router() { router_.stop(); }

    void perform(const engine::CenterAction& action) {
        from_link(net::now(), [&](Time t) { cti_.perform(action, t); });
    }
    void perform(const engine::RouterAction& action) {
        from_router(net::now(),
                    [&] { std::visit([this](const auto& wish) { dialogues_.perform(wish); }, action); });
    }

    void flush() {
        link_.flush();
        router_.flush();
    }

    std::uint16_t mr_port() const { return router_.port(); }
    std::vector<std::string> shortcomings() const { return link_.shortcomings(); }
    const Counters& counters() const { return counters_; }

  private:
    /// One input of the CTI side; what follows goes to the link and to the engine.
    template <class Input>
    void from_link(Time at, Input&& input) {
        input(at);
        CtiState& cti = cti_.state();
        link_.send(std::exchange(cti.out, {}));
        report(cti.odd, log_, counters_, counters_.cti_unknown);
        tell(cti.events, at);
        alarm_.set(cti_.next_deadline());
    }

    template <class Input>
    void from_router(Time at, Input&& input) {
        input();
        router_.send(std::exchange(dialogues_.out, {}));
        counters_.mr_unknown_dialogue = dialogues_.unknown();
        report(dialogues_.odd, log_, counters_, counters_.mr_unknown);
        for (const Stray& stray : std::exchange(dialogues_.strays, {}))
            from_link(at, [&](Time t) { cti_.end(stray, t); });
        tell(dialogues_.events, at);
    }

    void tell(std::vector<engine::Event>& events, Time at) {
        for (engine::Event& event : std::exchange(events, {})) post_(std::move(event), at);
    }

    const Current<Settings>& settings_;
    Logger& log_;
    Post post_;
    Counters counters_;
    InvokeIds ids_;
    Cti cti_;
    Dialogues dialogues_;
    CtiLink link_;
    MrServer router_;
    net::Alarm alarm_;
};

ContactCenter::ContactCenter(boost::asio::io_context& io, const Current<Settings>& settings, Logger& log,
                             Post post, std::uint64_t seed)
    : impl_(std::make_unique<Impl>(io, settings, log, std::move(post), seed)) {}
ContactCenter::~ContactCenter() = default;

void ContactCenter::start() {
    open_router();
    open_cti();
}
void ContactCenter::open_cti() { impl_->open_cti(); }
void ContactCenter::close_cti(std::function<void()> closed) { impl_->close_cti(std::move(closed)); }
void ContactCenter::open_router() { impl_->open_router(); }
void ContactCenter::close_router() { impl_->close_router(); }
void ContactCenter::perform(const engine::CenterAction& action) { impl_->perform(action); }
void ContactCenter::perform(const engine::RouterAction& action) { impl_->perform(action); }
void ContactCenter::flush() { impl_->flush(); }
void ContactCenter::stop(std::function<void()> done) {
    close_router();
    close_cti(std::move(done));
}
std::uint16_t ContactCenter::mr_port() const { return impl_->mr_port(); }
std::vector<std::string> ContactCenter::shortcomings() const { return impl_->shortcomings(); }
const Counters& ContactCenter::counters() const { return impl_->counters(); }

}  // namespace cticonnector::routing
