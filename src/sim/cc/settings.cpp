#include "settings.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "cticonnector/protocol/mr/mr.hpp"

namespace cticonnector::sim::cc {

namespace {

template <class T>
using Words = std::span<const std::pair<std::string_view, T>>;

constexpr std::array<std::pair<std::string_view, WrapUp>, 3> wrap_ups{
    {{"none", WrapUp::none}, {"optional", WrapUp::optional}, {"required", WrapUp::required}}};
constexpr std::array<std::pair<std::string_view, Number::Outcome>, 3> outcomes{
    {{"answer", Number::Outcome::answer}, {"busy", Number::Outcome::busy}, {"ring", Number::Outcome::ring}}};
constexpr std::array<std::pair<std::string_view, Selector::Answer>, 3> answers{
    {{"agent", Selector::Answer::agent},
     {"label", Selector::Answer::label},
     {"failure", Selector::Answer::failure}}};
constexpr std::array<std::pair<std::string_view, Selector::Order>, 3> orders{
    {{"pre_call_first", Selector::Order::pre_call_first},
     {"do_this_first", Selector::Order::do_this_first},
     {"no_pre_call", Selector::Order::no_pre_call}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> stops_on{{{"start", false}, {"offer", true}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> failure_forms{{{"status", false}, {"code", true}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> active_sides{{{"A", false}, {"B", true}}};

MrdIndex read_mrd(Object& from, const Settings& settings) {
    const auto index = settings.mrd_of(from.integer<std::int32_t>("mrd"));
    if (!index) throw ScriptError(from.place_of("mrd"), "is not in mrds");
    return *index;
}

void read_mrds(Object& script, Settings& settings) {
    settings.mrds.push_back({.id = script.integer<std::int32_t>("voice_mrd", 1)});
    for (Object& entry : script.objects("mrds")) {
        MrdSettings mrd;
        mrd.id = entry.integer<std::int32_t>("id");
        if (settings.mrd_of(mrd.id)) throw ScriptError(entry.place_of("id"), "is there twice");
        mrd.interruptible = entry.flag("interruptible", false);
        mrd.task_start_timeout = entry.duration("task_start_timeout_ms", mrd.task_start_timeout);
        mrd.task_life = entry.duration("task_life_ms", mrd.task_life);
        mrd.max_task_duration = entry.duration("max_task_duration_ms", mrd.max_task_duration);
        entry.done();
        settings.mrds.push_back(mrd);
    }
}

void read_skill_groups(Object& script, Settings& settings) {
    for (Object& entry : script.objects("skill_groups")) {
        SkillGroup group;
        group.number = entry.integer<std::uint32_t>("number");
        group.id = entry.integer<std::uint32_t>("id", group.number);
        group.priority = entry.integer<std::uint16_t>("priority", 0);
        if (entry.has("mrd")) group.mrd = read_mrd(entry, settings);
        entry.done();
        if (settings.skill_group(group.number) != nullptr)
            throw ScriptError(entry.place_of("number"), "is there twice");
        settings.skill_groups.push_back(group);
    }
}

DeskSettings read_desk(Object& from, DeskSettings desk) {
    desk.wrap_up = from.word<WrapUp>("wrap_up", wrap_ups, desk.wrap_up);
    desk.wrap_up_time = from.duration("wrap_up_ms", desk.wrap_up_time);
    desk.ring_no_answer = from.duration("ring_no_answer_ms", desk.ring_no_answer);
    desk.no_answer_reason = from.integer<std::uint16_t>("no_answer_reason", desk.no_answer_reason);
    return desk;
}

// "0099" + 2 = "0101": ids and extensions of a block of agents.
std::string plus(const std::string& text, std::size_t offset, const Object& from) {
    if (offset == 0) return text;
    if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
        throw ScriptError(from.place_of("count"), "wants ids and extensions of digits");
    std::string sum = std::to_string(std::stoull(text) + offset);
    if (sum.size() < text.size()) sum.insert(0, text.size() - sum.size(), '0');
    return sum;
}

// One entry is one agent, or with "count" that many with rising ids and extensions.
void read_agent(Object& entry, const DeskSettings& desk, Settings& settings) {
    AgentSettings first;
    first.id = entry.text("id");
    first.login_name = entry.text("name", "");
    first.password = entry.text("password", "");
    first.icm_agent_id =
        entry.integer<std::int32_t>("icm_agent_id", static_cast<std::int32_t>(5001 + settings.agents.size()));
    first.device.extension = entry.text("extension", "");
    first.device.instrument = entry.text("instrument", first.device.extension);
    for (const auto number : entry.numbers("skill_groups", 0, std::int64_t{0xFFFFFFFF})) {
        first.skill_groups.push_back(static_cast<std::uint32_t>(number));
        if (settings.skill_group(first.skill_groups.back()) == nullptr)
            throw ScriptError(entry.place_of("skill_groups"), std::to_string(number) + " is not defined");
    }
    first.desk = read_desk(entry, desk);
    const auto count = static_cast<std::size_t>(entry.number("count", 1, 100'000, 1));
    entry.done();
    for (std::size_t offset = 0; offset < count; ++offset) {
        AgentSettings agent = first;
        agent.id = plus(first.id, offset, entry);
        agent.icm_agent_id += static_cast<std::int32_t>(offset);
        if (!first.device.extension.empty()) {
            const bool same = first.device.instrument == first.device.extension;
            agent.device.extension = plus(first.device.extension, offset, entry);
            agent.device.instrument =
                same ? agent.device.extension : first.device.instrument + std::to_string(offset);
            settings.devices.push_back(agent.device);
        }
        settings.agents.push_back(std::move(agent));
    }
}

void read_paths(Object& script, Settings& settings) {
    for (Object& entry : script.objects("paths")) {
        ApplicationPath path{.id = entry.integer<std::int32_t>("id")};
        for (const auto id : entry.numbers("mrds", INT32_MIN, INT32_MAX)) {
            const auto index = settings.mrd_of(static_cast<std::int32_t>(id));
            if (!index || *index == voice_mrd)
                throw ScriptError(entry.place_of("mrds"), "not all are in mrds");
            path.mrds.push_back(*index);
        }
        entry.done();
        settings.paths.push_back(std::move(path));
    }
    if (script.has("paths")) return;
    ApplicationPath all{.id = 5000};
    for (MrdIndex index = 1; index < settings.mrds.size(); ++index) all.mrds.push_back(index);
    settings.paths.push_back(std::move(all));
}

void read_numbers(Object& script, Settings& settings) {
    for (Object& entry : script.objects("numbers")) {
        Number number;
        number.prefix = entry.text("prefix");
        number.outcome = entry.word<Number::Outcome>("outcome", outcomes, number.outcome);
        number.answer_after = entry.duration("answer_ms", number.answer_after);
        entry.done();
        settings.numbers.push_back(std::move(number));
    }
    // the longest prefix first
    std::ranges::stable_sort(settings.numbers, std::ranges::greater{},
                             [](const Number& number) { return number.prefix.size(); });
    if (!script.has("numbers")) settings.numbers.push_back({});
}

Side read_side(Object sides, std::string_view name) {
    Side side;
    side.present = sides.has(name);
    Object from = sides.object(name);
    side.host = from.text("host", side.host);
    side.port = from.integer<std::uint16_t>("port", side.port);
    from.done();
    return side;
}

void read_sides(Object& script, Settings& settings) {
    Object sides = script.object("sides");
    settings.side_a = read_side(sides, "A");
    settings.side_b = read_side(sides, "B");
    for (const char* name : {"A", "B"}) sides.object(name);
    settings.b_active =
        sides.word<bool>("active", active_sides, !settings.side_a.present && settings.side_b.present);
    settings.password = sides.text("password", "");
    settings.oldest_version = static_cast<std::uint32_t>(sides.number("oldest_version", 14, 25, 14));
    settings.newest_version = static_cast<std::uint32_t>(sides.number("newest_version", 14, 25, 25));
    settings.failure_conf_with_code = sides.word<bool>("failure_conf", failure_forms, false);
    settings.routable_mode = static_cast<std::uint16_t>(sides.number("routable_mode", 0, 1, 1));
    settings.start_timer_stops_on_offer = sides.word<bool>("start_timer_stops_on", stops_on, false);
    settings.agent_init_ready = sides.flag("agent_init_ready", true);
    sides.done();
}

void read_pim(Object& script, PimSettings& pim) {
    pim.present = script.has("pim");
    Object from = script.object("pim");
    pim.host = from.text("host", pim.host);
    pim.port = from.integer<std::uint16_t>("port", pim.port);
    pim.name = from.text("name", pim.name);
    pim.peripheral = from.integer<std::uint32_t>("peripheral", pim.peripheral);
    pim.heartbeat = from.duration("heartbeat_ms", pim.heartbeat);
    pim.reconnect = from.duration("reconnect_ms", pim.reconnect);
    pim.tasks_per_second = from.integer<std::uint32_t>("tasks_per_second", pim.tasks_per_second);
    from.done();
}

}  // namespace

std::optional<MrdIndex> Settings::mrd_of(std::int32_t id) const {
    const auto found = std::ranges::find(mrds, id, &MrdSettings::id);
    if (found == mrds.end()) return std::nullopt;
    return static_cast<MrdIndex>(found - mrds.begin());
}

const SkillGroup* Settings::skill_group(std::uint32_t number) const {
    const auto found = std::ranges::find(skill_groups, number, &SkillGroup::number);
    return found == skill_groups.end() ? nullptr : &*found;
}

SkillGroup Settings::told_group(GroupNumber number) const {
    constexpr std::uint32_t none = ged188::SpecialValues::NULL_SKILL_GROUP;
    return number ? *skill_group(*number) : SkillGroup{.number = none, .id = none};
}

void read_selector(Object& from, const Settings& settings, Selector& selector) {
    selector.answer = from.word<Selector::Answer>("answer", answers, selector.answer);
    selector.label = from.text("label", selector.answer == Selector::Answer::label ? "ROUTE_ERROR" : "");
    selector.failure = from.integer<std::uint32_t>("failure", mr::FailureClass::ROUTING_DISABLED);
    selector.order = from.word<Selector::Order>("order", orders, selector.order);
    selector.delay = from.duration("delay_ms", selector.delay);
    selector.pre_call_delay = from.duration("pre_call_delay_ms", selector.pre_call_delay);
    selector.queue_limit = from.duration("queue_limit_ms", selector.queue_limit);
    selector.duplicate_answer = from.flag("duplicate_answer", selector.duplicate_answer);
    selector.answer_after_cancel = from.flag("answer_after_cancel", selector.answer_after_cancel);
    if (from.has("run_script")) selector.run_script = from.integer<std::uint32_t>("run_script");
    if (from.has("skill_group")) selector.skill_group = from.integer<std::uint32_t>("skill_group");
    if (!selector.skill_group) return;
    const SkillGroup* group = settings.skill_group(*selector.skill_group);
    if (group == nullptr || group->mrd != selector.mrd)
        throw ScriptError(from.place_of("skill_group"), "is not a skill group of this mrd");
}

Settings read_settings(Object& script) {
    Settings settings;
    settings.peripheral = script.integer<std::uint32_t>("peripheral", settings.peripheral);
    read_mrds(script, settings);
    read_skill_groups(script, settings);
    Object desk_place = script.object("desk");
    const DeskSettings desk = read_desk(desk_place, {});
    desk_place.done();
    for (Object& entry : script.objects("agents")) read_agent(entry, desk, settings);
    for (const std::string& extension : script.texts("devices"))
        settings.devices.push_back({extension, extension});
    read_paths(script, settings);
    read_numbers(script, settings);
    for (Object& entry : script.objects("selectors")) {
        Selector selector;
        selector.name = entry.text("name");
        selector.mrd = read_mrd(entry, settings);
        if (selector.mrd == voice_mrd) throw ScriptError(entry.place_of("mrd"), "must not be voice");
        read_selector(entry, settings, selector);
        entry.done();
        settings.selectors.push_back(std::move(selector));
    }
    read_sides(script, settings);
    read_pim(script, settings.pim);
    return settings;
}

}  // namespace cticonnector::sim::cc
