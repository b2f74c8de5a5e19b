#pragma once
// The simulator as a program: the pure center, its sockets and its clock. Everything runs in one thread; the
// io_context and the output outlive it. Source: docs/simulators.md.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <span>
#include <string>

#include "center.hpp"
#include "cti_server.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/sim/script/simulator.hpp"
#include "load.hpp"
#include "pim_client.hpp"
#include "steps.hpp"

namespace cticonnector::sim::cc {

class Program : public Simulator, private Outside {
  public:
    Program(Settings settings, boost::asio::io_context& io, Output& output);

    Action compile(const std::string& verb, Object& step) override;
    void start() override;
    void stop() override;
    std::uint16_t port(SideName side) const { return server_.port(side); }

  private:
    void send(ClientSessionId session, std::span<const std::uint8_t> message) override;
    void close(ClientSessionId session) override;
    void send_to_application(std::span<const std::uint8_t> mr_message) override;
    void report(std::string_view event, const Json& fields) override;

    void arm() { alarm_.set(center_.next_deadline()); }

    Output& output_;
    Center center_;
    net::Alarm alarm_;
    CtiServer server_;
    PimClient pim_;
    Load load_;
    Steps steps_;
};

extern const std::span<const Sentence> sentences;

std::unique_ptr<Simulator> make_program(Object& script, boost::asio::io_context& io, Output& output);

}  // namespace cticonnector::sim::cc
