#include "show/advice/aws_permissions.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"
#include "show/advice/iam_policy.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using advice::aws_permissions;
using Lines = std::vector<std::string>;
using Requirements = std::vector<model::Requirement>;

namespace {

model::Requirement secret(std::string name, std::string region = "eu-west-1") {
  model::Requirement requirement = support::in_directory("id");
  requirement.locator = model::SecretsManagerLocator{std::move(region), std::move(name)};
  return requirement;
}

model::Requirement parameter(std::string name, std::string region = "eu-west-1") {
  model::Requirement requirement = support::in_directory("id");
  requirement.locator =
      model::ParameterStoreLocator{std::move(region), std::move(name), "SecureString"};
  return requirement;
}

base::Result<Lines> result_for(const Requirements& requirements, const std::string& region = {}) {
  std::vector<const model::Requirement*> pointers;
  for (const model::Requirement& requirement : requirements) {
    pointers.push_back(&requirement);
  }
  return aws_permissions(pointers, {.region = region});
}

std::string text_for(const Requirements& requirements, const std::string& region = {}) {
  const auto lines = result_for(requirements, region);
  BOOST_REQUIRE(lines.has_value());
  std::string text;
  for (const std::string& line : *lines) {
    text += line + "\n";
  }
  return text;
}

/// What an independent reader sees: a line a statement, without its reason.
std::string as_read(const std::string& text) {
  const support::Outcome read =
      support::run_program({"/usr/bin/python3", "-c",
                            "import json, re, sys\n"
                            "policy = json.load(sys.stdin)\n"
                            "assert policy.pop('Version') == '2012-10-17'\n"
                            "statements = policy.pop('Statement')\n"
                            "assert not policy\n"
                            "sids = [each.pop('Sid') for each in statements]\n"
                            "assert len(set(sids)) == len(sids)\n"
                            "assert all(re.fullmatch('[A-Za-z0-9]{10,}', sid) for sid in sids)\n"
                            "for each in statements:\n"
                            "    print(json.dumps(each, sort_keys=True))\n"},
                           text);
  BOOST_TEST(read.err == "");
  return read.out;
}

const std::string denied =
    R"({"Action": ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"], )"
    R"("Effect": "Deny", "Resource": "*"})"
    "\n"
    R"({"Action": ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", )"
    R"("ssm:GetParametersByPath"], "Effect": "Deny", "Resource": "*"})"
    "\n"
    R"({"Action": "ssm:PutParameter", "Condition": {"StringEquals": {"ssm:Overwrite": "true"}}, )"
    R"("Effect": "Deny", "Resource": "*"})"
    "\n"
    R"({"Action": "kms:Decrypt", "Effect": "Deny", "Resource": "*"})"
    "\n";

std::string allowed_secrets(const std::string& resource) {
  return R"({"Action": ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"], )"
         R"("Effect": "Allow", "Resource": )" +
         resource + "}\n";
}

Requirements many(std::size_t count, const std::string& folder) {
  Requirements requirements;
  for (std::size_t i = 0; i < count; ++i) {
    requirements.push_back(secret(folder + std::to_string(i)));
  }
  return requirements;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_permissions_tests)

BOOST_AUTO_TEST_CASE(secrets_are_described_by_name_and_listed) {
  BOOST_TEST(
      as_read(text_for({secret("prod/payments")})) ==
      allowed_secrets(R"("arn:aws:secretsmanager:eu-west-1:*:secret:prod/payments-??????")") +
          R"({"Action": "secretsmanager:ListSecrets", "Condition": {"StringEquals": )"
          R"({"aws:RequestedRegion": "eu-west-1"}}, "Effect": "Allow", "Resource": "*"})"
          "\n" +
          denied);
}

BOOST_AUTO_TEST_CASE(parameters_are_described_in_their_regions) {
  BOOST_TEST(as_read(text_for({parameter("/a"), parameter("/b", "us-east-1"), parameter("/c")})) ==
             R"({"Action": "ssm:DescribeParameters", "Condition": {"StringEquals": )"
             R"({"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}, "Effect": "Allow", )"
             R"("Resource": "*"})"
             "\n" +
                 denied);
}

