#include "cticonnector/sim/script/output.hpp"

#include <algorithm>

namespace cticonnector::sim {

namespace {

std::string shown(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string dumped(const Json& line) {
    // text of a peer may be Latin-1: it must not end the simulator
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string plain_text(std::string_view event, const Json& fields, std::span<const Sentence> sentences) {
    const auto row = std::ranges::find(sentences, event, &Sentence::event);
    std::string text;
    if (row == sentences.end()) {
        text = event;
        for (const auto& [key, value] : fields.items()) text += " " + key + "=" + shown(value);
        return text;
    }
    std::string_view rest = row->text;
    while (!rest.empty()) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        text += rest.substr(0, open);
        rest.remove_prefix(open);
        const std::size_t close = rest.find('}');
        if (close == std::string_view::npos) break;
        const auto field = fields.find(rest.substr(1, close - 1));
        text += field == fields.end() ? "-" : shown(*field);
        rest.remove_prefix(close + 1);
    }
    return text;
}

std::chrono::milliseconds Output::since_start() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_);
}

void Output::report(std::string_view event, const Json& fields) {
    const auto t_ms = since_start().count();
    if (form_ == Form::plain) {
        const auto seconds = std::to_string(t_ms / 1000);
        const auto rest = std::to_string(1000 + t_ms % 1000).substr(1);
        out_ << seconds << "." << rest << " " << plain_text(event, fields, sentences_) << std::endl;
        return;
    }
    Json line{{"t_ms", t_ms}, {"event", event}};
    for (const auto& [key, value] : fields.items()) line[key] = value;
    out_ << dumped(line) << std::endl;
}

}  // namespace cticonnector::sim
