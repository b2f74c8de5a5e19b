#pragma once
// A value that rooms read and that its owner, `app`, swaps as a whole between two events: settings.
//
//     Current<Settings> settings{read_settings()};   // app
//     Room room{settings};                           // keeps a const Current<Settings>&, never a copy
//     settings->retries                              // the value of this moment
//     settings.swap(read_settings());                // what is read from now on is the new value
//
// A reference into the value holds until the next event; who goes on after it, a coroutine say, holds on to
// the value itself, held(). What a room can only read once, at start, it says in its header. One thread.

#include <concepts>
#include <functional>
#include <memory>
#include <utility>

namespace cticonnector {

template <class T>
class Current {
  public:
    explicit Current(T value) : Current(std::make_shared<const T>(std::move(value))) {}
    explicit Current(std::shared_ptr<const T> value) : value_(std::move(value)) {}
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }
    /// The value of this moment, for as long as it is held.
    std::shared_ptr<const T> held() const { return value_; }

    void swap(T next) { value_ = std::make_shared<const T>(std::move(next)); }

  private:
    std::shared_ptr<const T> value_;
};

/// One member of such a value, for who does not know the whole, or one that stays as it is:
///
///     Live<std::chrono::milliseconds> patience{settings, &Settings::patience};
///     *patience                                  // the one of this moment
///
/// Is not read any more when the Current has gone.
template <class T>
class Live {
  public:
    template <std::convertible_to<T> Value>
    Live(Value&& stays) : read_([value = T(std::forward<Value>(stays))]() -> const T& { return value; }) {}
    template <class Whole>
    Live(const Current<Whole>& whole, T Whole::*member)
        : read_([&whole, member]() -> const T& { return (*whole).*member; }) {}

    const T& operator*() const { return read_(); }

  private:
    std::function<const T&()> read_;
};

}  // namespace cticonnector
