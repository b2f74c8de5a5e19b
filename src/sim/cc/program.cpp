#include "program.hpp"

#include <string>
#include <utility>

namespace cticonnector::sim::cc {

Program::Program(Settings settings, boost::asio::io_context& io, Output& output)
    : output_(output),
      center_(std::move(settings), *this),
      alarm_(io,
             [this](Time now) {
                 center_.on_time(now);
                 arm();
             }),
      server_(io, center_, *this, [this] { arm(); }),
      pim_(io, center_, *this, [this] { arm(); }),
      load_(io, center_, *this, [this] { arm(); }),
      steps_(center_, server_, pim_, load_, *this) {}

std::unique_ptr<Simulator> make_program(Object& script, boost::asio::io_context& io, Output& output) {
    return std::make_unique<Program>(read_settings(script), io, output);
}

Action Program::compile(const std::string&, Object& step) {
    return [this, action = steps_.compile(step)] {
        action();
        arm();
    };
}

void Program::start() {
    server_.start();
    if (center_.settings.pim.present) pim_.connect();
}

void Program::stop() {
    load_.stop();
    server_.stop();
    pim_.disconnect();
    alarm_.cancel();
}

void Program::send(ClientSessionId session, std::span<const std::uint8_t> message) {
    server_.send(session, message);
}

void Program::close(ClientSessionId session) { server_.close(session); }

void Program::send_to_application(std::span<const std::uint8_t> mr_message) { pim_.send(mr_message); }

void Program::report(std::string_view event, const Json& fields) { output_.report(event, fields); }

}  // namespace cticonnector::sim::cc
