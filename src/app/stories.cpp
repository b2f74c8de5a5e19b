#include "stories.hpp"

#include <algorithm>
#include <iterator>

namespace cticonnector::app {

namespace {

using engine::Note;
using engine::What;

/// "act-42" of "act-42-1". A call has one key for all its offers (R-DEC-20).
std::string_view item_of(std::string_view key) {
    const bool offered_anew = key.starts_with("act-") || key.starts_with("chat-");
    const auto number = key.find('-') + 1;
    return offered_anew ? key.substr(0, key.find('-', number)) : key;
}

/// A call that is not in the CRM any more may be shown again (R-DEC-20); an item is routed again.
bool ends(const Note& note) {
    const bool call = note.channel == engine::Channel::voice;
    return note.what == What::item_ended ||
           (call && (note.what == What::item_refused || note.what == What::item_rerouted));
}

std::vector<StoryRecord> newest_first(std::vector<StoryRecord> records) {
    std::ranges::reverse(records);
    std::ranges::stable_sort(records, std::ranges::greater{}, &StoryRecord::time);
    return records;
}

}  // namespace

/// What an item has done to its agent belongs to its story, and does not begin one or bring it back.
void Stories::add(const Note& note) {
    const std::string_view key = item_of(note.item.value);
    if (key.empty()) return;
    auto item = items_.find(key);
    if (note.what == What::agent_state) {
        if (item == items_.end()) return;
    } else {
        if (item == items_.end()) item = items_.emplace(key, Story{}).first;
        lives(item->second);
    }
    auto& records = item->second.records;
    records.push_back({std::chrono::system_clock::now(), note});
    if (records.size() > steps) records.pop_front();
    if (!note.agent.name.empty()) by_agent_[note.agent.name].emplace(item->first, &item->second);
    if (!note.external_id.empty()) by_external_id_[note.external_id].emplace(item->first, &item->second);
    if (ends(note)) ended(item);
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
    for (const StoryRecord& record : item->second.records) {
        leave(by_agent_, record.note.agent.name);
        leave(by_external_id_, record.note.external_id);
    }
    items_.erase(item);
}

std::vector<StoryRecord> Stories::about_item(std::string_view wanted) const {
    std::vector<StoryRecord> found;
    const auto take = [&](const Story& story, auto belongs) {
        std::ranges::copy_if(story.records, std::back_inserter(found), belongs);
    };
    const auto all = [](const StoryRecord&) { return true; };
    if (const auto whole = items_.find(wanted); whole != items_.end()) {
        take(whole->second, all);
    } else if (const auto item = items_.find(item_of(wanted)); item != items_.end()) {
        take(item->second, [&](const StoryRecord& record) { return record.note.item.value == wanted; });
    }
    if (const auto named = by_external_id_.find(wanted); named != by_external_id_.end()) {
        for (const auto& [key, story] : named->second) take(*story, all);
    }
    return newest_first(std::move(found));
}

std::vector<StoryRecord> Stories::about_agent(std::string_view agent) const {
    std::vector<StoryRecord> found;
    const auto items = by_agent_.find(agent);
    if (items == by_agent_.end()) return found;
    for (const auto& [key, story] : items->second) {
        std::ranges::copy_if(story->records, std::back_inserter(found),
                             [&](const StoryRecord& record) { return record.note.agent.name == agent; });
    }
    return newest_first(std::move(found));
}

}  // namespace cticonnector::app
