#include "clients/aws/profile_file.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "unit/clients/aws/home.hpp"

using blindfold::aws::ProfileFile;
using blindfold::aws::SectionKind;
using blindfold::aws::SharedFile;
using blindfold::aws::test::text_of;
using blindfold::base::ErrorKind;

namespace {

auto parsed(std::string_view text, SharedFile kind) {
  return ProfileFile::parse(blindfold::account::copied(text).value(), "/f", kind);
}

struct File {
  explicit File(std::string_view text, SharedFile kind = SharedFile::config)
      : file(parsed(text, kind)) {
    BOOST_REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().what));
  }

  [[nodiscard]] std::string value(std::string_view name, std::string_view key,
                                  SectionKind kind = SectionKind::profile) const {
    const auto* const found = file->find(kind, name, key);
    return found == nullptr ? "nothing" : found->text;
  }

  /// "ID/KEY/TOKEN"
  [[nodiscard]] std::string keys(std::string_view profile) const {
    const auto found = file->keys_of(profile);
    if (!found) {
      return found.error().what;
    }
    return *found ? (*found)->access_key_id + '/' + text_of((*found)->secret_access_key) + '/' +
                        text_of((*found)->session_token)
                  : "none";
  }

  blindfold::base::Result<ProfileFile> file;
};

