#include "cticonnector/net/tls.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/verify_mode.hpp>

namespace cticonnector::net {

namespace asio = boost::asio;

namespace {

std::shared_ptr<TlsContext> context(TlsContext::method method) {
    auto made = std::make_shared<TlsContext>(method);
    made->set_options(TlsContext::default_workarounds | TlsContext::no_sslv2 | TlsContext::no_sslv3 |
                      TlsContext::no_tlsv1 | TlsContext::no_tlsv1_1 | TlsContext::no_compression);
    return made;
}

}  // namespace

std::shared_ptr<TlsContext> tls_server(const std::string& certificate, const Secret& key) {
    auto made = context(TlsContext::tls_server);
    made->use_certificate_chain(asio::buffer(certificate));
    // an encrypted key is an error: nobody sits at this terminal
    made->set_password_callback([](std::size_t, TlsContext::password_purpose) { return std::string(); });
    made->use_private_key(asio::buffer(key.reveal()), TlsContext::pem);
    return made;
}

std::shared_ptr<TlsContext> tls_client(const std::string& authorities) {
    auto made = context(TlsContext::tls_client);
    made->add_certificate_authority(asio::buffer(authorities));
    made->set_verify_mode(asio::ssl::verify_peer);
    return made;
}

}  // namespace cticonnector::net
