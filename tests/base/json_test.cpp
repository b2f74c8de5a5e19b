// Described values as JSON, and back.
#include "cticonnector/base/json.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace cticonnector {
namespace {

enum class Colour : std::uint8_t { red = 1, blue };
BOOST_DESCRIBE_ENUM(Colour, red, blue)
constexpr auto own_words(Colour) { return std::array{Word{Colour::blue, "sky blue"}}; }

struct Square {
    int side = 0;
    bool operator==(const Square&) const = default;
};
BOOST_DESCRIBE_STRUCT(Square, (), (side))
struct Circle {
    int radius = 0;
    bool operator==(const Circle&) const = default;
};
BOOST_DESCRIBE_STRUCT(Circle, (), (radius))

struct Picture {
    Colour colour{};
    std::variant<Square, Circle> shape;
    std::optional<int> price;
    std::vector<std::pair<std::string, Id<struct PainterTag, int>>> painters;
    std::chrono::milliseconds age{};
    std::shared_ptr<const Square> frame;
    Owned<Circle> seal;
    Secret code;
};
BOOST_DESCRIBE_STRUCT(Picture, (), (colour, shape, price, painters, age, frame, seal, code))

TEST(DescribedJson, IsByNamesAndWords) {
    const Picture picture{.colour = Colour::blue,
                          .shape = Circle{3},
                          .price = {},
                          .painters = {{"A", {1}}},
                          .age = std::chrono::seconds{1},
                          .frame = std::make_shared<const Square>(Square{2}),
                          .seal = {},
                          .code = Secret("geheim")};
    EXPECT_EQ(write_json(picture).dump(),
              R"({"colour":"sky blue","shape":{"type":"Circle","radius":3},"price":null,)"
              R"("painters":[["A",1]],"age":1000,"frame":{"side":2},"seal":null,"code":"***"})");
}

TEST(DescribedJson, ComesBack) {
    const Picture before{.colour = Colour::red,
                         .shape = Square{4},
                         .price = 5,
                         .painters = {{"A", {1}}, {"B", {2}}},
                         .age = std::chrono::milliseconds{7},
                         .frame = {},
                         .seal = Owned<Circle>(Circle{9}),
                         .code = {}};
    const Json json = write_json(before);
    const auto after = read_json<Picture>(Json::parse(json.dump()));
    EXPECT_EQ(write_json(after), json);
    EXPECT_EQ(std::get<Square>(after.shape), Square{4});
    EXPECT_EQ(after.painters[1].second.value, 2);
    EXPECT_EQ(after.seal->radius, 9);
    EXPECT_TRUE(after.code.empty());
}

TEST(DescribedJson, RefusesWhatItDoesNotKnow) {
    EXPECT_THROW(read_json<Picture>(Json::parse(R"({"colour":"green"})")), std::invalid_argument);
    EXPECT_THROW(read_json<Picture>(Json::parse(R"({"shape":{"type":"Cube"}})")), std::invalid_argument);
    EXPECT_THROW(read_json<Picture>(Json::parse(R"({"price":"high"})")), nlohmann::json::exception);
    for (const char* text : {"5", "[]", R"({"painters":5})", R"({"shape":[]})", R"({"frame":5})"})
        EXPECT_ANY_THROW(read_json<Picture>(Json::parse(text))) << text;
}

}  // namespace
}  // namespace cticonnector
