#include "cticonnector/protocol/ici/attached_data.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/names.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "cticonnector/protocol/soap/xml.hpp"
#include "markup.hpp"

namespace cticonnector::ici {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Reads one document; xml is its text, in which the offsets of nodes count.
class Reader {
  public:
    explicit Reader(std::string_view xml) : xml_(xml) {}

    void read(pugi::xml_node root) {
        data_.root_attributes = attributes_of(root);
        for (auto node : root.children()) {
            if (node.type() != pugi::node_element) continue;
            if (soap::local_name(node.name()) == names::attached_application.text &&
                soap::attribute(node, names::attached_application_id.text) == names::attached_sap.text)
                read_application(node);
            else
                data_.other_applications.push_back(as_written(node));
        }
    }

    AttachedData take() && { return std::move(data_); }

  private:
    void read_application(pugi::xml_node application) {
        for (auto node : application.children())
            if (node.type() == pugi::node_element) read_element(node, soap::local_name(node.name()));
    }

    void read_element(pugi::xml_node node, std::string_view name) {
        const auto& variables = names::attached_call_variables;
        if (const auto found = std::ranges::find(variables, name, &names::Name::text);
            found != variables.end()) {
            data_.call_variables[static_cast<std::size_t>(found - variables.begin())] = soap::text_of(node);
        } else if (name == names::attached_media_id.text) {
            data_.media_id = soap::text_of(node);
        } else if (name == names::attached_ecc.text) {
            for (auto variable : node.children())
                if (variable.type() == pugi::node_element)
                    data_.ecc.push_back(
                        {ecc_element_name(soap::local_name(variable.name())), soap::text_of(variable)});
        } else {
            data_.other_elements.push_back(as_written(node));
        }
    }

    static std::size_t start_of(pugi::xml_node node) {
        return static_cast<std::size_t>(node.offset_debug()) - 1;
    }

    std::string as_written(pugi::xml_node node) const {
        const auto start = start_of(node);
        return std::string(xml_.substr(start, element_end(xml_, start) - start));
    }

    std::string attributes_of(pugi::xml_node node) const {
        const auto start = start_of(node);
        auto tag = xml_.substr(start, tag_end(xml_, start) - start);
        tag.remove_prefix(1 + std::string_view(node.name()).size());
        tag.remove_suffix(tag.ends_with("/>") ? 2 : 1);
        return std::string(trim(tag));
    }

    std::string_view xml_;
    AttachedData data_;
};

void append_element(std::string& out, std::string_view name, std::string_view value) {
    out.append("<").append(name);
    if (value.empty()) {
        out += "/>";
        return;
    }
    out += '>';
    soap::append_text(out, value);
    out.append("</").append(name).append(">");
}

void append_ecc(std::string& out, std::span<const std::pair<std::string, std::string>> variables) {
    if (variables.empty()) return append_element(out, names::attached_ecc.text, {});
    out.append("<").append(names::attached_ecc.text).append(">");
    for (const auto& [name, value] : variables) append_element(out, ecc_element_name(name), value);
    out.append("</").append(names::attached_ecc.text).append(">");
}

bool starts_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool continues_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-'; }

}  // namespace

boost::system::result<AttachedData, soap::Error> read_attached_data(std::string_view document) {
    const auto text =
        soap::clean(document.substr(document.starts_with(byte_order_mark) ? byte_order_mark.size() : 0));
    if (trim(text).empty()) return AttachedData{};
    pugi::xml_document xml;
    if (auto error = soap::load(xml, text)) return std::move(*error);
    const auto root = soap::root(xml);
    if (soap::local_name(root.name()) != names::attached_root.text)
        return soap::Error{soap::Problem::bad_value,
                           "Attached data is no " + std::string(names::attached_root.text) + " document"};
    Reader reader(text);
    reader.read(root);
    return std::move(reader).take();
}

Surroundings surroundings_of(const AttachedData& data) {
    Surroundings around;
    std::string& before = around.before;
    before.append(declaration).append("<").append(names::attached_root.text);
    if (!data.root_attributes.empty()) before.append(" ").append(data.root_attributes);
    before.append("><").append(names::attached_application.text).append(" ");
    before.append(names::attached_application_id.text)
        .append("=\"")
        .append(names::attached_sap.text)
        .append("\">");
    std::string& behind = around.behind;
    for (const auto& element : data.other_elements) behind += element;
    behind.append("</").append(names::attached_application.text).append(">");
    for (const auto& application : data.other_applications) behind += application;
    behind.append("</").append(names::attached_root.text).append(">");
    return around;
}

std::string write_attached_data(std::string_view before, const std::array<std::string, 10>& call_variables,
                                std::string_view media_id,
                                std::span<const std::pair<std::string, std::string>> ecc,
                                std::string_view behind) {
    std::string out(before);
    for (std::size_t i = 0; i < call_variables.size(); ++i)
        append_element(out, names::attached_call_variables[i].text, call_variables[i]);
    append_element(out, names::attached_media_id.text, media_id);
    append_ecc(out, ecc);
    return out.append(behind);
}

std::string write_attached_data(const AttachedData& data) {
    const Surroundings around = surroundings_of(data);
    std::vector<std::pair<std::string, std::string>> ecc;
    for (const EccVariable& variable : data.ecc) ecc.emplace_back(variable.name, variable.value);
    return write_attached_data(around.before, data.call_variables, data.media_id, ecc, around.behind);
}

std::string ecc_element_name(std::string_view variable) {
    std::string name(variable);
    std::ranges::replace_if(
        name, [](char c) { return !continues_name(c); }, '_');
    if (name.empty() || !starts_name(name.front())) name.insert(0, 1, '_');
    return name;
}

}  // namespace cticonnector::ici
