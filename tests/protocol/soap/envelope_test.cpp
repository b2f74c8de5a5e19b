#include "cticonnector/protocol/soap/envelope.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "envelopes.hpp"

namespace cticonnector::soap {
namespace {

using namespace std::string_literals;

std::vector<std::string> texts(Element array) {
    std::vector<std::string> all;
    array.for_each([&](Element item) { all.push_back(item.text()); });
    return all;
}

TEST(Envelope, GivesHeaderAndParameters) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(
                  R"(<n:accept xmlns:n="urn:IciItemInterface">
              <itemId xsi:type="xsd:string">call-5001-17</itemId></n:accept>)",
                  R"(<h:user xmlns:h="urn:IciItemInterface" SOAP-ENV:mustUnderstand="0">MUELLERK</h:user>
              <h:language xmlns:h="urn:IciItemInterface" SOAP-ENV:mustUnderstand="0">EN</h:language>)")),
              std::nullopt);
    EXPECT_EQ(message.header().child("user").text(), "MUELLERK");
    EXPECT_EQ(message.header().child("language").text(), "EN");
    EXPECT_EQ(message.operation().name(), "accept");
    EXPECT_EQ(message.operation().child("itemId").text(), "call-5001-17");
    EXPECT_EQ(message.error(), std::nullopt);
}

TEST(Envelope, MatchesLocalNamesOnly) {
    Envelope message;
    ASSERT_EQ(message.load("<Envelope><x:Body><accept "
                           "xmlns='urn:other'><q:itemId>7</q:itemId></accept></x:Body></Envelope>"),
              std::nullopt);
    EXPECT_EQ(message.operation().child("itemId").text(), "7");
}

TEST(Envelope, ReadsAbsentLikeEmpty) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<a><empty/></a>")), std::nullopt);
    EXPECT_EQ(message.operation().child("empty").text(), "");
    EXPECT_EQ(message.operation().child("absent").text(), "");
    EXPECT_EQ(message.operation().child("absent").child("below").embedded(), "");
    EXPECT_FALSE(message.operation().child("absent"));
    EXPECT_TRUE(texts(message.operation().child("absent")).empty());
    EXPECT_EQ(message.error(), std::nullopt);
}

TEST(Envelope, KeepsBlanksCdataAndReferencesOfAText) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<a><b>  </b><c>x<!-- note --> <![CDATA[<&]]>&#xFC;&lt;</c></a>")),
              std::nullopt);
    EXPECT_EQ(message.operation().child("b").text(), "  ");
    EXPECT_EQ(message.operation().child("c").text(), "x <&\xC3\xBC<");
}

TEST(Envelope, TakesAnyChildNameInAnArray) {
    Envelope message;
    ASSERT_EQ(
        message.load(envelope(
            "<a><list><item>1</item><x:string>2</x:string><SOAP-ENC:string>3</SOAP-ENC:string></list></a>")),
        std::nullopt);
    EXPECT_EQ(texts(message.operation().child("list")), (std::vector<std::string>{"1", "2", "3"}));
}

TEST(Envelope, HonoursTheDeclaredEncoding) {
    Envelope message;
    ASSERT_EQ(
        message.load(
            "<?xml version='1.0' encoding='ISO-8859-1'?><Envelope><Body><a>M\xFCller</a></Body></Envelope>"),
        std::nullopt);
    EXPECT_EQ(message.operation().text(), "M\xC3\xBCller");
}

TEST(Envelope, TakesTheEncodingOfItsContentType_R_DEC_70) {
    Envelope message;
    ASSERT_EQ(
        message.load("<Envelope><Body><a>M\xFCller</a></Body></Envelope>", {}, "text/xml; charset=latin1"),
        std::nullopt);
    EXPECT_EQ(message.operation().text(), "M\xC3\xBCller");
}

TEST(Envelope, RefusesBrokenUtf8AndSaysWhere_R_DEC_70) {
    Envelope message;
    EXPECT_EQ(message.load("<Envelope><Body><a>M\xFCller</a></Body></Envelope>"),
              (Error{Problem::bad_text, "The message is not UTF-8: byte 0xFC at offset 20"}));
}

/// SOAP 1.1 section 4.2.2
// R-DEC-79
TEST(Envelope, LeavesHeaderEntriesForAnotherActorAlone_R_DEC_79) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<a/>",
                                    R"(<route SOAP-ENV:mustUnderstand="1" SOAP-ENV:actor="http://gw.example"/>
                                        <user SOAP-ENV:actor="http://gw.example">GATEWAY</user>
                                        <user SOAP-ENV:actor="http://schemas.xmlsoap.org/soap/actor/next">U</user>
                                        <last SOAP-ENV:mustUnderstand="1" SOAP-ENV:actor="urn:x"/>)"),
                           {"user"}),
              std::nullopt);
    EXPECT_EQ(message.header().child("user").text(), "U");
}

