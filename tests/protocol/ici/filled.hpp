#pragma once
// Values of every ICI type with a different content in each member, so that a swapped or forgotten one shows.

#include <string>
#include <tuple>
#include <vector>

#include "cticonnector/protocol/ici/names.hpp"

namespace cticonnector::ici {

class Filler {
  public:
    void fill(std::string& value) {
        value = "v" + std::to_string(++count_) + " <&>\"' ]]> \xC3\xBC\xE2\x82\xAC\n\t\r";
    }
    void fill(Secret& value) { value = Secret("secret" + std::to_string(++count_)); }
    void fill(bool& value) { value = ++count_ % 2 == 0; }
    void fill(double& value) { value = 0.1 + ++count_; }

    template <class T>
    void fill(std::vector<T>& values) {
        values.resize(2);
        for (auto& value : values) fill(value);
    }

    template <class T>
    requires requires { names::type<T>.fields; }
    void fill(T& value) { fill_members(names::type<T>, value); }

    template <class T>
    requires requires { names::call<T>.fields; }
    void fill(T& message) { fill_members(names::call<T>, message); }

  private:
    template <class Description, class T>
    void fill_members(const Description& description, T& value) {
        std::apply([&](const auto&... field) { (fill(value.*field.member), ...); }, description.fields);
    }

    int count_ = 0;
};

template <class T>
T filled() {
    T value{};
    Filler().fill(value);
    return value;
}

/// One of each alternative of a variant.
template <class Variant>
struct AllOf;
template <class... M>
struct AllOf<std::variant<M...>> {
    static std::vector<std::variant<M...>> filled() { return {ici::filled<M>()...}; }
    static std::vector<std::variant<M...>> empty() { return {M{}...}; }
};

}  // namespace cticonnector::ici
