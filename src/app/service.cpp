#include "service.hpp"

#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <variant>

#include "cticonnector/base/text.hpp"
#include "cticonnector/routing/new_item.hpp"
#include "metrics.hpp"
#include "platform.hpp"

namespace cticonnector::app {

namespace asio = boost::asio;

namespace {

/// R-DEC-46 leaves 3 s for the CRM and 1 s for the contact center;
/// nothing may hold the process longer than this.
constexpr std::chrono::milliseconds longest_farewell{3'000};
constexpr std::chrono::milliseconds longest_stop{4'500};
/// As many as the engine makes of the events that may wait (event_queue.hpp) in some seconds.
constexpr std::size_t most_held_back = 100'000;

/// Where item numbers start: SAP may still show items of the last run, whose numbers must not come again.
std::uint64_t milliseconds_since_1970() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

engine::Settings on_our_links(engine::Settings settings) {
    settings.link = routing::cti_link;
    settings.router = routing::mr_link;
    return settings;
}

/// As people need it: wherever they are.
std::string shown(const std::filesystem::path& path) {
    std::error_code unknown;
    const auto whole =
        path.empty() ? std::filesystem::current_path(unknown) : std::filesystem::absolute(path, unknown);
    return (unknown ? path : whole).lexically_normal().string();
}

/// What `listen` gives. When its port cannot be had, the log and the exception name the key to look at.
template <class Listen>
auto listening(Logger& log, std::string_view section, const asio::ip::address& address, std::uint16_t port,
               Listen listen) {
    constexpr std::string_view key = "ListenPort";
    try {
        return listen();
    } catch (const boost::system::system_error& error) {
        const std::string text = "on " + address.to_string() + ": " + error.code().message();
        log.event({"config.finding", Level::error},
                  {{"section", section}, {"key", key}, {"value", port}, {"text", text}});
        throw std::runtime_error("[" + std::string(section) + "] " + std::string(key) + " " +
                                 std::to_string(port) + " " + text);
    }
}

}  // namespace

Service::Service(const Config& config, crm::Languages languages, Log& log)
    : log_(log),
      paths_(config.paths),
      languages_(std::move(languages)),
      engine_(on_our_links(config.engine), engine::ItemId{milliseconds_since_1970()},
              static_cast<std::uint64_t>(Clock::now().time_since_epoch().count())),
      journal_(log),
      gate_(
          most_held_back, [this](const engine::Action& action, auto cause) { send(action, cause); },
          [this] { contact_center_.flush(); }),
      routing_settings_(config.routing),
      crm_settings_(config.crm),
      admin_settings_(config.admin),
      contact_center_(
          io_, routing_settings_, log,
          [this](engine::Event event, Clock::time_point received) { enqueue(std::move(event), received); },
          static_cast<std::uint64_t>(Clock::now().time_since_epoch().count())),
      ici_(listening(log, "ICI", config.crm.listen_address, config.crm.listen_port, [&] {
          return crm::Ici(
              io_, crm_settings_, languages_, log, numbers_,
              [this](engine::Event event, Clock::time_point) { enqueue(std::move(event), std::nullopt); },
              [this] { return mr_serves(); });
      })) {
    const admin::Settings& pages = config.admin;
    if (pages.listen_port == 0) return;
    admin_ = listening(log, "ADMIN", pages.listen_address, pages.listen_port, [&] {
        return std::make_unique<admin::Admin>(
            io_, admin_settings_,
            admin::Sources{.engine = engine_,
                           .journal = journal_,
                           .log = log_,
                           .health = [this] { return health(); },
                           .worker = [this](engine::SubscriptionId id) { return worker(id); },
                           .shown_workmode = [this](engine::SubscriptionId id,
                                                    int mode) { return shown_workmode(id, mode); },
                           .metrics = [this] { return metrics(); }},
            [this](engine::ItemId item) { enqueue(engine::RetryItem{item}, std::nullopt); });
    });
}

void Service::run() {
    stop_signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) shut_down();
    });
    if (const auto number = reopen_signal()) reopen_signals_.add(*number);
    await_reopen();
    listening(log_, "MRI", routing_settings_->mr_address, routing_settings_->mr_port,
              [this] { contact_center_.start(); });
    tell_start();
    while (!stopping_ && io_.run_one() > 0) {
    }
    io_.run_for(longest_stop);  // ends sooner when everything is closed
}

/// R-DEC-68
void Service::tell_start() const {
    std::string languages;
    for (const auto& directory : paths_.languages) {
        std::error_code unknown;
        if (!std::filesystem::is_directory(directory, unknown)) continue;
        languages += (languages.empty() ? "" : ", ") + shown(directory);
    }
    log_.event("service.started", {{"version", CTICONNECTOR_VERSION},
                                   {"pid", process_id()},
                                   {"ini", paths_.ini.empty() ? "none" : shown(paths_.ini)},
                                   {"log", log_.file().empty() ? "standard error" : shown(log_.file())},
                                   {"languages", languages.empty() ? "none" : languages},
                                   {"state", shown(paths_.state)},
                                   {"run", shown(paths_.run)},
                                   {"ici_port", ici_.port()},
                                   {"mr_port", contact_center_.mr_port()},
                                   {"admin_port", admin_ ? admin_->port() : 0}});
}

void Service::stop() {
    asio::post(io_, [this] { shut_down(); });
}

