// Packet captures, explained message by message (R-DEC-89).
#include "cticonnector/protocol/wire/capture.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/ged188/dump.hpp"
#include "protocol/pcap_file.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using cticonnector::testing::LinkType;
using cticonnector::testing::PcapFile;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

/// HEARTBEAT_REQ or HEARTBEAT_CONF with that InvokeID.
std::string heartbeat(char id, bool answer = false) {
    return std::string("\0\0\0\4\0\0\0", 7) + (answer ? '\6' : '\5') + std::string("\0\0\0", 3) + id;
}

Dump explain(const std::string& file, std::optional<std::uint16_t> port = std::nullopt) {
    return wire::dump(protocol, wire::read_pcap(file, port), Version{24}, version_after);
}

/// The InvokeIDs in the order of the text.
std::vector<int> invoke_ids(const Dump& dump) {
    constexpr std::string_view before = "InvokeID = ";
    std::vector<int> ids;
    for (auto at = dump.text.find(before); at != std::string::npos; at = dump.text.find(before, at + 1))
        ids.push_back(std::stoi(dump.text.substr(at + before.size())));
    return ids;
}

TEST(Capture, NamesTimeEndsAndPlaceOfEachMessage_R_DEC_89) {
    const Dump dump = explain(PcapFile{}
                                  .open(100, 900)
                                  .to_server(101, heartbeat(7) + heartbeat(8))
                                  .to_client(901, heartbeat(7, true))
                                  .text);
    EXPECT_EQ(
        dump.text,
        "2026-01-31T12:00:02.123456Z 10.0.0.1:40000 > 10.0.0.2:42027, byte 0: HEARTBEAT_REQ (5), 4 bytes\n"
        "    InvokeID = 7\n"
        "2026-01-31T12:00:02.123456Z 10.0.0.1:40000 > 10.0.0.2:42027, byte 12: HEARTBEAT_REQ (5), 4 bytes\n"
        "    InvokeID = 8\n"
        "2026-01-31T12:00:03.123456Z 10.0.0.2:42027 > 10.0.0.1:40000, byte 0: HEARTBEAT_CONF (6), 4 bytes\n"
        "    InvokeID = 7\n");
    EXPECT_EQ(dump.problems, 0u);
}

TEST(Capture, ReadsEveryLinkAndByteOrder_R_DEC_89) {
    using Options = PcapFile::Options;
    const Options all[]{{},
                        {.little = false},
                        {.nanoseconds = true},
                        {.vlan = true},
                        {.v6 = true},
                        {.link = LinkType::raw},
                        {.link = LinkType::raw, .v6 = true},
                        {.link = LinkType::loopback},
                        {.link = LinkType::loopback, .v6 = true},
                        {.link = LinkType::cooked},
                        {.link = LinkType::cooked_2, .little = false, .v6 = true}};
    for (const Options& options : all) {
        const Dump dump = explain(PcapFile{options}.open(1, 1).to_server(2, heartbeat(7)).text);
        EXPECT_THAT(dump.text,
                    HasSubstr(options.v6 ? "Z [fd00::1]:40000 > [fd00::2]:42027, byte 0: HEARTBEAT_REQ"
                                         : "Z 10.0.0.1:40000 > 10.0.0.2:42027, byte 0: HEARTBEAT_REQ"));
        EXPECT_THAT(dump.text, HasSubstr("2026-01-31T12:00:02.123456Z"));
        EXPECT_EQ(dump.problems, 0u) << dump.text;
    }
}

TEST(Capture, PutsSegmentsInTheirOrder_R_DEC_89) {
    const std::string stream = heartbeat(1) + heartbeat(2) + heartbeat(3);
    const auto part = [&](std::size_t at, std::size_t size) { return stream.substr(at, size); };
    const std::uint32_t first = 0xFFFFFFFA;  // wraps within the first message
    const Dump dump = explain(PcapFile{}
                                  .open(first - 1, 1)
                                  .to_server(first + 20, part(20, 16))
                                  .to_server(first, part(0, 5))
                                  .to_server(first, part(0, 5))
                                  .to_server(first + 3, part(3, 10))
                                  .to_server(first + 13, part(13, 9))
                                  .to_server(first + 13, part(13, 9))
                                  .text);
    EXPECT_THAT(invoke_ids(dump), ElementsAre(1, 2, 3));
    EXPECT_EQ(dump.problems, 0u) << dump.text;
}

TEST(Capture, GoesOnBehindWhatItLacks_R_DEC_89) {
    const Dump dump = explain(PcapFile{}
                                  .open(0, 0)
                                  .to_server(1, heartbeat(1) + heartbeat(2).substr(0, 6))
                                  .to_server(1 + 24 + 7, "rest of a message" + heartbeat(3))
                                  .to_server(1 + 24 + 7 + 29, heartbeat(4))
                                  .to_client(1, heartbeat(5, true))
                                  .text);
    EXPECT_THAT(invoke_ids(dump), ElementsAre(1, 4, 5));
    EXPECT_THAT(dump.text, HasSubstr("! the capture lacks 13 bytes from byte 18 on\n"));
    EXPECT_THAT(dump.text, HasSubstr("! passed over 29 bytes from byte 31 on"));
    EXPECT_EQ(dump.problems, 2u) << dump.text;
}

