#include "clients/aws/sts_reader.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/timestamp.hpp"
#include "platform/xml/parser.hpp"
#include "sts_replies.hpp"

using namespace blindfold;
using namespace blindfold::aws;

namespace {

constexpr std::string_view by_token = "AssumeRoleWithWebIdentity";

struct Outcome {
  bool whole = false;
  bool refusal = false;
  std::optional<Credentials> credentials;
};

/// In pieces of `size` bytes.
Outcome read(std::string_view text, std::string_view action = by_token,
             std::size_t size = std::string_view::npos) {
  StsReader reader(action);
  xml::Parser parser(reader);
  bool whole = true;
  for (; whole && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    whole = parser.feed(text.substr(0, size)).has_value();
  }
  whole = whole && parser.finish().has_value();
  Outcome outcome{.whole = whole, .refusal = reader.is_refusal(), .credentials = {}};
  outcome.credentials = reader.take();
  return outcome;
}

std::string with(std::string text, std::string_view part, std::string_view instead) {
  const std::size_t at = text.find(part);
  BOOST_REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), instead);
}

bool holds(const secret::SecretBuffer& buffer, std::string_view expected) {
  return buffer.with_bytes([expected](std::string_view bytes) { return bytes == expected; });
}

const std::string reply(sts_replies::web_identity);

}  // namespace

BOOST_AUTO_TEST_SUITE(sts_reader_tests)

BOOST_AUTO_TEST_CASE(credentials_are_read_wherever_the_reply_is_cut) {
  for (const std::size_t size : {std::string_view::npos, 1UL, 2UL, 7UL, 64UL}) {
    const Outcome outcome = read(reply, by_token, size);
    BOOST_TEST(outcome.whole);
    BOOST_TEST(!outcome.refusal);
    BOOST_REQUIRE(outcome.credentials.has_value());
    BOOST_TEST(outcome.credentials->access_key_id == "ASIAEXAMPLE");
    BOOST_TEST(holds(outcome.credentials->secret_access_key, "hunter2/s3cret+"));
    BOOST_TEST(holds(outcome.credentials->session_token, "hunter2/t0ken+&=="));
    BOOST_TEST((outcome.credentials->expires == base::parse_timestamp("2030-01-01T01:00:00Z")));
  }
}

BOOST_AUTO_TEST_CASE(buffers_are_no_larger_than_what_they_hold) {
  const Outcome outcome = read(reply);
  BOOST_REQUIRE(outcome.credentials.has_value());
  BOOST_TEST(
      (outcome.credentials->session_token.capacity() == outcome.credentials->session_token.size()));
  BOOST_TEST((outcome.credentials->secret_access_key.capacity() ==
              outcome.credentials->secret_access_key.size()));
}

BOOST_AUTO_TEST_CASE(each_action_has_an_answer_of_its_own) {
  BOOST_TEST(read(sts_replies::assume_role, "AssumeRole").credentials.has_value());
  BOOST_TEST(!read(sts_replies::assume_role, by_token).credentials.has_value());
  BOOST_TEST(!read(sts_replies::web_identity, "AssumeRole").credentials.has_value());
}

BOOST_AUTO_TEST_CASE(credentials_lack_no_part) {
  for (const std::string_view name :
       {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
    const std::string begin = "<" + std::string(name) + ">";
    const std::size_t from = reply.find(begin);
    const std::string end = "</" + std::string(name) + ">";
    const std::size_t to = reply.find(end);
    const std::string element = reply.substr(from, to + end.size() - from);
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(!read(with(reply, element, "")).credentials.has_value());
      BOOST_TEST(!read(with(reply, element, begin + end)).credentials.has_value());
      BOOST_TEST(!read(with(reply, element, element + element)).whole);
      BOOST_TEST(!read(with(reply, element, begin + "<x/>" + end)).whole);
      BOOST_TEST(!read(with(reply, element, begin + "\n x \n" + end)).credentials.has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(credentials_elsewhere_are_none) {
  const std::string wrapped = with(with(reply, "<Credentials>", "<x><Credentials>"),
                                   "</Credentials>", "</Credentials></x>");
  BOOST_TEST(read(wrapped).whole);
  BOOST_TEST(!read(wrapped).credentials.has_value());
  const std::string deeper = with(with(reply, "<AccessKeyId>", "<x><AccessKeyId>"),
                                  "</AccessKeyId>", "</AccessKeyId></x>");
  BOOST_TEST(!read(deeper).credentials.has_value());
}

BOOST_AUTO_TEST_CASE(a_part_is_as_large_as_its_limit_and_no_larger) {
  const auto with_size = [](std::string_view part, std::size_t size) {
    return read(with(reply, part, std::string(size, 'x')), by_token, 100);
  };
  for (const auto& [part, limit] :
       {std::pair<std::string_view, std::size_t>{"ASIAEXAMPLE", largest_access_key_id},
        {"hunter2/s3cret&#43;", largest_secret_access_key},
        {"hunter2/t0ken+&amp;==", largest_session_token}}) {
    BOOST_TEST(with_size(part, limit).credentials.has_value());
    BOOST_TEST(!with_size(part, limit + 1).whole);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_no_credential) {
  for (const std::string_view bytes : {"two words", "line\nbreak", "\t", "\xc3\xa9"}) {
    BOOST_TEST(!read(with(reply, "hunter2/t0ken", bytes)).credentials.has_value());
    BOOST_TEST(!read(with(reply, "hunter2/s3cret", bytes)).credentials.has_value());
    BOOST_TEST(!read(with(reply, "ASIAEXAMPLE", bytes)).credentials.has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_is_seen) {
  for (const std::size_t size : {std::string_view::npos, 1UL, 7UL}) {
    const Outcome outcome = read(sts_replies::refusal, by_token, size);
    BOOST_TEST(outcome.whole);
    BOOST_TEST(outcome.refusal);
    BOOST_TEST(!outcome.credentials.has_value());
  }
  BOOST_TEST(!read("<ErrorResponse><Error/></ErrorResponse>").refusal);
  BOOST_TEST(!read("<Response><Errors><Error><Code>x</Code></Error></Errors></Response>").refusal);
}

BOOST_AUTO_TEST_CASE(credentials_are_taken_once) {
  StsReader reader(by_token);
  xml::Parser parser(reader);
  BOOST_TEST(parser.feed(reply).has_value());
  BOOST_TEST(reader.take().has_value());
  BOOST_TEST(!reader.take().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
