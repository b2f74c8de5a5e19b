#include "cticonnector/net/network.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace cticonnector::net {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

unsigned width(const address& of) { return of.is_v4() ? 32 : 128; }

/// Its bytes, those of an IPv4 address at the front.
address_v6::bytes_type bytes_of(const address& of) {
    if (of.is_v6()) return of.to_v6().to_bytes();
    address_v6::bytes_type bytes{};
    std::ranges::copy(of.to_v4().to_bytes(), bytes.begin());
    return bytes;
}

/// Of the byte at `at`, the bits that the first `prefix` bits have in it.
std::uint8_t mask(std::size_t at, unsigned prefix) {
    const std::size_t before = at * 8;
    if (prefix <= before) return 0;
    return prefix >= before + 8 ? std::uint8_t{0xFF}
                                : static_cast<std::uint8_t>(0xFF00U >> (prefix - before));
}

/// An IPv6 address without a zone is meant in every zone.
bool same_zone(const address& ours, const address& peer) {
    return ours.is_v4() || ours.to_v6().scope_id() == 0 || ours.to_v6().scope_id() == peer.to_v6().scope_id();
}

std::optional<unsigned> prefix_from(std::string_view digits, unsigned most) {
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc{} || end != digits.data() + digits.size() || prefix > most) return {};
    return prefix;
}

}  // namespace

address unmapped(const address& given) {
    if (!given.is_v6() || !given.to_v6().is_v4_mapped()) return given;
    return make_address_v4(boost::asio::ip::v4_mapped, given.to_v6());
}

Network::Network(const boost::asio::ip::address& one) : address(unmapped(one)), prefix(width(address)) {}
Network::Network(const boost::asio::ip::address& first, unsigned bits) : address(first), prefix(bits) {}

bool Network::contains(const boost::asio::ip::address& peer) const {
    if (peer.is_v4() != address.is_v4() || !same_zone(address, peer)) return false;
    const auto ours = bytes_of(address);
    const auto theirs = bytes_of(peer);
    for (std::size_t at = 0; at < ours.size() && at * 8 < prefix; ++at) {
        if (((ours[at] ^ theirs[at]) & mask(at, prefix)) != 0) return false;
    }
    return true;
}

Network Network::base() const {
    auto bytes = bytes_of(address);
    for (std::size_t at = 0; at < bytes.size(); ++at) bytes[at] &= mask(at, prefix);
    if (address.is_v6()) return {address_v6{bytes, address.to_v6().scope_id()}, prefix};
    return {address_v4{address_v4::bytes_type{bytes[0], bytes[1], bytes[2], bytes[3]}}, prefix};
}

bool Network::single() const { return prefix == width(address); }

bool Network::is_open() const {
    constexpr unsigned widest_v4 = 8;
    constexpr unsigned widest_v6 = 16;
    static const Network of_sites{boost::asio::ip::make_address_v6("fc00::"), 7};
    if (prefix >= of_sites.prefix && of_sites.contains(address)) return false;
    return prefix < (address.is_v4() ? widest_v4 : widest_v6);
}

std::optional<Network> network_from(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    boost::system::error_code error;
    const auto first = boost::asio::ip::make_address(std::string{text.substr(0, slash)}, error);
    if (error) return {};
    if (slash == text.size()) return Network{first};
    const auto prefix = prefix_from(text.substr(slash + 1), width(first));
    if (!prefix) return {};
    constexpr unsigned of_mapped = 96;  // ::ffff:10.0.0.0/120 is 10.0.0.0/24
    const auto plain = unmapped(first);
    if (plain == first) return Network{first, *prefix};
    if (*prefix < of_mapped) return {};
    return Network{plain, *prefix - of_mapped};
}

std::string to_string(const Network& network) {
    const std::string text = network.address.to_string();
    return network.single() ? text : text + "/" + std::to_string(network.prefix);
}

bool allows(const std::vector<Network>& list, const address& peer) {
    return list.empty() ||
           std::ranges::any_of(list, [&](const Network& network) { return network.contains(peer); });
}

}  // namespace cticonnector::net