TEST(Capture, BeginsWhereTheCaptureDoes_R_DEC_89) {
    const Dump dump = explain(
        PcapFile{}.to_server(5000, heartbeat(1).substr(3)).to_server(5009, heartbeat(2) + heartbeat(3)).text);
    EXPECT_THAT(invoke_ids(dump), ElementsAre(2, 3));
    EXPECT_EQ(dump.problems, 1u);
}

TEST(Capture, TellsConnectionsOfTheSamePortsApart_R_DEC_89) {
    const Dump dump = explain(PcapFile{}
                                  .open(0, 0)
                                  .to_server(1, heartbeat(1))
                                  .packet(true, 13, {}, PcapFile::reset)
                                  .open(7000, 9000)
                                  .to_server(7001, heartbeat(2))
                                  .to_client(9001, heartbeat(2, true))
                                  .text);
    EXPECT_THAT(invoke_ids(dump), ElementsAre(1, 2, 2));
    EXPECT_EQ(dump.problems, 0u) << dump.text;
}

// OPEN_REQ says which version its session speaks; OPEN_CONF has two fields less then.
TEST(Capture, KnowsTheVersionFromOpenReq_R_DEC_89) {
    std::vector<std::uint8_t> request, answer;
    ASSERT_TRUE(ged188::encode(
        OpenReq{.invoke_id = 1, .version_number = 15, .client_id = "c", .client_password = "p"}, Version{15},
        request));
    ASSERT_TRUE(ged188::encode(OpenConf{.invoke_id = 1, .peripheral_online = true}, Version{15}, answer));
    const std::string file = PcapFile{}
                                 .open(0, 0)
                                 .to_server(1, std::string{request.begin(), request.end()})
                                 .to_client(1, std::string{answer.begin(), answer.end()})
                                 .text;
    const Dump dump = explain(file);
    EXPECT_EQ(dump.problems, 0u) << dump.text;
    EXPECT_THAT(dump.text, Not(HasSubstr("SessionType")));
    EXPECT_GT(wire::dump(protocol, wire::read_pcap(file), Version{24}).problems, 0u)
        << "as it would be otherwise";
}

TEST(Capture, TakesOnePort_R_DEC_89) {
    const std::string file = PcapFile{}.open(0, 0).to_server(1, heartbeat(1)).text;
    EXPECT_THAT(invoke_ids(explain(file, 42027)), ElementsAre(1));
    const Dump none = explain(file, 42028);
    EXPECT_EQ(none.text, "! no data of a TCP connection at port 42028 in 3 packets\n");
    EXPECT_EQ(none.problems, 1u);
}

TEST(Capture, SaysWhatItCannotRead_R_DEC_89) {
    const auto problems = [](const std::string& file) { return wire::read_pcap(file).problems; };
    EXPECT_THAT(problems("hello"), ElementsAre("this is no pcap file"));
    EXPECT_THAT(problems("\x0a\x0d\x0d\x0a"), ElementsAre(HasSubstr("pcapng")));
    EXPECT_TRUE(wire::looks_like_capture("\x0a\x0d\x0d\x0a"));
    const std::string file = PcapFile{}.to_server(1, heartbeat(1)).text;
    EXPECT_TRUE(wire::looks_like_capture(file));
    EXPECT_THAT(problems(file.substr(0, 20))[0], "the file ends inside its header: 20 bytes of 24");
    EXPECT_THAT(problems(file.substr(0, 30))[0], "packet 1 at byte 24: the file ends inside it");
    EXPECT_THAT(problems(file.substr(0, file.size() - 1))[0], "packet 1 at byte 24: the file ends inside it");
    std::string long_packet = file;
    long_packet[24 + 11] = 0x7F;
    EXPECT_THAT(problems(long_packet)[0], HasSubstr("packet 1 at byte 24: a length of 21307"));
    std::string wifi = file;
    wifi[20] = 105;
    EXPECT_THAT(problems(wifi)[0], HasSubstr("link type 105"));
    PcapFile cut;
    cut.frame(cut.link(cut.ip(true, cut.tcp(true, 1, heartbeat(1), PcapFile::ack))), 20);
    EXPECT_THAT(problems(cut.text)[0],
                HasSubstr("packet 1 at byte 24: only 50 of its 70 bytes were captured"));
    std::string fragment = file;
    fragment[24 + 16 + 14 + 6] = 0x20;
    EXPECT_THAT(problems(fragment)[0], HasSubstr("a fragment of an IP packet"));
}

// Each cut and each changed byte of a capture has an end and a text.
TEST(Capture, SurvivesEveryCutAndEveryChangedByte_R_DEC_89) {
    const std::string file = PcapFile{{.v6 = true, .vlan = true}}
                                 .open(0, 0)
                                 .to_server(1, heartbeat(1))
                                 .to_server(21, heartbeat(2))
                                 .text;
    for (std::size_t size = 0; size < file.size(); ++size) explain(file.substr(0, size));
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const int change : {0x01, 0x80, 0xFF}) {
            std::string changed = file;
            changed[at] = static_cast<char>(changed[at] ^ change);
            EXPECT_THAT(explain(changed).text, Not(IsEmpty())) << at;
        }
    }
}

}  // namespace
