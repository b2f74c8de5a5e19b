#pragma once
// A received SOAP 1.1 envelope, read tolerantly (ici.md section 1, "Readers must").
//
//     Envelope envelope;
//     if (auto error = envelope.load(text, {"user"})) ...  // no SOAP, or a header that must be understood
//     Element operation = envelope.operation();
//     std::string id = operation.child("itemId").text();
//     if (auto error = envelope.error()) ...               // sticky: one check after all values are read
//
// Only local names count; parameters come in any order; what is absent reads like what is empty; xsi:type is
// not needed, but for base64Binary, base64 and hexBinary, which are decoded (R-DEC-79); href="#id" is
// followed (SOAP 1.1 section 5.4). Reference cycles are refused by load(); a reference to nothing, or
// references that blow the values up beyond max_expansion bytes, make error() speak. Nothing throws. Elements
// are views: the Envelope must outlive them. One thread.

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "cticonnector/protocol/soap/xml.hpp"

namespace cticonnector::soap {

inline constexpr std::size_t max_expansion = 16 * 1024 * 1024;

class Envelope;

class Element {
  public:
    Element() = default;

    explicit operator bool() const { return !node_.empty(); }
    std::string_view name() const;  // local

    /// First child of that local name; an Element that is false if there is none.
    Element child(std::string_view local) const;
    Element first_child() const;

    /// UTF-8 that XML can carry. A typed binary value that is none makes error() speak.
    std::string text() const;

    /// A document inside the envelope, sent as escaped text or as nested elements (ici.md section 7).
    std::string embedded() const;

    /// Calls use(Element) for each child element, whatever its name; stops at the envelope's first error.
    template <class Use>
    void for_each(Use use) const {
        for (auto node : node_.children())
            if (node.type() == pugi::node_element && !stopped()) use(resolved(node));
    }

    /// Makes error() of the envelope say that this element's value is none of the expected kind.
    void refuse(std::string_view expected) const;

  private:
    friend class Envelope;
    Element(pugi::xml_node node, Envelope& envelope) : node_(node), envelope_(&envelope) {}
    Element resolved(pugi::xml_node) const;
    std::string counted(std::string text) const;
    bool stopped() const;

    pugi::xml_node node_;
    Envelope* envelope_ = nullptr;
};

class Envelope {
  public:
    Envelope() = default;
    Envelope(const Envelope&) = delete;
    Envelope& operator=(const Envelope&) = delete;

    /// Once per Envelope: a message as it came (encoding.hpp). understood: local names of the header entries
    /// that may say mustUnderstand="1".
    std::optional<Error> load(std::string_view bytes, std::initializer_list<std::string_view> understood = {},
                              std::string_view content_type = {});

    /// The SOAP header with the entries that are meant for us (SOAP 1.1 section 4.2.2) as children; there
    /// also when one of them was not understood.
    Element header() { return {header_, *this}; }

    /// The body's one element that is not an independent multi-reference value.
    Element operation() { return {operation_, *this}; }

    /// The first thing that went wrong while values were read.
    const std::optional<Error>& error() const { return error_; }

  private:
    friend class Element;
    void collect_ids(pugi::xml_node);
    bool independent_value(pugi::xml_node) const;
    std::optional<Error> find_operation(pugi::xml_node body);
    std::optional<pugi::xml_node> target(pugi::xml_node) const;
    void count(std::size_t bytes);
    void fail(Problem, std::string text);

    pugi::xml_document xml_;
    pugi::xml_node header_;
    pugi::xml_node operation_;
    std::unordered_map<std::string_view, pugi::xml_node> ids_;  // null node: the id stands more than once
    std::unordered_set<std::string_view> referenced_;           // ids
    std::size_t expanded_ = 0;
    std::optional<Error> error_;
};

}  // namespace cticonnector::soap
