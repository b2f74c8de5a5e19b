#pragma once
// A value on the heap: moved by its address, copied as a value. None after it was moved from.

#include <memory>
#include <utility>

namespace cticonnector {

template <class T>
class Owned {
  public:
    Owned() = default;
    explicit Owned(T value) : value_(std::make_unique<T>(std::move(value))) {}
    /// A new one, in its place.
    static Owned make() {
        Owned owned;
        owned.value_ = std::make_unique<T>();
        return owned;
    }
    Owned(const Owned& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Owned(Owned&&) noexcept = default;
    Owned& operator=(Owned other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }

    explicit operator bool() const { return value_ != nullptr; }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }

  private:
    std::unique_ptr<T> value_;
};

}  // namespace cticonnector
