#include "cticonnector/protocol/soap/envelope.hpp"

#include <algorithm>
#include <utility>

#include "binary.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/encoding.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "references.hpp"

namespace cticonnector::soap {
namespace {

pugi::xml_node child_named(pugi::xml_node node, std::string_view local) {
    return node.find_child([&](pugi::xml_node child) {
        return child.type() == pugi::node_element && local_name(child.name()) == local;
    });
}

/// SOAP 1.1 section 4.2.2: an entry that names an actor is for that one alone, and the next one are we.
bool for_another_actor(pugi::xml_node entry) {
    const auto actor = trim(attribute(entry, "actor"));
    return !actor.empty() && actor != "http://schemas.xmlsoap.org/soap/actor/next";
}

void drop_entries_for_others(pugi::xml_node header) {
    for (auto entry = header.first_child(); entry;) {
        const auto next = entry.next_sibling();
        if (for_another_actor(entry)) header.remove_child(entry);
        entry = next;
    }
}

std::optional<Error> check_header(pugi::xml_node header, std::initializer_list<std::string_view> understood) {
    for (auto entry : header.children()) {
        const auto name = local_name(entry.name());
        if (trim(attribute(entry, "mustUnderstand")) == "1" &&
            std::ranges::find(understood, name) == understood.end())
            return Error{Problem::must_understand,
                         "Header entry " + std::string(name) + " is not understood"};
    }
    return std::nullopt;
}

struct StringWriter : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
};

// Fixed cost of one element in the sum that references may expand to: about what its value takes in memory.
constexpr std::size_t element_cost = 64;

}  // namespace

std::optional<Error> Envelope::load(std::string_view bytes,
                                    std::initializer_list<std::string_view> understood,
                                    std::string_view content_type) {
    const auto text = decoded(bytes, content_type);
    if (!text) return text.error();
    if (auto error = soap::load(xml_, *text)) return error;
    const auto envelope = root(xml_);
    if (local_name(envelope.name()) != "Envelope")
        return Error{Problem::no_envelope, "The document is no SOAP envelope"};
    const auto body = child_named(envelope, "Body");
    if (!body) return Error{Problem::no_body, "The SOAP envelope has no body"};

    header_ = child_named(envelope, "Header");
    drop_entries_for_others(header_);
    collect_ids(envelope);
    if (!referenced_.empty())
        if (auto error = check_references(envelope, [this](pugi::xml_node node) { return target(node); }))
            return error;
    if (auto error = check_header(header_, understood)) return error;
    return find_operation(body);
}

void Envelope::collect_ids(pugi::xml_node node) {
    if (const auto href = attribute(node, "href"); href.starts_with('#')) referenced_.insert(href.substr(1));
    if (const auto id = attribute(node, "id"); !id.empty()) {
        const auto [entry, fresh] = ids_.try_emplace(id, node);
        if (!fresh) entry->second = {};
    }
    for (auto child : node.children())
        if (child.type() == pugi::node_element) collect_ids(child);
}

/// SOAP 1.1 section 5.6: a value beside the operation is referred to, or says itself that it is no root.
bool Envelope::independent_value(pugi::xml_node node) const {
    const auto root = attribute(node, "root");
    return root == "0" || (root != "1" && referenced_.contains(attribute(node, "id")));
}

std::optional<Error> Envelope::find_operation(pugi::xml_node body) {
    for (auto node : body.children()) {
        if (node.type() != pugi::node_element || independent_value(node)) continue;
        if (operation_) return Error{Problem::several_operations, "The SOAP body has more than one element"};
        operation_ = node;
    }
    if (!operation_) return Error{Problem::no_operation, "The SOAP body is empty"};
    return std::nullopt;
}

std::optional<pugi::xml_node> Envelope::target(pugi::xml_node node) const {
    const auto href = attribute(node, "href");
    if (!href.starts_with('#')) return std::nullopt;
    const auto found = ids_.find(href.substr(1));
    return found == ids_.end() ? pugi::xml_node{} : found->second;
}

void Envelope::count(std::size_t bytes) {
    if (referenced_.empty()) return;
    expanded_ += bytes + element_cost;
    if (expanded_ > max_expansion) fail(Problem::too_large, "References expand the message beyond its limit");
}

void Envelope::fail(Problem problem, std::string text) {
    if (!error_) error_ = Error{problem, std::move(text)};
}

std::string_view Element::name() const { return local_name(node_.name()); }

/// Chains end, because load() has refused cycles before anything else follows a reference.
Element Element::resolved(pugi::xml_node node) const {
    while (const auto next = envelope_->target(node)) {
        if (!*next)
            envelope_->fail(Problem::bad_reference, "Reference " + std::string(attribute(node, "href")) +
                                                        " does not name exactly one value");
        node = *next;
    }
    envelope_->count(0);
    return {node, *envelope_};
}

Element Element::child(std::string_view local) const {
    const auto node = child_named(node_, local);
    return node ? resolved(node) : Element{};
}

Element Element::first_child() const {
    const auto node =
        node_.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
    return node ? resolved(node) : Element{};
}

std::string Element::counted(std::string text) const {
    envelope_->count(text.size());
    return envelope_->error() ? std::string{} : text;
}

std::string Element::text() const {
    if (!node_) return {};
    const auto type = local_name(attribute(node_, "type"));
    const auto decode_binary = decoder_of(type);
    if (!decode_binary) return counted(text_of(node_));
    auto bytes = decode_binary(text_of(node_));
    if (bytes && first_forbidden(*bytes) == std::string::npos) return counted(std::move(*bytes));
    envelope_->fail(Problem::bad_text,
                    std::string("Element ").append(name()).append(" is no UTF-8 text in ").append(type));
    return {};
}

std::string Element::embedded() const {
    const auto first =
        node_.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
    if (!first) return text();
    StringWriter out;
    for (auto child : node_.children())
        if (child.type() == pugi::node_element)
            child.print(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return counted(std::move(out.text));
}

bool Element::stopped() const { return envelope_->error().has_value(); }

void Element::refuse(std::string_view expected) const {
    envelope_->fail(Problem::bad_value,
                    "Element " + std::string(name()) + " is not " + std::string(expected));
}

}  // namespace cticonnector::soap
