#include "show/advice/aws.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "support/standings.hpp"

using namespace blindfold;
using advice::CommandOptions;
using advice::Shell;
using model::Presence;
using Lines = std::vector<std::string>;

namespace {

model::Requirement secret(std::string name, std::string region = "eu-west-1") {
  model::Requirement requirement = support::in_directory("payments");
  requirement.locator = model::SecretsManagerLocator{std::move(region), std::move(name)};
  return requirement;
}

model::Requirement parameter(std::string name, std::string type = "SecureString",
                             std::string region = "eu-west-1") {
  model::Requirement requirement = support::in_directory("smtp");
  requirement.locator =
      model::ParameterStoreLocator{std::move(region), std::move(name), std::move(type)};
  return requirement;
}

Lines advice_for(const model::Requirement& requirement, Presence presence,
                 model::Details details = {}, const CommandOptions& options = {}) {
  support::Standings standings;
  return advice::commands(standings.add(requirement, presence, std::move(details)), options);
}

void check(const Lines& lines, const Lines& expected) {
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

/// The lines that are no comments.
Lines only_commands(Lines lines) {
  std::erase_if(lines, [](const std::string& line) { return line.starts_with('#'); });
  return lines;
}

bool any_contains(const Lines& lines, std::string_view part) {
  return std::ranges::any_of(lines,
                             [part](const std::string& line) { return line.contains(part); });
}

const std::string type_it = "# type the value, Enter: nothing is shown";
const std::string or_file =
    "# for a value of several lines put file:///path/to/your/file in place of "
    "file:///dev/stdin, and press Enter alone";
const std::string secret_in_console =
    "# 'or in the console: https://eu-west-1.console.aws.amazon.com/secretsmanager/"
    "secret?name=prod%2Fpayments&region=eu-west-1'";
const std::string typed = R"(unset V; IFS= read -rs V; printf %s "$V" | )";

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_tests)

BOOST_AUTO_TEST_CASE(a_secret_is_created_in_its_region) {
  check(advice_for(secret("prod/payments"), Presence::missing),
        {secret_in_console, type_it, or_file,
         typed + "aws secretsmanager create-secret --name prod/payments --secret-string "
                 "file:///dev/stdin --region eu-west-1; unset V"});
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_there_gets_a_new_version) {
  const std::string put =
      typed +
      "aws secretsmanager put-secret-value --secret-id prod/payments --secret-string "
      "file:///dev/stdin --region eu-west-1; unset V";
  check(advice_for(secret("prod/payments"), Presence::present),
        {"# this becomes the current version, the one before stays as AWSPREVIOUS",
         secret_in_console, type_it, or_file, put});
  check(advice_for(secret("prod/payments"), Presence::empty, {model::NoCurrentVersion{}}),
        {"# it is there and holds no value: this gives it one", secret_in_console, type_it, or_file,
         put});
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_to_be_deleted_is_restored) {
  const Lines lines = advice_for(secret("prod/payments"), Presence::pending_deletion,
                                 {model::ScheduledForDeletion{}}, {.profile = "ops team"});
  check(only_commands(lines),
        {"aws secretsmanager restore-secret --secret-id prod/payments --region eu-west-1 "
         "--profile 'ops team'"});
  BOOST_TEST(any_contains(lines, "run agent commands again once it is back"));
}

BOOST_AUTO_TEST_CASE(a_parameter_is_overwritten_only_where_it_exists) {
  const std::string put = typed +
                          "aws ssm put-parameter --name /prod/smtp --type SecureString --value "
                          "file:///dev/stdin";
  check(advice_for(parameter("/prod/smtp"), Presence::missing),
        {"# 'or in the console: https://eu-west-1.console.aws.amazon.com/systems-manager/"
         "parameters/?region=eu-west-1'",
         type_it, or_file, put + " --region eu-west-1; unset V"});
  check(only_commands(advice_for(parameter("/prod/smtp"), Presence::present)),
        {put + " --overwrite --region eu-west-1; unset V"});
  BOOST_TEST(any_contains(advice_for(parameter("/a", "StringList"), Presence::missing),
                          "--type StringList "));
}

BOOST_AUTO_TEST_CASE(another_type_is_overwritten_with_the_right_one) {
  const Lines lines = advice_for(parameter("/prod/smtp"), Presence::wrong_type,
                                 {model::ParameterType{"String", "SecureString"}});
  BOOST_TEST(lines.at(0).contains("is \"String\", not \"SecureString\""));
  BOOST_TEST(
      any_contains(lines, "# aws ssm delete-parameter --name /prod/smtp --region eu-west-1"));
  BOOST_TEST(any_contains(lines, "its history keeps the values before"));
  BOOST_TEST(only_commands(lines).size() == 1U);
  BOOST_TEST(lines.back().contains("--type SecureString --value file:///dev/stdin --overwrite "));
}

BOOST_AUTO_TEST_CASE(an_arn_is_created_by_its_name_and_found_by_itself) {
  const std::string arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/db-AbC123";
  const Lines created = advice_for(secret(arn, "us-east-2"), Presence::missing);
  BOOST_TEST(any_contains(created, "what is created ends in another than -AbC123"));
  BOOST_TEST(any_contains(created, "it is in the account 123456789012"));
  BOOST_TEST(created.back().contains("create-secret --name prod/db --secret-string"));
  BOOST_TEST(created.back().contains("--region us-east-2;"));
  BOOST_TEST(advice_for(secret(arn, "us-east-2"), Presence::present)
                 .back()
                 .contains("put-secret-value --secret-id " + arn + " "));
  const std::string partial = arn.substr(0, arn.rfind('-'));
  BOOST_TEST(!any_contains(advice_for(secret(partial, "us-east-2"), Presence::missing), "ends in"));
  for (const std::string name : {"/prod/smtp", "smtp"}) {
    const std::string of = "arn:aws:ssm:us-east-2:123456789012:parameter" +
                           std::string(name.starts_with('/') ? "" : "/") + name;
    BOOST_TEST(advice_for(parameter(of, "SecureString", "us-east-2"), Presence::present)
                   .back()
                   .contains("put-parameter --name " + name + " --type"));
  }
}

BOOST_AUTO_TEST_CASE(the_region_and_the_profile_stand_where_they_are_known) {
  const Lines unknown = advice_for(secret("a", ""), Presence::missing);
  BOOST_TEST(any_contains(unknown, "add --region, or set AWS_REGION"));
  BOOST_TEST(!unknown.back().contains("--region"));
  const Lines known = advice_for(secret("a", ""), Presence::missing, {},
                                 {.region = "eu-north-1", .profile = "admin"});
  BOOST_TEST(known.back().contains(" --region eu-north-1 --profile admin;"));
  BOOST_TEST(!any_contains(known, "AWS_REGION"));
}

BOOST_AUTO_TEST_CASE(each_partition_has_its_console) {
  const auto console = [](const std::string& region) {
    const Lines lines = advice_for(secret("a", region), Presence::missing);
    return lines.at(0).contains("console") ? lines.at(0) : std::string();
  };
  BOOST_TEST(console("cn-north-1").contains("https://cn-north-1.console.amazonaws.cn/secrets"));
  BOOST_TEST(console("us-gov-west-1")
                 .contains("https://us-gov-west-1.console.amazonaws-us-gov.com/secrets"));
  BOOST_TEST(console("us-iso-east-1") == "");
  BOOST_TEST(console("us-west-2").contains("https://us-west-2.console.aws.amazon.com/"));
}

BOOST_AUTO_TEST_CASE(names_cannot_be_options) {
  BOOST_TEST(advice_for(secret("-n"), Presence::missing).back().contains(" --name=-n --secret"));
  BOOST_TEST(advice_for(secret("--x=y"), Presence::present)
                 .back()
                 .contains(" --secret-id='--x=y' --secret-string"));
  BOOST_TEST(advice_for(parameter("-n"), Presence::missing).back().contains(" --name=-n --type"));
}

BOOST_AUTO_TEST_CASE(what_has_several_lines_comes_from_a_file) {
  const Lines lines = advice_for(secret("prod/tls.key"), Presence::missing);
  BOOST_TEST(any_contains(lines, "# put in the path of your file for tls.key"));
  BOOST_TEST(lines.back() ==
             "aws secretsmanager create-secret --name prod/tls.key --secret-string "
             "file:///path/to/your/tls.key --region eu-west-1");
}

BOOST_AUTO_TEST_CASE(has_a_form_for_every_shell) {
  BOOST_TEST(advice_for(secret("a"), Presence::missing, {}, {.shell = Shell::sh}).back() ==
             R"(( trap 'stty echo 2>/dev/null' EXIT; trap 'exit 130' HUP INT TERM; )"
             R"(stty -echo 2>/dev/null; unset V; IFS= read -r V; printf %s "$V" | )"
             "aws secretsmanager create-secret --name a --secret-string file:///dev/stdin "
             "--region eu-west-1 )");
}

BOOST_AUTO_TEST_CASE(what_looks_like_it_is_said) {
  const auto of = [](model::StoreKind store, std::string near, std::string region) {
    return model::Details{
        model::AwsMissing{store, "eu-west-1", "a", std::move(near), std::move(region)}};
  };
  BOOST_TEST(
      advice_for(secret("a"), Presence::missing, of(model::StoreKind::aws_secrets_manager, "A", ""))
          .at(0)
          .contains("there is \"A\": if that is it, delete it once this one is there"));
  BOOST_TEST(advice_for(secret("a"), Presence::missing,
                        of(model::StoreKind::aws_secrets_manager, "", "us-east-1"))
                 .at(0)
                 .contains("in \"us-east-1\": if that is it, it is needed in \"eu-west-1\", aws "
                           "secretsmanager replicate-secret-to-regions"));
  BOOST_TEST(advice_for(parameter("a"), Presence::missing,
                        of(model::StoreKind::aws_parameter_store, "", "us-east-1"))
                 .at(0)
                 .contains("a parameter cannot be moved"));
}

BOOST_AUTO_TEST_CASE(gives_no_command_where_none_is_right) {
  for (const Presence presence : {Presence::denied, Presence::unreachable, Presence::unknown}) {
    for (const model::Requirement& requirement : {secret("a"), parameter("a")}) {
      const Lines lines =
          advice_for(requirement, presence,
                     {model::ActionDenied{"secretsmanager:DescribeSecret", "eu-west-1", "a"}});
      BOOST_TEST(only_commands(lines).empty());
      BOOST_TEST(any_contains(lines, "secretsmanager:DescribeSecret"));
    }
  }
}

BOOST_AUTO_TEST_CASE(says_when_a_rotation_takes_effect) {
  for (model::Requirement requirement : {secret("a"), parameter("a")}) {
    requirement.takes_effect = model::TakesEffect::after_restart;
    BOOST_TEST(advice_for(requirement, Presence::present).at(0) ==
               "# a rotation takes effect after a restart of the application");
    BOOST_TEST(!any_contains(advice_for(requirement, Presence::missing), "takes effect"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
