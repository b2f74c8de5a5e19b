#include "cticonnector/sim/script/object.hpp"

#include <gmock/gmock.h>

namespace cticonnector::sim {
namespace {

std::string error_of(const std::function<void()>& read) {
    try {
        read();
    } catch (const ScriptError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Object, GivesValuesAndFallbacks) {
    const Json json =
        parse_json(R"({"a":"x","b":true,"n":7,"ms":250,"list":["p","q"],"map":{"k":"v"}} // end)", "test");
    Object object(json, "script");
    EXPECT_EQ(object.text("a"), "x");
    EXPECT_EQ(object.text("z", "fallback"), "fallback");
    EXPECT_TRUE(object.flag("b"));
    EXPECT_EQ(object.integer<std::uint16_t>("n"), 7);
    EXPECT_EQ(object.integer<std::uint16_t>("m", 9), 9);
    EXPECT_EQ(object.duration("ms"), std::chrono::milliseconds{250});
    EXPECT_THAT(object.texts("list"), testing::ElementsAre("p", "q"));
    EXPECT_THAT(object.pairs("map"), testing::ElementsAre(testing::Pair("k", "v")));
    EXPECT_THAT(object.objects("nothing"), testing::IsEmpty());
    EXPECT_NO_THROW(object.done());
}

TEST(Object, EveryErrorNamesItsPlace) {
    const Json json = parse_json(R"({"a":1,"n":70000,"w":"blue","deep":[{"x":1},{}]})", "test");
    Object object(json, "script");
    EXPECT_EQ(error_of([&] { object.text("a"); }), "script.a: must be a text");
    EXPECT_EQ(error_of([&] { object.text("b"); }), "script.b: is missing");
    EXPECT_EQ(error_of([&] { object.integer<std::uint16_t>("n"); }),
              "script.n: must be a whole number 0..65535");
    constexpr std::array<std::pair<std::string_view, int>, 2> words{{{"red", 1}, {"green", 2}}};
    EXPECT_EQ(error_of([&] { object.word<int>("w", words); }), "script.w: \"blue\" is none of red, green");
    EXPECT_EQ(error_of([&] { object.objects("deep")[1].flag("x"); }), "script.deep[1].x: is missing");
    EXPECT_EQ(error_of([&] { object.flag("a", false); }), "script.a: must be true or false");
    EXPECT_EQ(error_of([&] { parse_json("{\n  \"a\": }", "file.json"); }).substr(0, 45),
              "file.json: parse error at line 2, column 8: s");
}

TEST(Object, RefusesAKeyThatNobodyAskedFor) {
    const Json json = parse_json(R"({"agents":[],"agnets":[]})", "test");
    Object object(json, "script");
    object.objects("agents");
    EXPECT_EQ(error_of([&] { object.done(); }), "script.agnets: is not a known key here");
}

}  // namespace
}  // namespace cticonnector::sim
