// Damaged messages: whatever comes in, readers give a value or an error, and what they read can be written
// and read again. Deterministic: the same damage in every run.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "cticonnector/protocol/ici/attached_data.hpp"
#include "filled.hpp"
#include "samples.hpp"

namespace cticonnector::ici {
namespace {

constexpr std::array<std::string_view, 20> fragments{"<",
                                                     ">",
                                                     "/>",
                                                     "</",
                                                     "&",
                                                     "&#0;",
                                                     "&#xD800;",
                                                     "]]>",
                                                     "<![CDATA[",
                                                     "<!--",
                                                     "-->",
                                                     "<?",
                                                     "href=\"#1\"",
                                                     "id=\"1\"",
                                                     "xsi:type=\"\"",
                                                     "\xFF",
                                                     "\xED\xA0\x80",
                                                     "<item/>",
                                                     "SOAP-ENC:root=\"0\"",
                                                     "\r"};

class Damage {
  public:
    std::string apply(std::string text) {
        const auto times = below(4) + 1;
        for (std::size_t i = 0; i < times && !text.empty(); ++i) once(text);
        return text;
    }

  private:
    // The engine's numbers are fixed by the standard, those of the distributions are not.
    std::size_t below(std::size_t limit) { return random_() % limit; }

    void once(std::string& text) {
        const auto at = below(text.size());
        const auto length = below(text.size() - at) % 64;
        switch (below(6)) {
            case 0: text[at] = static_cast<char>(below(256)); break;
            case 1: text.erase(at, length); break;
            case 2: text.insert(at, text.substr(below(text.size()), length)); break;
            case 3: text.insert(at, fragments[below(fragments.size())]); break;
            case 4: text.replace(at, length, fragments[below(fragments.size())]); break;
            default: text.resize(at); break;
        }
    }

    std::mt19937 random_{20240131};
};

constexpr int rounds = 400;

TEST(Mutation, OfRequestsEndsInAValueOrAnError) {
    Damage damage;
    std::vector<std::string> originals{sample::accept(), sample::subscribe(), sample::reroute()};
    for (const auto& request : AllOf<Request>::filled())
        originals.push_back(write_request({{"U", "DE"}, request}));
    int read = 0, refused = 0;
    for (const auto& original : originals) {
        for (int i = 0; i < rounds; ++i) {
            const auto message = read_request(damage.apply(original));
            ++(message ? read : refused);
            if (!message) {
                EXPECT_GE(message.error().http_status, 400);
                EXPECT_FALSE(message.error().fault.text.empty());
                continue;
            }
            const auto again = read_request(write_request(*message));
            ASSERT_TRUE(again);
            EXPECT_EQ(*again, *message);
        }
    }
    EXPECT_GT(read, rounds / 2);
    EXPECT_GT(refused, rounds);
}

TEST(Mutation, OfEventsEndsInAValueOrAnError) {
    Damage damage;
    std::vector<std::string> originals{sample::phone_call_changed(), sample::chat_new_posting()};
    for (const auto& event : AllOf<Event>::filled()) originals.push_back(write_event(event));
    int read = 0, refused = 0;
    for (const auto& original : originals) {
        for (int i = 0; i < rounds; ++i) {
            const auto event = read_event(damage.apply(original));
            ++(event ? read : refused);
            if (!event) continue;
            const auto again = read_event(write_event(*event));
            ASSERT_TRUE(again);
            EXPECT_EQ(*again, *event);
        }
    }
    EXPECT_GT(read, rounds / 2);
    EXPECT_GT(refused, rounds);
}

TEST(Mutation, OfAnswersEndsInAValueOrAnError) {
    Damage damage;
    const std::array originals{sample::accept_reply(), sample::fault(),
                               write_reply(Operation::get_attributes, filled<User>())};
    std::array<int, std::variant_size_v<Answer>> seen{};
    for (const auto& original : originals)
        for (int i = 0; i < rounds; ++i)
            ++seen[read_reply(Operation::get_attributes, damage.apply(original)).index()];
    for (int count : seen) EXPECT_GT(count, 0);
}

TEST(Mutation, OfAttachedDataEndsInAValueOrAnError) {
    Damage damage;
    const std::string original =
        "<ItemAttachedData xmlns:x='urn:x'><Application id=\"SAP-IC\"><CV01>a</CV01><MID>7</MID>"
        "<ECC><user_a>b</user_a></ECC><WrapUp>c</WrapUp></Application>"
        "<x:Application id='B'><!-- > --><![CDATA[<]]>&lt;<y z=\">\"/></x:Application>"
        "</ItemAttachedData>";
    int read = 0, refused = 0;
    for (int i = 0; i < 100 * rounds; ++i) {
        const auto data = read_attached_data(damage.apply(original));
        ++(data ? read : refused);
        if (!data) continue;
        const auto again = read_attached_data(write_attached_data(*data));
        ASSERT_TRUE(again);
        EXPECT_EQ(*again, *data);
    }
    EXPECT_GT(read, rounds / 2);
    EXPECT_GT(refused, rounds);
}

}  // namespace
}  // namespace cticonnector::ici
