#pragma once
// The table rows of all operations and all events, in the order of their variants. Private to this layer.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "fields.hpp"

namespace cticonnector::ici {

struct MessageRow {
    Service service;
    std::string_view name;
};

template <class Variant>
struct Messages;

template <class... M>
struct Messages<std::variant<M...>> {
    using Variant = std::variant<M...>;

    static constexpr std::array rows{MessageRow{names::call<M>.service, names::call<M>.name}...};

    static std::optional<std::size_t> find(std::string_view name) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].name == name) return i;
        return std::nullopt;
    }

    static Variant read(std::size_t index, const soap::Element& element) {
        static constexpr std::array readers{&read_one<M>...};
        return readers[index](element);
    }

    static void write(soap::Writer& out, const Variant& message) {
        std::visit([&]<class T>(const T& one) { put_fields(out, names::call<T>, one); }, message);
    }

  private:
    template <class T>
    static Variant read_one(const soap::Element& element) {
        T message;
        get_fields(element, names::call<T>, message);
        return message;
    }
};

inline std::string_view name_space_of(Service service) {
    return names::services[static_cast<std::size_t>(service)].name_space;
}

}  // namespace cticonnector::ici
