#pragma once
// What TLS needs of certificates (TLS 1.2 and 1.3). Texts are PEM. Errors: boost::system::system_error with
// what OpenSSL says.

#include <memory>
#include <string>

#include "cticonnector/base/secret.hpp"

namespace boost::asio::ssl {
class context;
}

namespace cticonnector::net {

using TlsContext = boost::asio::ssl::context;

/// For a server that shows `certificate`, with those that signed it behind it.
std::shared_ptr<TlsContext> tls_server(const std::string& certificate, const Secret& key);
/// For a client that asks for a certificate signed by one of `authorities`.
std::shared_ptr<TlsContext> tls_client(const std::string& authorities);

}  // namespace cticonnector::net