TEST(Envelope, UnderstandsEntriesForTheNextActor_R_DEC_79) {
    for (const auto actor : {"", "http://schemas.xmlsoap.org/soap/actor/next"}) {
        Envelope message;
        const auto error = message.load(
            envelope("<a/>", std::string("<x SOAP-ENV:mustUnderstand='1' SOAP-ENV:actor='") + actor + "'/>"));
        ASSERT_TRUE(error) << actor;
        EXPECT_EQ(error->problem, Problem::must_understand);
    }
}

TEST(Envelope, AnOperationWithAnIdThatNobodyRefersToIsTheOperation_R_DEC_79) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<accept id='o1'><itemId id='i1'>7</itemId></accept>")), std::nullopt);
    EXPECT_EQ(message.operation().name(), "accept");
    EXPECT_EQ(message.operation().child("itemId").text(), "7");
}

TEST(Envelope, TypedBinaryIsDecodedWhereTextIsExpected_R_DEC_79) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<op><a xsi:type='xsd:base64Binary'>SsOWUkc=</a>"
                                    "<b xsi:type='SOAP-ENC:base64'>\n SsOW\n UkdK \n</b>"
                                    "<c xsi:type='xsd:hexBinary'>4AC3965247</c>"
                                    "<d xsi:type='xsd:hexBinary'>4ac396</d>"
                                    "<e xsi:type='xsd:base64Binary'/>"
                                    "<f xsi:type='xsd:string'>SsOWUkc=</f>"
                                    "<g xsi:type='xsd:base64Binary'>PGE+MTwvYT4=</g></op>")),
              std::nullopt);
    const auto text = [&](std::string_view name) { return message.operation().child(name).text(); };
    EXPECT_EQ(text("a"), "J\xC3\x96RG");
    EXPECT_EQ(text("b"), "J\xC3\x96RGJ");
    EXPECT_EQ(text("c"), "J\xC3\x96RG");
    EXPECT_EQ(text("d"), "J\xC3\x96");
    EXPECT_EQ(text("e"), "");
    EXPECT_EQ(text("f"), "SsOWUkc=");
    EXPECT_EQ(message.operation().child("g").embedded(), "<a>1</a>");
    EXPECT_EQ(message.error(), std::nullopt);
}

TEST(Envelope, TypedBinaryThatIsNoTextIsRefused_R_DEC_79) {
    for (const auto value :
         {"<a xsi:type='xsd:base64Binary'>SsOWUkc</a>", "<a xsi:type='xsd:base64Binary'>S=OW</a>",
          "<a xsi:type='xsd:base64Binary'>====</a>", "<a xsi:type='xsd:base64Binary'>Ss\xC3\x96W</a>",
          "<a xsi:type='xsd:base64Binary'>/w==</a>", "<a xsi:type='xsd:base64Binary'>AA==</a>",
          "<a xsi:type='xsd:hexBinary'>4AC</a>", "<a xsi:type='xsd:hexBinary'>4G</a>"}) {
        Envelope message;
        ASSERT_EQ(message.load(envelope(std::string("<op>") + value + "</op>")), std::nullopt);
        EXPECT_EQ(message.operation().child("a").text(), "") << value;
        ASSERT_TRUE(message.error()) << value;
        EXPECT_EQ(message.error()->problem, Problem::bad_text);
        EXPECT_EQ(http_status(message.error()->problem), 400);
        EXPECT_TRUE(message.error()->text.starts_with("Element a is no UTF-8 text in "))
            << message.error()->text;
    }
}

TEST(Envelope, TakesAnEmbeddedDocumentEscapedOrNested) {
    Envelope message;
    ASSERT_EQ(message.load(envelope("<op><a>&lt;R&gt;&lt;V&gt;x &amp;amp; y&lt;/V&gt;&lt;/R&gt;</a>"
                                    "<b>\n  <R><V>x &amp; y</V></R>\n</b></op>")),
              std::nullopt);
    EXPECT_EQ(message.operation().child("a").embedded(), "<R><V>x &amp; y</V></R>");
    EXPECT_EQ(message.operation().child("b").embedded(), "<R><V>x &amp; y</V></R>");
}

// R-DEC-44
TEST(Envelope, RefusesAnUnknownHeaderThatMustBeUnderstood) {
    Envelope message;
    const auto error = message.load(envelope(
        "<a/>", R"(<h:user>U</h:user><h:transaction SOAP-ENV:mustUnderstand="1">5</h:transaction>)"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->problem, Problem::must_understand);
    EXPECT_EQ(error->text, "Header entry transaction is not understood");
    EXPECT_EQ(message.header().child("user").text(), "U");
}

TEST(Envelope, IgnoresAnUnknownHeaderThatNeedNotBeUnderstood) {
    Envelope message;
    EXPECT_EQ(message.load(envelope("<a/>", R"(<trace SOAP-ENV:mustUnderstand="0"/><other/>)")),
              std::nullopt);
}

TEST(Envelope, AcceptsAHeaderThatItUnderstands) {
    Envelope message;
    EXPECT_EQ(message.load(envelope("<a/>", R"(<h:user SOAP-ENV:mustUnderstand="1">U</h:user>)"), {"user"}),
              std::nullopt);
}

struct BadCase {
    std::string_view name;
    std::string text;
    Problem problem;
};

class BadEnvelope : public testing::TestWithParam<BadCase> {};

TEST_P(BadEnvelope, IsRefusedWithItsProblem) {
    Envelope message;
    const auto error = message.load(GetParam().text);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->problem, GetParam().problem) << error->text;
    EXPECT_FALSE(error->text.empty());
}

