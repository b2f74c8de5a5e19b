#include "cticonnector/admin/stories.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "cticonnector/engine/items.hpp"

namespace cticonnector::admin {

namespace {

using engine::Note;
using engine::What;

/// "act-42" of "act-42-1". A call has one key for all its offers (R-DEC-20).
std::string_view item_of(std::string_view key) {
    const auto parts = engine::read_key(key);
    return parts ? parts->item : key;
}

/// It is on its way, or again: what was told of it last is not the end.
bool goes_on(const Note& note) {
    switch (note.what) {
        case What::item_added:
        case What::item_requested:
        case What::item_waiting:
        case What::item_offered:
        case What::item_dialled:
        case What::item_adopted: return true;
        default: return false;
    }
}

/// A call that is not in the CRM any more may be shown again (R-DEC-20); an item is routed again.
bool ends(const Note& note) {
    const bool call = note.channel == engine::Channel::voice;
    return note.what == What::item_ended ||
           (call && (note.what == What::item_refused || note.what == What::item_rerouted ||
                     note.what == What::item_invisible));
}

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
}

/// Of what was found, story by story. Only what is given is copied.
std::vector<StoryRecord> newest_first(std::vector<const StoryRecord*> found,
                                      std::size_t most = std::numeric_limits<std::size_t>::max()) {
    std::ranges::reverse(found);
    std::ranges::stable_sort(found, std::ranges::greater{}, &StoryRecord::time);
    found.resize(std::min(found.size(), most));
    std::vector<StoryRecord> newest;
    for (const StoryRecord* record : found) newest.push_back(*record);
    return newest;
}

}  // namespace

/// What comes behind the end, what the item has done to its agent for one, belongs to its story; it does not
/// begin one or bring it back, for nothing would end it.
void Stories::add(const Note& note) {
    const std::string_view key = item_of(note.item.value);
    if (key.empty()) return;
    auto item = items_.find(key);
    if (item == items_.end()) {
        if (!goes_on(note) && !ends(note)) return;
        item = items_.emplace(key, Story{}).first;
    }
    Story& story = item->second;
    if (goes_on(note)) lives(story);
    story.records.push_back({std::chrono::system_clock::now(), note});
    if (story.records.size() > steps) story.records.pop_front();
    add_once(story.agents, note.agent.name);
    add_once(story.external_ids, note.external_id);
    if (!note.agent.name.empty()) by_agent_[note.agent.name].emplace(item->first, &story);
    if (!note.external_id.empty()) by_external_id_[note.external_id].emplace(item->first, &story);
    if (ends(note) && !story.ended) ended(item);
}

void Stories::lives(Story& story) {
    if (story.ended) ended_.erase(*story.ended);
    story.ended.reset();
}

void Stories::ended(Items::iterator item) {
    ended_.push_back(item->first);
    item->second.ended = std::prev(ended_.end());
    if (ended_.size() <= kept_) return;
    forget(items_.find(ended_.front()));
    ended_.pop_front();
}

void Stories::forget(Items::iterator item) {
    const auto leave = [&](Index& index, const std::string& name) {
        const auto found = index.find(name);
        if (found == index.end()) return;
        found->second.erase(item->first);
        if (found->second.empty()) index.erase(found);
    };
    for (const std::string& agent : item->second.agents) leave(by_agent_, agent);
    for (const std::string& id : item->second.external_ids) leave(by_external_id_, id);
    items_.erase(item);
}

std::vector<StoryRecord> Stories::about_item(std::string_view wanted) const {
    std::vector<const StoryRecord*> found;
    const auto take = [&](const Story& story, auto belongs) {
        for (const StoryRecord& record : story.records)
            if (belongs(record.note)) found.push_back(&record);
    };
    const auto all = [](const Note&) { return true; };
    if (const auto whole = items_.find(wanted); whole != items_.end()) {
        take(whole->second, all);
    } else if (const auto item = items_.find(item_of(wanted)); item != items_.end()) {
        take(item->second, [&](const Note& note) { return note.item.value == wanted; });
    }
    if (const auto named = by_external_id_.find(wanted); named != by_external_id_.end()) {
        for (const auto& [key, story] : named->second) take(*story, all);
    }
    return newest_first(std::move(found));
}

std::vector<StoryRecord> Stories::about_agent(std::string_view agent, std::size_t most) const {
    std::vector<const StoryRecord*> found;
    const auto items = by_agent_.find(agent);
    if (items == by_agent_.end()) return {};
    for (const auto& [key, story] : items->second) {
        for (const StoryRecord& record : story->records)
            if (record.note.agent.name == agent) found.push_back(&record);
    }
    return newest_first(std::move(found), most);
}

}  // namespace cticonnector::admin
