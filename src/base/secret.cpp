// What OpenSSL does for secrets.

#include "cticonnector/base/secret.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "cticonnector/base/base64.hpp"

namespace cticonnector {

bool Secret::operator==(const Secret& other) const {
    return text_.size() == other.text_.size() &&
           CRYPTO_memcmp(text_.data(), other.text_.data(), text_.size()) == 0;
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // and the NUL that it writes
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

}  // namespace cticonnector
