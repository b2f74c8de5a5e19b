#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "cticonnector/sim/script/simulator.hpp"

namespace cticonnector::sim {

namespace {

// Standard input cannot be waited for portably together with sockets, so a thread reads it. It may still
// block when the simulator ends: it owns what it touches, and does not post once the loop is closed.
class InputReader {
  public:
    InputReader(boost::asio::io_context& io, std::function<void(std::string)> on_line)
        : gate_(std::make_shared<Gate>(io)) {
        std::thread([gate = gate_, on_line = std::move(on_line)] {
            std::string line;
            while (std::getline(std::cin, line)) {
                const std::scoped_lock lock(gate->mutex);
                if (gate->io == nullptr) return;
                boost::asio::post(*gate->io, [on_line, line] { on_line(line); });
            }
        }).detach();
    }
    InputReader(const InputReader&) = delete;
    InputReader& operator=(const InputReader&) = delete;

    void close() {
        const std::scoped_lock lock(gate_->mutex);
        gate_->io = nullptr;
    }
    ~InputReader() { close(); }

  private:
    struct Gate {
        explicit Gate(boost::asio::io_context& loop) : io(&loop) {}
        std::mutex mutex;
        boost::asio::io_context* io;
    };
    std::shared_ptr<Gate> gate_;
};

struct Arguments {
    std::string script;
    Output::Form form = Output::Form::json;
    std::string problem;
};

Arguments read_arguments(std::span<char*> words) {
    Arguments result;
    for (const std::string_view word : words.subspan(1)) {
        if (word == "--plain") {
            result.form = Output::Form::plain;
        } else if (word.starts_with("-") || !result.script.empty()) {
            result.problem = "unexpected argument " + std::string(word);
        } else {
            result.script = word;
        }
    }
    if (result.script.empty() && result.problem.empty()) result.problem = "no script given";
    return result;
}

Json load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw ScriptError(path, "cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    return parse_json(text.str(), path);
}

}  // namespace

int simulator_main(int argc, char** argv, std::span<const Sentence> sentences, const Factory& factory) {
    // before any use of cin: the reader must not hold a lock of C's stdin while the process exits
    std::ios::sync_with_stdio(false);
    // a tied cin flushes cout from the reader's thread, in the middle of what the loop writes
    std::cin.tie(nullptr);
    const Arguments arguments = read_arguments({argv, static_cast<std::size_t>(argc)});
    if (!arguments.problem.empty()) {
        std::cerr << argv[0] << ": " << arguments.problem << "\nusage: " << argv[0] << " [--plain] SCRIPT\n";
        return 2;
    }
    try {
        boost::asio::io_context io{1};
        Output output(std::cout, arguments.form, sentences);
        Stage stage(io, output, load(arguments.script), factory);
        boost::asio::signal_set signals(io, SIGINT, SIGTERM);
        signals.async_wait([&](boost::system::error_code error, int) {
            if (!error) stage.stop();
        });
        InputReader input(io, [&](const std::string& line) { stage.command(line); });
        stage.on_stop([&] {
            signals.cancel();
            input.close();
        });
        stage.start();
        io.run();
        return 0;
    } catch (const ScriptError& error) {
        std::cerr << argv[0] << ": " << error.what() << "\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << argv[0] << ": " << error.what() << "\n";
        return 1;
    }
}

}  // namespace cticonnector::sim