std::string refusal(std::string_view text, SharedFile kind = SharedFile::config) {
  const auto file = parsed(text, kind);
  BOOST_REQUIRE(!file.has_value());
  BOOST_CHECK(file.error().kind == ErrorKind::configuration);
  return file.error().what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(profile_file_tests)

BOOST_AUTO_TEST_CASE(the_config_files_sections_say_what_they_are) {
  const File file(
      "[default]\nregion = a\n[profile one]\nregion = b\n[profile \"t w o\"]\nregion = c\n"
      "[profile 'three']\nregion=d\n[profile   four  ]\nregion=e\n[bare]\nregion = f\n"
      "[profile]\nregion = g\n[profiles x]\nregion = h\n[sso-session s]\nsso_region = i\n"
      "[services v]\nssm =\n  endpoint_url = http://j\n");
  BOOST_TEST(file.value("default", "region") == "a");
  BOOST_TEST(file.value("one", "region") == "b");
  BOOST_TEST(file.value("t w o", "region") == "c");
  BOOST_TEST(file.value("three", "region") == "d");
  BOOST_TEST(file.value("four", "region") == "e");
  BOOST_TEST(file.value("bare", "region") == "nothing");
  BOOST_TEST(file.value("x", "region") == "nothing");
  BOOST_TEST(file.value("s", "sso_region", SectionKind::sso_session) == "i");
  BOOST_TEST(file.value("v", "ssm.endpoint_url", SectionKind::services) == "http://j");
  BOOST_TEST(!file.file->has(SectionKind::profile, "s"));
}

BOOST_AUTO_TEST_CASE(each_section_of_the_credentials_file_is_a_profile) {
  const File file(
      "[one]\naws_access_key_id = A\naws_secret_access_key = b\n[profile two]\n"
      "region=c\n",
      SharedFile::credentials);
  BOOST_TEST(file.keys("one") == "A/b/");
  BOOST_TEST(file.value("two", "region") == "nothing");
  BOOST_TEST(file.value("profile two", "region") == "c");
}

BOOST_AUTO_TEST_CASE(keys_and_values_are_taken_without_the_space_around_them) {
  const File file(
      "\xef\xbb\xbf[default]\r\n REGION  =\teu-west-1 \r\n role_arn: arn:x\r\n"
      "source_profile = a = b # c\n\nexternal_id=\n");
  BOOST_TEST(file.value("default", "region") == "eu-west-1");
  BOOST_TEST(file.value("default", "role_arn") == "arn:x");
  BOOST_TEST(file.value("default", "source_profile") == "a = b # c",
             "only a line of its own is a comment");
  BOOST_TEST(file.value("default", "external_id") == "nothing");
}

BOOST_AUTO_TEST_CASE(comments_are_lines_of_their_own_at_any_indent) {
  const File file("# region = a\n[default]\n; x\n  # y\nregion = b\n   ; region = c\n");
  BOOST_TEST(file.value("default", "region") == "b");
}

BOOST_AUTO_TEST_CASE(sections_of_a_name_are_one_and_the_last_of_a_key_counts) {
  const File file("[profile x]\nregion = a\nrole_arn = b\n[default]\n[profile x]\nregion = c\n");
  BOOST_TEST(file.value("x", "region") == "c");
  BOOST_TEST(file.value("x", "role_arn") == "b");
}

BOOST_AUTO_TEST_CASE(what_is_indented_further_belongs_to_the_key_above) {
  const File file("[default]\n  s3 =\n    region = not-this\n  region = a\n");
  BOOST_TEST(file.value("default", "region") == "a");
  const File services(
      "[services v]\nsecrets_manager =\n\n  # x\n  endpoint_url = http://a=b\n"
      "  ENDPOINT_URL = http://c\ns3 =\n  endpoint_url = http://no\nsts=\n"
      "  endpoint_url=http://d\n");
  BOOST_TEST(services.value("v", "secrets_manager.endpoint_url", SectionKind::services) ==
             "http://c");
  BOOST_TEST(services.value("v", "sts.endpoint_url", SectionKind::services) == "http://d");
  BOOST_TEST(services.value("v", "s3.endpoint_url", SectionKind::services) == "nothing");
}

BOOST_AUTO_TEST_CASE(keys_that_nobody_asks_for_are_not_kept) {
  const File file(
      "[default]\noutput = json\ncanary = canary\nalso =\n and more\n multi\n"
      "free = text\n that goes on\n");
  BOOST_TEST(file.value("default", "output") == "nothing");
  BOOST_TEST(file.value("default", "aws_secret_access_key") == "nothing");
}

BOOST_AUTO_TEST_CASE(a_key_pair_is_whole_or_an_error) {
  const File file(
      "[profile a]\naws_access_key_id=A\naws_secret_access_key=b/+=\n"
      "aws_session_token=t\n[profile b]\naws_access_key_id=A\n[profile c]\n"
      "aws_secret_access_key=b\n[profile d]\naws_access_key_id=A\n"
      "aws_secret_access_key=b\naws_security_token=s\n");
  BOOST_TEST(file.keys("a") == "A/b/+=/t");
  BOOST_TEST(file.keys("b") ==
             "/f:6: there is no `aws_secret_access_key` for this `aws_access_key_id`");
  BOOST_TEST(file.keys("c") == "none");
  BOOST_TEST(file.keys("d") == "A/b/s");
  BOOST_TEST(file.keys("e") == "none");
}

BOOST_AUTO_TEST_CASE(errors_have_the_line_and_nothing_of_the_value) {
  BOOST_TEST(refusal("region = a\n") == "/f:1: a line stands before the first `[section]`");
  BOOST_TEST(refusal("[default\n") == "/f:1: a section's name has no `]` after it");
  BOOST_TEST(refusal("\n[ ]\n") ==
             "/f:2: a section's name is empty, or has a character that it cannot have");
  BOOST_TEST(refusal("[default]\ncanary\n") == "/f:2: neither a `[section]` nor a `key = value`");
  BOOST_TEST(refusal("[default]\n= canary\n") == "/f:2: neither a `[section]` nor a `key = value`");
  BOOST_TEST(refusal("[default]\nregion = a\n canary\n") ==
             "/f:3: the value of `region` goes on for another line");
  BOOST_TEST(refusal("[default]\naws_secret_access_key = a\n\n canary\n") ==
             "/f:4: the value of `aws_secret_access_key` goes on for another line");
  BOOST_TEST(refusal("[default]\naws_secret_access_key = can ary\n") ==
             "/f:2: `aws_secret_access_key` holds something else than a key or a token");
  BOOST_TEST(refusal("[default]\nregion = can\x1b[0mary\n") ==
             "/f:2: `region` holds a character that it cannot have");
  BOOST_TEST(refusal("[services x]\nssm =\n  canary\n") ==
             "/f:3: what is below `ssm` is no `key = value`");
}

BOOST_AUTO_TEST_CASE(a_file_without_anything_in_it_has_nothing) {
  for (const std::string_view text : {"", "\n", "# x", "[default]", "\xef\xbb\xbf"}) {
    BOOST_TEST(File(text).keys("default") == "none");
  }
}

BOOST_AUTO_TEST_CASE(a_file_has_a_size_that_it_may_have) {
  const blindfold::support::ScratchFolder scratch;
  const std::string large = scratch.write("large", std::string(1'048'577, '\n'));
  BOOST_CHECK(ProfileFile::read(large, SharedFile::config).error().kind == ErrorKind::limit);
  const std::string most = scratch.write("most", std::string(1'048'576, '\n'));
  BOOST_TEST(ProfileFile::read(most, SharedFile::config).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