void Service::await_reopen() {
    reopen_signals_.async_wait([this](boost::system::error_code error, int) {
        if (error) return;
        log_.reopen();
        await_reopen();
    });
}

void Service::enqueue(engine::Event event, std::optional<Clock::time_point> cause) {
    if (auto* item = std::get_if<engine::AddItem>(&event))
        routing::mark_unwritable(*item, routing_settings_->code_page);
    queue_.push({std::move(event), cause});
    if (draining_) return;
    draining_ = true;
    asio::post(io_, [this] { drain(); });
}

void Service::drain() {
    queue_.start_round();
    while (const auto happened = queue_.take()) {
        actions_.clear();
        engine_.on(happened->event, Clock::now(), actions_);
        perform(happened->cause);
    }
    arm();  // what was decided may have a deadline, even when more is waiting
    if (!queue_.empty()) {
        asio::post(io_, [this] { drain(); });
        return;
    }
    draining_ = false;
}

void Service::perform(std::optional<Clock::time_point> cause) {
    for (const engine::Action& action : actions_) {
        if (std::holds_alternative<engine::Note>(action)) {
            send(action, cause);  // the log is not held back
        } else if (!gate_.pass(action, cause)) {
            journal_.broken("more than " + std::to_string(most_held_back) + " actions wait at a closed gate");
            enqueue(engine::Abandon{}, std::nullopt);
            stop();
        }
    }
    gate_.flush();
}

void Service::send(const engine::Action& action, std::optional<Clock::time_point> cause) {
    struct To {
        Service& service;
        std::optional<Clock::time_point> cause;
        void operator()(const engine::CrmAction& a) { service.perform_at_front(a, cause); }
        void operator()(const engine::CenterAction& a) { service.contact_center_.perform(a); }
        void operator()(const engine::RouterAction& a) { service.contact_center_.perform(a); }
        void operator()(const engine::StoreAction& a) {  // items are held in memory
            const auto store = [this](const engine::StoreItem& item) {
                service.enqueue(engine::ItemStored{item.item}, std::nullopt);
            };
            std::visit(store, a);
        }
        void operator()(const engine::HalfAction&) {
            service.journal_.broken("an item goes to the other half of the engine, which is not here");
        }
        void operator()(const engine::Note& note) { service.journal_.write(service.as_shown(note)); }
    };
    std::visit(To{*this, cause}, action);
}

void Service::perform_at_front(const engine::CrmAction& action, std::optional<Clock::time_point> cause) {
    switch (engine::front_of(action)) {
        case engine::Front::sap: return ici_.perform(action, cause);
        case engine::Front::desk:
        case engine::Front::chat:
        case engine::Front::operators: break;
    }
    journal_.broken("an answer for the front " + std::string(name(engine::front_of(action))) +
                    ", which is not served");
}

void Service::arm() {
    const auto next = engine_.next_deadline();
    if (next == armed_ || stopping_) return;
    armed_ = next;
    if (!next) {
        deadline_.cancel();
        return;
    }
    deadline_.expires_at(*next);
    deadline_.async_wait([this](boost::system::error_code error) {
        if (error || stopping_) return;
        armed_.reset();
        actions_.clear();
        engine_.on_time(Clock::now(), actions_);
        perform(std::nullopt);
        arm();
    });
}

void Service::shut_down() {
    if (stopping_) return;
    stopping_ = true;
    log_.event("service.stopping");
    stop_signals_.cancel();
    reopen_signals_.cancel();
    deadline_.cancel();
    actions_.clear();
    engine_.on(engine::Shutdown{}, Clock::now(), actions_);
    perform(std::nullopt);
    // the admin pages say so until the end
    const auto closed = [this] {
        if (--open_ends_ == 0 && admin_) admin_->stop();
    };
    ici_.stop(longest_farewell, closed);
    contact_center_.stop(closed);
}

admin::HealthFacts Service::health() const {
    return {.ici = !stopping_,
            .voice = engine_.link_up(routing::cti_link),
            .mr = mr_serves(),
            .media_configured = engine_.settings().media,
            .media = engine_.link_up(routing::cti_link) && engine_.router_up(routing::mr_link),
            .shortcomings = contact_center_.shortcomings()};
}

std::optional<admin::WorkerFacts> Service::worker(engine::SubscriptionId id) const {
    const auto session = ici_.session(id);
    if (!session) return std::nullopt;
    return admin::WorkerFacts{session->app_id, session->queue,
                              std::chrono::duration_cast<std::chrono::milliseconds>(session->oldest),
                              session->failing};
}

std::string Service::metrics() const {
    return metrics_text({engine_, journal_.counters(), ici_.counters(), contact_center_.counters(),
                         admin_ ? admin_->peers_refused() : 0, log_.dropped(), started_});
}

int Service::shown_workmode(engine::SubscriptionId id, int mode) const {
    const auto session = ici_.session(id);
    return session ? languages_.texts(session->language).shown_work_mode(mode) : mode;
}

/// People read the work mode that the CRM shows, not the contact center's reason behind it.
engine::Note Service::as_shown(engine::Note note) const {
    const auto slot = note.workmode ? engine_.roster().find(note.user) : std::nullopt;
    if (slot) note.workmode = shown_workmode(engine_.roster().at(*slot).subscription, *note.workmode);
    return note;
}

}  // namespace cticonnector::app