std::string nested(int levels) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += "<a>";
    for (int i = 0; i < levels; ++i) text += "</a>";
    return text;
}

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadEnvelope,
    testing::Values(
        BadCase{"Empty", "", Problem::not_xml}, BadCase{"Blank", " \n", Problem::not_xml},
        BadCase{"NoXml", "GET / HTTP/1.1", Problem::not_xml},
        BadCase{"Junk", std::string(1 << 20, 'A'), Problem::not_xml},
        BadCase{"JunkOfMarkup", std::string(1 << 20, '<'), Problem::not_xml},
        BadCase{"JunkOfEntities", "<a>" + repeated("&lt;", 1 << 18), Problem::not_xml},
        BadCase{"Cut", "<Envelope><Body><a/>", Problem::not_xml},
        BadCase{"WrongOrder", "<Envelope><Body></Envelope></Body>", Problem::not_xml},
        BadCase{"TwoRoots", "<Envelope><Body><a/></Body></Envelope><Envelope/>", Problem::not_xml},
        BadCase{"TextBefore", "junk<Envelope><Body><a/></Body></Envelope>", Problem::not_xml},
        BadCase{"TextAfter", "<Envelope><Body><a/></Body></Envelope>junk", Problem::not_xml},
        BadCase{"Nul", "<Envelope><Body><a>\0</a></Body></Envelope>"s, Problem::not_xml},
        BadCase{"NulAfter", "<Envelope><Body><a/></Body></Envelope>\0"s, Problem::not_xml},
        BadCase{"Doctype", "<!DOCTYPE Envelope><Envelope><Body><a/></Body></Envelope>", Problem::doctype},
        BadCase{"Entities",
                "<!DOCTYPE E [<!ENTITY a \"aaaa\"><!ENTITY b "
                "\"&a;&a;&a;\">]><Envelope><Body><x>&b;</x></Body></Envelope>",
                Problem::doctype},
        BadCase{"ExternalEntity",
                "<!DOCTYPE E [<!ENTITY a SYSTEM "
                "\"file:///etc/hostname\">]><Envelope><Body><x>&a;</x></Body></Envelope>",
                Problem::doctype},
        BadCase{"NoEnvelope", "<definitions/>", Problem::no_envelope},
        BadCase{"NoBody", "<Envelope><Header/></Envelope>", Problem::no_body},
        BadCase{"EmptyBody", "<Envelope><Body/></Envelope>", Problem::no_operation},
        BadCase{"OnlyValues",
                "<Envelope><Header><user href='#1'/></Header><Body><multiRef id='1'/></Body></Envelope>",
                Problem::no_operation},
        BadCase{"OnlyANonRoot", "<Envelope><Body><multiRef id='1' e:root='0'/></Body></Envelope>",
                Problem::no_operation},
        BadCase{"TwoWithIds", "<Envelope><Body><a id='1'/><b id='2'/></Body></Envelope>",
                Problem::several_operations},
        // pugixml would read what follows a reference to nothing as if it were not there
        BadCase{"ReferenceToNul", "<Envelope><Body><a>x&#0;y</a></Body></Envelope>", Problem::not_xml},
        BadCase{"ReferenceToAControl", "<Envelope><Body><a b='&#x1F;'/></Body></Envelope>", Problem::not_xml},
        BadCase{"ReferenceToASurrogate", "<Envelope><Body><a>&#xD800;</a></Body></Envelope>",
                Problem::not_xml},
        BadCase{"ReferenceBeyondUnicode", "<Envelope><Body><a>&#x110000;</a></Body></Envelope>",
                Problem::not_xml},
        BadCase{"ReferenceThatOverflows", "<Envelope><Body><a>&#4294967361;</a></Body></Envelope>",
                Problem::not_xml},
        BadCase{"Control", "<Envelope><Body><a>\x01</a></Body></Envelope>", Problem::not_xml},
        BadCase{"Noncharacter", "<Envelope><Body><a>\xEF\xBF\xBF</a></Body></Envelope>", Problem::not_xml},
        BadCase{"NotUtf8", "<Envelope><Body><a>\xED\xA0\x80</a></Body></Envelope>", Problem::bad_text},
        BadCase{"UnknownEncoding",
                "<?xml version='1.0' encoding='IBM037'?><Envelope><Body><a/></Body></Envelope>",
                Problem::unknown_encoding},
        BadCase{"TwoOperations", "<Envelope><Body><a/><b/></Body></Envelope>", Problem::several_operations},
        BadCase{"TooDeep", envelope(nested(63)), Problem::too_deep},
        BadCase{"DepthBomb", nested(100000), Problem::too_deep}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(Envelope, AcceptsTheDeepestNesting) {
    Envelope message;
    EXPECT_EQ(message.load(envelope(nested(max_depth - 2))), std::nullopt);
}

}  // namespace
}  // namespace cticonnector::soap
