#include "decode.hpp"

#include <chrono>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>
#include <span>
#include <string_view>

#include "cticonnector/base/text.hpp"
#include "cticonnector/language/log_line.hpp"
#include "cticonnector/protocol/ged188/dump.hpp"
#include "cticonnector/protocol/mr/mr.hpp"
#include "lines.hpp"
#include "whole_lines.hpp"

namespace cticonnector::app {
namespace {

using language::LogLine;

std::string read_input(const std::string& file, std::istream& standard_input) {
    if (file == "-") return read_all(standard_input);
    std::ifstream in = open_to_read(file);
    return read_all(in);
}

/// The messages in the lines of a log that was written at trace.
class LogReader {
  public:
    LogReader(const DecodeOptions& options, std::ostream& out)
        : out_(out),
          wanted_(tell::words_of(options.wanted)),
          filter_(options.wanted, std::chrono::system_clock::now()),
          cti_{ged188::protocol, ged188::version_after},
          mr_{mr::protocol},
          version_{options.version} {}

    /// Nothing: it is too long.
    void read(std::optional<std::string_view> written) {
        ++number_;
        if (!written) {
            problem("line " + std::to_string(number_) + " has more than " +
                    std::string{WholeLines::longest_in_words} + ", it is passed over");
            out_.flush();  // it may have no end
            return;
        }
        const auto line = language::read_line(*written);
        if (!line) return;
        is_log_ = true;
        if (line->event == "cti.message") message(cti_, *line, version_);
        if (line->event == "mr.message") message(mr_, *line, mr_version_);
    }

    void end() {
        if (without_bytes_ > 0) {
            problem(std::to_string(without_bytes_) + " of " + std::to_string(lines_ + without_bytes_) +
                    " lines of messages have no hex=: [LOGGER] Level=trace writes it");
        } else if (lines_ == 0 && passed_over_ > 0) {
            problem("no message of this log is " + wanted_);
        } else if (lines_ == 0) {
            problem(std::string("no line of this log has a message") +
                    (is_log_ ? ": [LOGGER] Level=trace writes them" : ""));
        }
    }

    std::size_t problems = 0;

  private:
    void problem(const std::string& what) {
        out_ << "! " << what << '\n';
        ++problems;
    }

    void message(wire::Explainer& explainer, const LogLine& line, wire::Version& version) {
        if (!filter_.passes(line)) return pass_over(line);
        const std::string_view hex = line["hex"];
        if (hex.empty()) {
            ++without_bytes_;
            return;
        }
        ++lines_;
        const std::string at = "line " + std::to_string(number_);
        const std::string place = at + ", " + line.time + " " + visible(line["direction"]);
        const auto read = wire::read_hex(hex);
        if (!read.problem.empty()) return problem(at + ": hex= is not whole bytes in hexadecimal");
        const std::span<const std::uint8_t> bytes{read.bytes};
        if (bytes.size() < wire::header_size) return problem(at + ": hex= ends inside the header");
        const auto header = wire::read_header(bytes.first<wire::header_size>());
        const std::uint64_t size = wire::header_size + std::uint64_t{header.length};
        if (size != bytes.size()) {
            return problem(at + ": hex= has " + std::to_string(bytes.size()) + " bytes, its header says " +
                           std::to_string(size));
        }
        explainer.message({header.type, bytes.subspan(wire::header_size)}, place, 0, version);
        const wire::Dump dump = explainer.take();
        out_ << dump.text;
        problems += dump.problems;
    }

    /// The version of a session counts all the same.
    void pass_over(const LogLine& line) {
        ++passed_over_;
        const auto read = wire::read_hex(line["hex"]);
        const std::span<const std::uint8_t> bytes{read.bytes};
        if (line.event != "cti.message" || bytes.size() < wire::header_size) return;
        const auto header = wire::read_header(bytes.first<wire::header_size>());
        version_ = ged188::version_after({header.type, bytes.subspan(wire::header_size)}, version_);
    }

    std::ostream& out_;
    std::string wanted_;  ///< in words
    tell::Filter filter_;
    wire::Explainer cti_, mr_;
    wire::Version version_, mr_version_ = mr::version;
    std::size_t number_ = 0, lines_ = 0, without_bytes_ = 0, passed_over_ = 0;
    bool is_log_ = false;
};

int decode_log(const DecodeOptions& options, Streams streams) {
    const std::string file = tell::log_in(options.log);
    std::ifstream from;
    if (file != "-") from = open_to_read(file);
    LogReader reader{options, streams.out};
    Pieces pieces{file == "-" ? streams.in : from};
    WholeLines lines;
    for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next())
        lines.add(piece, [&](auto line) { reader.read(line); });
    reader.end();
    return reader.problems == 0 ? exit_fine : exit_wrong;
}

}  // namespace

int decode(const DecodeOptions& options, Streams streams) {
    if (!options.log.empty()) return decode_log(options, streams);
    const std::string input = read_input(options.file, streams.in);
    const bool mr = options.protocol == "mr";
    const wire::Protocol& protocol = mr ? mr::protocol : ged188::protocol;
    const wire::Version version = mr ? mr::version : wire::Version{options.version};
    const wire::Dump dump = wire::looks_like_capture(input)
                                ? wire::dump(protocol, wire::read_pcap(input, options.port), version,
                                             mr ? nullptr : ged188::version_after)
                                : wire::dump(protocol, input, version);
    streams.out << dump.text;
    return dump.problems == 0 ? exit_fine : exit_wrong;
}

}  // namespace cticonnector::app
