#include "platform/helper/packet.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>

using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using namespace blindfold::helper;

namespace {

struct Pair {
  Pair() {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0);
    near = UniqueFd(ends[0]);
    far = UniqueFd(ends[1]);
  }
  UniqueFd near;
  UniqueFd far;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(packet_tests)

BOOST_AUTO_TEST_CASE(a_request_comes_back_as_it_was) {
  const auto request = decode_request(encode(Request{1ULL << 40U, "kubeconfig user \"a b\""}));
  BOOST_REQUIRE(request.has_value());
  BOOST_TEST(request->id == 1ULL << 40U);
  BOOST_TEST(request->name == "kubeconfig user \"a b\"");
}

BOOST_AUTO_TEST_CASE(a_report_comes_back_as_it_was) {
  const auto report = decode_report(encode(
      Report{7, Report::Kind::failed, Error{ErrorKind::missing, "no such file", "install"}}));
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(report->id == 7U);
  BOOST_CHECK(report->kind == Report::Kind::failed);
  BOOST_CHECK(report->error.kind == ErrorKind::missing);
  BOOST_TEST(report->error.what == "no such file");
  BOOST_TEST(report->error.hint == "install");
}

BOOST_AUTO_TEST_CASE(a_report_that_is_too_long_is_cut) {
  const std::string packet = encode(
      Report{7, Report::Kind::failed, Error{ErrorKind::internal, std::string(9000, 'x'), "hint"}});
  BOOST_TEST(packet.size() == longest_packet);
  const auto report = decode_report(packet);
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(report->error.what.starts_with("xxx"));
  BOOST_TEST(report->error.hint.empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_of_the_form_is_nothing) {
  BOOST_TEST(!decode_request("").has_value());
  BOOST_TEST(!decode_request("12345678").has_value());
  BOOST_TEST(!decode_request("12345678" + std::string(longest_name + 1, 'n')).has_value());
  BOOST_TEST(!decode_report("12345678").has_value());
  BOOST_TEST(!decode_report(std::string("12345678\x03\x00", 10)).has_value());
  BOOST_TEST(!decode_report(std::string("12345678\x00\x09", 10)).has_value());
  BOOST_TEST(decode_report(std::string("12345678\x00\x00", 10)).has_value());
}

BOOST_AUTO_TEST_CASE(a_descriptor_comes_with_its_packet_closed_on_exec) {
  const Pair pair;
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const UniqueFd reading(ends[0]);
  const UniqueFd writing(ends[1]);
  BOOST_REQUIRE(send_packet(pair.near.get(), "a", Wait::yes, reading.get()).has_value());
  BOOST_REQUIRE(send_packet(pair.near.get(), "b", Wait::yes).has_value());

  const Received first = receive_packet(pair.far.get());
  BOOST_CHECK(first.kind == Received::Kind::packet);
  BOOST_TEST(first.bytes == "a");
  BOOST_REQUIRE(static_cast<bool>(first.passed));
  BOOST_TEST(::fcntl(first.passed.get(), F_GETFD) == FD_CLOEXEC);
  BOOST_REQUIRE(::write(writing.get(), "x", 1) == 1);
  char byte = 0;
  BOOST_TEST(::read(first.passed.get(), &byte, 1) == 1);

  const Received second = receive_packet(pair.far.get());
  BOOST_TEST(second.bytes == "b");
  BOOST_TEST(!static_cast<bool>(second.passed));
}

BOOST_AUTO_TEST_CASE(nothing_and_the_end_are_told_apart) {
  Pair pair;
  BOOST_CHECK(receive_packet(pair.far.get()).kind == Received::Kind::nothing);
  pair.near.close();
  BOOST_CHECK(receive_packet(pair.far.get()).kind == Received::Kind::closed);
  BOOST_TEST(!send_packet(pair.far.get(), "a", Wait::yes).has_value());
}

BOOST_AUTO_TEST_CASE(sending_without_waiting_fails_where_nobody_reads) {
  const Pair pair;
  bool failed = false;
  for (int i = 0; i < 10'000 && !failed; ++i) {
    failed = !send_packet(pair.near.get(), "request", Wait::no).has_value();
  }
  BOOST_TEST(failed);
}

BOOST_AUTO_TEST_SUITE_END()
