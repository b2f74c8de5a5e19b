#pragma once
// Where an HTTP request goes: the parts of a URL that a connection needs. Pure.

#include <cstdint>
#include <string>

namespace cticonnector::net {

struct HttpTarget {
    std::string host;  ///< name or address, an IPv6 one without brackets
    std::uint16_t port = 80;
    std::string path;  ///< with the query
    bool tls = false;  ///< https
    bool operator==(const HttpTarget&) const = default;

    /// "host:port", as a Host header wants it.
    std::string authority() const {
        const bool v6 = host.find(':') != std::string::npos;
        return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
    }
};

}  // namespace cticonnector::net
