#include "config_keys.hpp"

#include <array>
#include <limits>

namespace cticonnector::app {
namespace {

using Form = Rule::Form;

// Where config-keys.md section 9 gives no range.
constexpr std::int64_t most = 2'147'483;
/// With less, no reason of the contact center would be a work mode of a customer.
constexpr std::int64_t least_offset = engine::last_standard_workmode + 1 - engine::largest_reason;
constexpr std::int64_t most_ms = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t most_id = std::numeric_limits<std::int32_t>::max();

constexpr Rule number(std::int64_t min, std::int64_t max) {
    return {.form = Form::number, .min = min, .max = max};
}
constexpr Rule zero_or(Rule rule) {
    rule.zero = true;
    return rule;
}
constexpr Rule seconds(std::int64_t min, std::int64_t max) {
    return {.form = Form::number, .min = min, .max = max, .scale = 1000, .unit = "seconds"};
}
constexpr Rule milliseconds(std::int64_t min, std::int64_t max) {
    return {.form = Form::number, .min = min, .max = max, .unit = "milliseconds"};
}
constexpr Rule text(std::size_t max_length = 0) { return {.form = Form::text, .max_length = max_length}; }
constexpr Rule access_text{.form = Form::text, .access = true};
constexpr Rule choice(std::span<const Choice> choices) { return {.form = Form::choice, .choices = choices}; }
constexpr Rule form(Form value) { return {.form = value}; }
constexpr Rule access_list(Form value) { return {.form = value, .access = true}; }
constexpr Rule flag = number(0, 1);
constexpr Rule count = number(0, most);
constexpr Rule some_seconds = seconds(0, most);
constexpr Rule port = number(0, 65535);
constexpr Rule id = number(0, most_id);
constexpr Rule domain = number(1, most_id);
constexpr Rule reason = number(0, 65535);
constexpr Rule file_size{.form = Form::size, .min = 1024, .max = std::int64_t{1024} * 1024 * 1024 * 1024};

constexpr std::array login_types{Choice{"0", 0}, Choice{"1", 1}, Choice{"2", 2}, Choice{"5", 5}};
constexpr Choice page(std::string_view name, Encoding encoding) { return {name, static_cast<int>(encoding)}; }
/// The names of R-DEC-70 but UTF-16: texts of the link end at a NUL byte, of which it is full.
constexpr std::array code_pages{
    page("UTF-8", Encoding::utf_8),
    page("US-ASCII", Encoding::us_ascii),
    page("ISO-8859-1", Encoding::iso_8859_1),
    page("ISO-8859-2", Encoding::iso_8859_2),
    page("ISO-8859-15", Encoding::iso_8859_15),
    page("windows-1250", Encoding::windows_1250),
    page("windows-1251", Encoding::windows_1251),
    page("windows-1252", Encoding::windows_1252),
};
constexpr std::array levels{
    Choice{"trace", static_cast<int>(Level::trace)}, Choice{"debug", static_cast<int>(Level::debug)},
    Choice{"info", static_cast<int>(Level::info)}, Choice{"warning", static_cast<int>(Level::warning)},
    Choice{"error", static_cast<int>(Level::error)}};
constexpr std::array interrupt_answers{Choice{"-1", -1}, Choice{"0", 0}, Choice{"1", 1}, Choice{"2", 2}};

template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;
template <>
constexpr bool is_list<std::vector<crm::PrefixMatch>> = false;  // its pairs hold the comma of lists

/// Lists get an entry that nobody is. Else it is about who is asked for a password: no user of basic
/// authentication has a colon (RFC 7617).
template <class Field>
void close_key(Config& config) {
    if constexpr (is_list<std::remove_cvref_t<std::invoke_result_t<Field, Config&>>>) {
        Field{}(config).resize(1);
    } else {
        config.crm.request_user = ":";
        config.crm.request_password = Secret{":"};
    }
}

/// `Field` is the type of a lambda without captures that leads from a Config to the field.
template <class Field>
constexpr Key key(std::string_view section, std::string_view name, Field, Rule rule, std::string_view help) {
    using Value = std::remove_cvref_t<std::invoke_result_t<Field, Config&>>;
    return {
        section,
        name,
        rule,
        help,
        [](Config& config, std::string_view value, const Rule& r) { return read(Field{}(config), value, r); },
        [](const Config& config, const Rule& r) { return show(Field{}(config), r); },
        is_list<Value>,
        std::is_same_v<Value, Secret>,
        rule.access ? &close_key<Field> : nullptr};
}

// Keeps each row of the table to what differs.
#define FIELD(path) \
    [](auto& config) -> auto& { return config.path; }

constexpr auto action = engine::Channel::action;
constexpr auto chat = engine::Channel::chat;

constexpr std::array table{
    // config-keys.md 2.1, and 9
    key("CONFIG", "AgentLoginType", FIELD(crm.profile.login_type), choice(login_types),
        "Fields of the work center id: 0 = agent id;password;device, 1 = password;device, 2 = device, 5 = "
        "agent name;password;device."),
    key("CONFIG", "AgentDefaultPassword", FIELD(engine.default_password), text(),
        "Contact-center password of agents who type none."),
    key("CONFIG", "AgentShadowLogin", FIELD(crm.profile.shadow_login), number(0, 2),
        "0 and 1 = no shadow login, 2 = an agent may ask for one with SL in the media field."),
    key("CONFIG", "CtiLogoutReasonCode", FIELD(engine.logout_reason), reason,
        "Reason code that every logout carries; the CRM cannot send one."),
    key("CONFIG", "AppLoginPartialMedia", FIELD(engine.partial_media), flag,
        "When a media login fails: 0 = the whole login is rolled back, 1 = go on with fewer media."),
    key("CONFIG", "LanguagesPath", FIELD(languages), form(Form::path),
        "Directory of the language files, relative to this file; what is not there is looked for with the "
        "installation."),
    key("CONFIG", "DefaultLanguage", FIELD(default_language), form(Form::language),
        "Whose texts and work modes an agent gets for whose own language there is no file."),

    // 2.2
    key("CONFIG", "AppItemMaxSession", FIELD(crm.profile.item_max), number(1, 6),
        "Ceiling for all simultaneous items of one agent. Not set, agents with action items only may have as "
        "many as the CRM allows."),
    key("CONFIG", "AppActionRoutingMaxSession", FIELD(crm.profile.max_sessions[action]), number(1, 6),
        "Action items an agent may ask for at login."),
    key("CONFIG", "AppActionRoutingDefaultSession", FIELD(crm.profile.default_sessions[action]), number(1, 6),
        "Action items when the work center id does not say."),
    key("CONFIG", "AppChatMaxSession", FIELD(crm.profile.max_sessions[chat]), number(1, 5),
        "Chats an agent may ask for at login."),
    key("CONFIG", "AppChatDefaultSession", FIELD(crm.profile.default_sessions[chat]), number(1, 5),
        "Chats when the work center id does not say."),
    key("CONFIG", "AppChatMsWrapup", FIELD(engine.each_chat_wraps_up), flag,
        "0 = only the chat that ends last enters wrap-up, 1 = every chat."),
    key("CONFIG", "CtiCheckMediaByDirectCall", FIELD(crm.profile.check_media_by_direct_call), flag,
        "1 = a direct call is not shown while the agent has an active item; must be 0 with several "
        "simultaneous items."),
    key("CONFIG", "AppHttpSessionBudget", FIELD(crm.profile.http_budget), number(0, 16),
        "HTTP contexts of one user on the CRM server, communication session included, so 2 at least; 0 = not "
        "limited."),
    key("CONFIG", "AppHiddenSessionMemory", FIELD(crm.profile.hidden_session_memory), some_seconds,
        "Seconds for which sessions the agent opened by hand are remembered after an A1; 0 = off."),
    key("CONFIG", "AppRejectNotReadyReason", FIELD(engine.reject_not_ready_reason), reason,
        "Reason of the Not Ready that follows an A0 or A1."),
    key("CONFIG", "AppAutoReadyAfterReject", FIELD(engine.auto_ready_after_reject), flag,
        "1 = the agent is made Ready again when a session comes free."),

    // 2.3
    key("CONFIG", "TpiNotReadyReasonCodeOffset", FIELD(engine.not_ready_offset), number(least_offset, most),
        "Not-ready reason of the contact center = work mode - offset."),
    key("CONFIG", "CtiRequiredNotReadyReasonCodeDefaultValue", FIELD(engine.required_not_ready_reason),
        reason,
        "Takes the place of reason 0 in every Not Ready, for desk settings that demand a reason; 0 = off. "
        "Reports count it as if agents had chosen it: give it a text of its own in the contact center, and "
        "A0 and A1 an AppRejectNotReadyReason."),
    key("CONFIG", "AppPhoneWrapupSeconds", FIELD(engine.phone_wrapup), some_seconds,
        "Wrap-up time after a call; 0 = only the contact center's timer."),
    key("CONFIG", "TpiReSendWrapupReqAfterSetState", FIELD(engine.resend_wrapup_after_set_state), flag,
        "1 = a requested wrap-up survives a later change of the pending state."),
    key("CONFIG", "TpiUserPresenceEnabled", FIELD(crm.user_presence), flag,
        "1 = the CRM may ask for the presence of agents."),

    // 2.4
    key("CONFIG", "CtiAllowMakeCallWhileReady", FIELD(engine.make_call_while_ready), flag,
        "1 = an agent in Ready may dial."),
    key("CONFIG", "CtiNumberInternMaxLength", FIELD(crm.numbers.intern_max_length), number(1, 16),
        "Longest internal number; every external number must be longer."),
    key("CONFIG", "CtiNumberInternPrefix", FIELD(crm.numbers.intern_prefix), form(Form::digits),
        "Put in front of internal numbers."),
    key("CONFIG", "CtiNumberNationalMatch", FIELD(crm.numbers.national), form(Form::prefix_match),
        "X,Y: a leading X is replaced by Y. 0,41 makes 41... of 0... The longest X that fits is applied."),
    key("CONFIG", "CtiNumberInternationalMatch", FIELD(crm.numbers.international), form(Form::prefix_match),
        "The same for callers from abroad: 00, makes 49... of 0049..."),

    // 2.5, and 9
    key("CONFIG", "RouteRonaTryCount", FIELD(engine.rona_tries), count,
        "Times an item is routed again after no answer; then it is parked."),
    key("CONFIG", "RouteTryCount", FIELD(engine.reject_tries), count,
        "Times an item is routed again after REJECT, RESTART and ROUTE_ERROR; then it is parked."),
    key("CONFIG", "RouteWaitToRerouteTimeout", FIELD(engine.route_error_wait), milliseconds(1'000, 600'000),
        "Milliseconds until an item that came back with ROUTE_ERROR is routed again."),
    key("CONFIG", "RouteRandomRerouteTimeoutRange", FIELD(engine.route_error_wait_range),
        zero_or(milliseconds(1'000, 7'200'000)), "Milliseconds of randomness added to that wait; 0 = none."),
    key("CONFIG", "RouteRejectDelayMs", FIELD(engine.reject_delay), milliseconds(0, most_ms),
        "Milliseconds until a rejected or unanswered item is routed again."),
    key("CONFIG", "RouteMaxRequestsPerSecond", FIELD(engine.requests_per_second), count,
        "Route requests in any one second; 0 = no limit."),
    key("CONFIG", "MediaMailRonaTimeout", FIELD(engine.no_answer[action]), seconds(0, 3600),
        "Seconds until an offered action item counts as not answered; 0 = off."),
    key("CONFIG", "MediaChatRonaTimeout", FIELD(engine.no_answer[chat]), seconds(0, 3600),
        "The same for a chat."),
    key("CONFIG", "MediaRonaNotReady", FIELD(engine.rona_not_ready), flag,
        "1 = an agent who did not answer becomes Not Ready."),

    key("ICI", "ListenAddress", FIELD(crm.listen_address), form(Form::address),
        "Where the CRM posts its requests."),
    key("ICI", "ListenPort", FIELD(crm.listen_port), port, "0 = a free port is picked and logged."),
    key("ICI", "BasePath", FIELD(crm.base_path), form(Form::url_path), "Base of the URLs of all services."),
    key("ICI", "RequestReadTimeoutMs", FIELD(crm.request_read_timeout), milliseconds(1, most_ms),
        "Time for a request to arrive completely."),
    key("ICI", "IdleTimeoutSeconds", FIELD(crm.idle_timeout), seconds(1, most),
        "Connections without a request are closed after this."),
    key("ICI", "MaxConnections", FIELD(crm.max_connections), number(1, most),
        "Beyond this the one idle longest is closed; 503 while all have a request."),
    key("ICI", "AllowedPeers", FIELD(crm.allowed_peers), access_list(Form::network),
        "Who may send requests: addresses and networks; empty = any."),
    key("ICI", "RequestUser", FIELD(crm.request_user), access_text,
        "User of the basic authentication that requests need; with an empty password too: none."),
    key("ICI", "RequestPassword", FIELD(crm.request_password), access_text, "Password for it."),
    key("ICI", "ConnectTimeoutMs", FIELD(crm.connect_timeout), milliseconds(1, most_ms),
        "Time to connect to the CRM."),
    key("ICI", "EventTimeoutMs", FIELD(crm.event_timeout), milliseconds(1, most_ms),
        "Time for the CRM to answer an event."),
    key("ICI", "EventRetries", FIELD(crm.event_retries), count, "Retries of an event after the first try."),
    key("ICI", "EventQueueLimit", FIELD(crm.event_queue_limit), count,
        "Events waiting for one agent's session, one at least; beyond this the session counts as lost."),
    key("ICI", "EventConnections", FIELD(crm.event_connections), count,
        "Connections to one host and port of the CRM; one at least."),
    key("ICI", "SubscriptionLostGraceSeconds", FIELD(engine.crm_grace), some_seconds,
        "A CRM session that cannot be reached for this long is over; its agent is logged off, also out of a "
        "call."),
    key("ICI", "AllowedEventHosts", FIELD(crm.allowed_event_hosts), access_list(Form::authority),
        "Hosts that a subscriber may have events sent to; empty = any, and then no EventUser is sent."),
    key("ICI", "EventUser", FIELD(crm.event_user), text(),
        "User for basic authentication toward the CRM; empty = none. Needs AllowedEventHosts that name who."),
    key("ICI", "EventPassword", FIELD(crm.event_password), text(), "Password for it."),
    key("ICI", "EventUrlMap", FIELD(crm.event_url_map), form(Form::url_map),
        "from=to prefixes of event URLs, for a gateway in front of the CRM; applied after "
        "AllowedEventHosts."),

    key("CTI", "HostA", FIELD(routing.sides[0].host), form(Form::host), "CTI server side A."),
    key("CTI", "PortA", FIELD(routing.sides[0].port), port, "Port of side A."),
    key("CTI", "HostB", FIELD(routing.sides[1].host), form(Form::host),
        "CTI server side B; empty = one side only."),
    key("CTI", "PortB", FIELD(routing.sides[1].port), port, "Port of side B."),
    key("CTI", "ClientID", FIELD(routing.client_id), text(63), "Name of this client in OPEN_REQ."),
    key("CTI", "ClientPassword", FIELD(routing.client_password), text(64), "Its password."),
    key("CTI", "PeripheralID", FIELD(routing.peripheral), id, "Peripheral of the agents."),
    key("CTI", "ProtocolVersion", FIELD(routing.protocol_version), number(14, 25),
        "Highest protocol version spoken."),
    key("CTI", "HeartbeatIntervalSeconds", FIELD(routing.heartbeat_interval), seconds(5, 600),
        "Time between heartbeats; IdleTimeout is four times this."),
    key("CTI", "ApplicationPathID", FIELD(routing.application_path), id,
        "Application path of action items and chats; 0 = calls only."),
    key("CTI", "RequestTimeoutSeconds", FIELD(routing.request_timeout), seconds(1, 60),
        "Wait for a confirmation."),
    key("CTI", "LostGraceSeconds", FIELD(engine.link_grace), seconds(0, 3600),
        "Agents are logged off in the CRM when the contact center is away this long, and in the contact "
        "center when it is back, also out of a call."),
    key("CTI", "CodePage", FIELD(routing.code_page), choice(code_pages),
        "Encoding of all texts of the CTI link and of media routing."),

    key("MEDIA", "ActionMRDID", FIELD(routing.action_mrd), domain, "Media routing domain of action items."),
    key("MEDIA", "ChatMRDID", FIELD(routing.chat_mrd), domain, "Media routing domain of chats."),
    key("MEDIA", "VoiceMRDID", FIELD(routing.voice_mrd), domain, "Media routing domain of calls."),
    key("MEDIA", "InterruptibleMRDs", FIELD(routing.interruptible_mrds), domain,
        "Media routing domains that the contact center has configured interruptible."),

    key("MRI", "ListenAddress", FIELD(routing.mr_address), form(Form::address),
        "Where the peripheral interface manager connects."),
    key("MRI", "ListenPort", FIELD(routing.mr_port), port, "0 = a free port is picked and logged."),
    key("MRI", "AllowedPeers", FIELD(routing.mr_peers), access_list(Form::network),
        "Who may connect: addresses and networks; empty = any."),
    key("MRI", "ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT", FIELD(routing.interrupt_answer),
        choice(interrupt_answers),
        "Answer to the event: -1 = unaccepted, 0 = none, 1 = accepted, 2 = accepted and then unaccepted; "
        "must be 0 with interruptible media routing domains."),
    key("MRI", "WRAPUP_TIMEOUT", FIELD(engine.chat_wrapup), seconds(0, 3600),
        "Wrap-up time after a chat, in seconds."),

    key("LOGGER", "Path", FIELD(log.path), form(Form::path),
        "File, or directory, relative to this file; empty = standard error."),
    key("LOGGER", "FileSize", FIELD(log.file_size), file_size,
        "Largest size of one file; KB and MB are understood."),
    key("LOGGER", "MaxBackupIndex", FIELD(log.max_backup_index), number(1, 50), "Older files kept."),
    key("LOGGER", "Level", FIELD(log.level), choice(levels), "Least important lines that are written."),

    key("ADMIN", "ListenAddress", FIELD(admin.listen_address), form(Form::address),
        "Where the admin pages and the metrics are served."),
    key("ADMIN", "ListenPort", FIELD(admin.listen_port), port, "0 = off."),
    key("ADMIN", "ServerNames", FIELD(admin.server_names), form(Form::host),
        "Names by which this listener may be asked, besides localhost and IP addresses."),
    key("ADMIN", "AllowedPeers", FIELD(admin.allowed_peers), access_list(Form::network),
        "Who may ask: addresses and networks; empty = any."),

    key("SERVICE", "RunDir", FIELD(run_directory), form(Form::path),
        "Directory of the lock that keeps a second daemon from starting, relative to this file; empty = what "
        "systemd gives (RUNTIME_DIRECTORY), else where the state is."),
};

#undef FIELD

constexpr std::array<Alias, 5> alias_table{{
    {"LOGGER", "BsLoggerFile", "Path"},
    {"LOGGER", "BsLoggerFileSize", "FileSize"},
    {"LOGGER", "BsLoggerMaxBackupIndex", "MaxBackupIndex"},
    {"LOGGER", "FILE_SIZE", "FileSize"},
    {"LOGGER", "MAX_BACKUP_INDEX", "MaxBackupIndex"},
}};

constexpr std::string_view of_other_component = "published for a component that is not needed here";
constexpr std::string_view of_later_version = "not used by this version";

constexpr std::array<UnusedKey, 31> unused{{
    {"CONFIG", "AppPhoneDefaultSession", "fixed at 1"},
    {"CONFIG", "MediaAgentLoginType", "agent addresses are understood with and without user."},
    {"CONFIG", "AppWrapupReasonDefault", of_later_version},
    {"CONFIG", "MediaDefaultRonaTimeout", of_later_version},
    {"CONFIG", "AppOutboundUsed", of_later_version},
    {"CONFIG", "CtiOutboundCallbackDeltaTime", of_later_version},
    {"SSL_SERVER_CLIENT", "*", of_later_version},
    {"LOGGER", "TRACE_MASK1", "Level says what is written"},
    {"LOGGER", "TRACE_MASK_COLLECT_MSG1", "Level says what is written"},
    {"MAIN", "*", of_other_component},
    {"ARM", "*", of_other_component},
    {"Core", "*", of_other_component},
    {"Gate_mcil", "*", of_other_component},
    {"", "RONA_TIMEOUT", "the Media...RonaTimeout keys decide"},
    {"", "TelnetServerPort", of_other_component},
    {"CHAT_WEB", "ListenAddress", of_later_version},
    {"CHAT_WEB", "ListenPort", of_later_version},
    {"CHAT_WEB", "AllowedOrigins", of_later_version},
    {"CHAT_WEB", "MaxPostingBytes", of_later_version},
    {"CHAT_WEB", "MaxPostingsPerMinute", of_later_version},
    {"CHAT_WEB", "MaxChats", of_later_version},
    {"CHAT_WEB", "IdleTimeoutSeconds", of_later_version},
    {"CHAT_WEB", "ResumeSeconds", of_later_version},
    {"CHAT_XMPP", "Server", of_later_version},
    {"CHAT_XMPP", "Port", of_later_version},
    {"CHAT_XMPP", "Domain", of_later_version},
    {"CHAT_XMPP", "TlsVerify", of_later_version},
    {"CHAT_XMPP", "CaFile", of_later_version},
    {"CHAT_XMPP", "Username", of_later_version},
    {"CHAT_XMPP", "Password", of_later_version},
    {"CHAT_XMPP", "ScriptSelector", of_later_version},
}};

constexpr std::array<Section, 8> section_table{{
    {"CONFIG", "Agents and items."},
    {"ICI", "The CRM side: requests in, events out."},
    {"CTI", "The contact center: CTI server, agent reporting and management."},
    {"MEDIA", "Media routing domains."},
    {"MRI", "Media routing interface."},
    {"LOGGER", "The log."},
    {"ADMIN", "Health, agents, items, explanations, metrics."},
    {"SERVICE", "The daemon as a process of this machine."},
}};

}  // namespace

std::span<const Key> keys() { return table; }
std::span<const UnusedKey> unused_keys() { return unused; }
std::span<const Section> sections() { return section_table; }
std::span<const Alias> aliases() { return alias_table; }

}  // namespace cticonnector::app
