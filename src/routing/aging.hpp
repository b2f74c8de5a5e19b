#pragma once
// A table whose entries are forgotten by age: found by key, dropped from the front of a list in the order
// they came, so that neither walks over the others. Times are those of one clock, handed in.

#include <chrono>
#include <cstddef>
#include <iterator>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace cticonnector::routing {

template <class Key, class Value>
class Aging {
  public:
    using Time = std::chrono::steady_clock::time_point;

    Aging() = default;
    Aging(Aging&&) = default;
    Aging& operator=(Aging&&) = default;
    Aging(const Aging&) = delete;  // the index points into the list
    Aging& operator=(const Aging&) = delete;

    /// The newest entry; one under the same key is gone.
    Value& put(const Key& key, Value value, Time now) {
        take(key);
        by_age_.push_back({key, now, std::move(value)});
        by_key_.emplace(key, std::prev(by_age_.end()));
        return by_age_.back().value;
    }
    /// Stays where it is until it is taken or forgotten.
    Value* find(const Key& key) {
        const auto found = by_key_.find(key);
        return found == by_key_.end() ? nullptr : &found->second->value;
    }
    const Value* find(const Key& key) const { return const_cast<Aging&>(*this).find(key); }
    std::optional<Value> take(const Key& key) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return std::nullopt;
        std::optional<Value> value{std::move(found->second->value)};
        by_age_.erase(found->second);
        by_key_.erase(found);
        return value;
    }

    void forget_before(Time then) {
        while (!by_age_.empty() && by_age_.front().since < then) forget_oldest();
    }
    void keep_newest(std::size_t limit) {
        while (by_age_.size() > limit) forget_oldest();
    }
    void clear() {
        by_key_.clear();
        by_age_.clear();
    }
    std::size_t size() const { return by_age_.size(); }

  private:
    struct Entry {
        Key key;
        Time since;
        Value value;
    };
    void forget_oldest() {
        by_key_.erase(by_age_.front().key);
        by_age_.pop_front();
    }

    std::list<Entry> by_age_;  ///< the oldest in front
    std::unordered_map<Key, typename std::list<Entry>::iterator> by_key_;
};

}  // namespace cticonnector::routing
