#include "cticonnector/protocol/soap/document.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/protocol/soap/text.hpp"
#include "references.hpp"

namespace cticonnector::soap {
namespace {

pugi::xml_node child_named(pugi::xml_node node, std::string_view local) {
    return node.find_child([&](pugi::xml_node child) {
        return child.type() == pugi::node_element && local_name(child.name()) == local;
    });
}

/// SOAP 1.1 section 5.6: a value beside the operation carries an id, or says itself that it is no root.
bool independent_value(pugi::xml_node node) {
    const auto root = attribute(node, "root");
    return root == "0" || (!attribute(node, "id").empty() && root != "1");
}

std::optional<Error> check_header(pugi::xml_node header, std::initializer_list<std::string_view> understood) {
    for (auto entry : header.children()) {
        const auto name = local_name(entry.name());
        if (trim(attribute(entry, "mustUnderstand")) == "1" &&
            std::ranges::find(understood, name) == understood.end())
            return Error{Problem::must_understand, "Header entry " + clean(name) + " is not understood"};
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

std::optional<Error> Document::load(std::string_view text,
                                    std::initializer_list<std::string_view> understood) {
    if (auto error = soap::load(xml_, text, Encoding::automatic)) return error;
    const auto envelope = root(xml_);
    if (local_name(envelope.name()) != "Envelope")
        return Error{Problem::no_envelope, "The document is no SOAP envelope"};
    const auto body = child_named(envelope, "Body");
    if (!body) return Error{Problem::no_body, "The SOAP envelope has no body"};

    collect_ids(envelope);
    if (has_references_)
        if (auto error = check_references(envelope, [this](pugi::xml_node node) { return target(node); }))
            return error;
    header_ = child_named(envelope, "Header");
    if (auto error = check_header(header_, understood)) return error;
    return find_operation(body);
}

void Document::collect_ids(pugi::xml_node node) {
    if (attribute(node, "href").starts_with('#')) has_references_ = true;
    if (const auto id = attribute(node, "id"); !id.empty()) {
        const auto [entry, fresh] = ids_.try_emplace(id, node);
        if (!fresh) entry->second = {};
    }
    for (auto child : node.children())
        if (child.type() == pugi::node_element) collect_ids(child);
}

std::optional<Error> Document::find_operation(pugi::xml_node body) {
    for (auto node : body.children()) {
        if (node.type() != pugi::node_element || independent_value(node)) continue;
        if (operation_) return Error{Problem::several_operations, "The SOAP body has more than one element"};
        operation_ = node;
    }
    if (!operation_) return Error{Problem::no_operation, "The SOAP body is empty"};
    return std::nullopt;
}

std::optional<pugi::xml_node> Document::target(pugi::xml_node node) const {
    const auto href = attribute(node, "href");
    if (!href.starts_with('#')) return std::nullopt;
    const auto found = ids_.find(href.substr(1));
    return found == ids_.end() ? pugi::xml_node{} : found->second;
}

void Document::count(std::size_t bytes) {
    if (!has_references_) return;
    expanded_ += bytes + element_cost;
    if (expanded_ > max_expansion) fail(Problem::too_large, "References expand the message beyond its limit");
}

void Document::fail(Problem problem, std::string text) {
    if (!error_) error_ = Error{problem, std::move(text)};
}

std::string_view Element::name() const { return local_name(node_.name()); }

/// Chains end, because load() has refused cycles before anything else follows a reference.
Element Element::resolved(pugi::xml_node node) const {
    while (const auto next = document_->target(node)) {
        if (!*next)
            document_->fail(Problem::bad_reference, "Reference " + clean(attribute(node, "href")) +
                                                        " does not name exactly one value");
        node = *next;
    }
    document_->count(0);
    return {node, *document_};
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
    document_->count(text.size());
    return document_->error() ? std::string{} : text;
}

std::string Element::text() const { return node_ ? counted(text_of(node_)) : std::string{}; }

std::string Element::embedded() const {
    const auto first =
        node_.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
    if (!first) return text();
    StringWriter out;
    for (auto child : node_.children())
        if (child.type() == pugi::node_element)
            child.print(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return counted(clean(out.text));
}

bool Element::stopped() const { return document_->error().has_value(); }

void Element::refuse(std::string_view expected) const {
    document_->fail(Problem::bad_value, "Element " + clean(name()) + " is not " + std::string(expected));
}

}  // namespace cticonnector::soap