BOOST_AUTO_TEST_CASE(places_stand_once_and_arns_as_they_are) {
  const std::string full = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbC123";
  const std::string partial = full.substr(0, full.rfind('-'));
  const std::string read =
      as_read(text_for({secret("x", "us-gov-west-1"), secret("y", ""), secret("x", "us-gov-west-1"),
                        secret(full, "cn-north-1"), secret(partial, "cn-north-1")},
                       "eu-central-1"));
  BOOST_TEST(read.contains(
      allowed_secrets(R"(["arn:aws-us-gov:secretsmanager:us-gov-west-1:*:secret:x-??????", )"
                      R"("arn:aws:secretsmanager:eu-central-1:*:secret:y-??????", ")" +
                      full + R"(", ")" + partial + R"(-??????"])")));
}

BOOST_AUTO_TEST_CASE(more_names_than_iam_takes_are_widened_and_never_to_reading) {
  const std::string folder = as_read(text_for(many(400, "prod/")));
  BOOST_TEST(
      folder.contains(allowed_secrets(R"("arn:aws:secretsmanager:eu-west-1:*:secret:prod/*")")));
  BOOST_TEST(folder.ends_with(denied));
  BOOST_TEST(text_for(many(400, "prod/")).contains("ByFolder"));
  const std::string region = as_read(text_for(many(400, "prod-")));
  BOOST_TEST(region.contains(allowed_secrets(R"("arn:aws:secretsmanager:eu-west-1:*:secret:*")")));
  BOOST_TEST(region.ends_with(denied));
}

BOOST_AUTO_TEST_CASE(it_is_never_larger_than_iam_takes) {
  for (const std::size_t count : {1U, 60U, 80U, 90U, 100U, 1000U}) {
    const auto lines = result_for(many(count, "prod/a-name-of-some-length-"));
    BOOST_REQUIRE(lines.has_value());
    BOOST_TEST(advice::counted_size(*lines) <= advice::largest_policy);
  }
  Requirements everywhere;
  for (std::size_t i = 0; i < 200; ++i) {
    const std::string account = std::to_string(100'000'000'000 + i);
    everywhere.push_back(secret("arn:aws:secretsmanager:eu-west-1:" + account + ":secret:x"));
  }
  const auto lines = result_for(everywhere);
  BOOST_REQUIRE(!lines.has_value());
  BOOST_TEST((lines.error().kind == base::ErrorKind::limit));
  BOOST_TEST(lines.error().what.contains("IAM takes 6144"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_printed_is_an_error) {
  const auto nothing = result_for({support::in_directory("db")});
  BOOST_REQUIRE(!nothing.has_value());
  BOOST_TEST((nothing.error().kind == base::ErrorKind::usage));
  BOOST_TEST(nothing.error().what == "nothing is in AWS");
  const auto nowhere = result_for({secret("a", "")});
  BOOST_REQUIRE(!nowhere.has_value());
  BOOST_TEST((nowhere.error().kind == base::ErrorKind::usage));
  BOOST_TEST(nowhere.error().what == "\"id\" has no region");
  BOOST_TEST(nowhere.error().hint.contains("AWS_REGION"));
  model::Requirement skipped = secret("a");
  skipped.skipped = true;
  BOOST_TEST(!result_for({skipped}).has_value());
}

BOOST_AUTO_TEST_CASE(no_operation_is_allowed_that_brings_a_value_or_writes) {
  const std::string read = as_read(text_for({secret("a"), parameter("/a")}));
  std::size_t allows = 0;
  for (std::size_t at = 0; at < read.size(); at = read.find('\n', at) + 1) {
    const std::string line = read.substr(at, read.find('\n', at) - at);
    if (line.contains(R"("Effect": "Allow")")) {
      ++allows;
      for (const std::string_view verb :
           {":Get", ":BatchGet", ":Put", ":Create", ":Update", ":Delete", ":Decrypt", ":*\""}) {
        BOOST_TEST(!line.contains(verb), line);
      }
    }
  }
  BOOST_TEST(allows == 3U);
}

BOOST_AUTO_TEST_CASE(the_example_is_what_is_printed) {
  const char* const folder = std::getenv("CONFIG_FOLDER");
  if (folder == nullptr) {
    BOOST_TEST_MESSAGE("skipped: CONFIG_FOLDER is not set, meson test sets it");
    return;
  }
  const std::filesystem::path config(folder);
  auto read = manifest::read_manifest(
      {(config / "manifest.yaml").string(), support::contents_of(config / "manifest.yaml"), {}});
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(support::contents_of(config / "aws" / "agent-policy.json") ==
             text_for(read->requirements, "us-east-1"));
}

BOOST_AUTO_TEST_SUITE_END()
