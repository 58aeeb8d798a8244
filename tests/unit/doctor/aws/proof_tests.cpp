#include "doctor/aws/proof.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "aws_requirements.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"

using namespace blindfold;
using doctor::tests::in_parameter_store;
using doctor::tests::in_secrets_manager;
using Lines = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

Lines proof_for(const std::vector<model::Requirement>& requirements,
                const std::string& profile = {}) {
  std::vector<const model::Requirement*> pointers;
  for (const model::Requirement& requirement : requirements) {
    pointers.push_back(&requirement);
  }
  const auto objects = advice::aws_scope(pointers, "eu-west-1");
  BOOST_REQUIRE(objects.has_value());
  return doctor::aws_proof_commands(*objects, profile, advice::Shell::bash);
}

std::size_t count(const Lines& lines, std::string_view part) {
  return static_cast<std::size_t>(std::ranges::count_if(
      lines, [part](const std::string& line) { return line.contains(part); }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proof_tests)

BOOST_AUTO_TEST_CASE(each_command_has_its_reason_before_it) {
  const Lines lines = proof_for({in_secrets_manager("prod/db"), in_parameter_store("/prod/smtp")});
  BOOST_TEST(lines.front().starts_with("# "));
  BOOST_TEST(count(lines, "aws iam simulate-principal-policy --policy-source-arn AGENT-ARN") == 2U);
  BOOST_TEST(count(lines, "must end in explicitDeny") == 2U);
  BOOST_TEST(count(lines, "aws cloudtrail lookup-events --region eu-west-1") == 2U);
}

BOOST_AUTO_TEST_CASE(every_operation_that_brings_a_value_is_asked_about) {
  const Lines lines = proof_for({in_secrets_manager("prod/db"), in_parameter_store("/prod/smtp")});
  for (const std::string_view action :
       {"secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter ",
        "ssm:GetParameters ", "ssm:GetParametersByPath", "ssm:GetParameterHistory"}) {
    BOOST_TEST(count(lines, action) == 1U, action);
  }
}

// A stand-in for aws prints what it was given: the account is put in by the shell.
BOOST_AUTO_TEST_CASE(the_arns_are_the_accounts_own) {
  const support::ScratchFolder scratch;
  support::write_file(scratch.path() / "aws",
                      "#!/bin/sh\n"
                      "case \"$*\" in *Account*) echo 123456789012 ;; *) echo \"$*\" ;; esac\n");
  fs::permissions(scratch.path() / "aws", fs::perms::all);
  std::string script = "PATH=" + scratch.path().string() + ":$PATH\n";
  for (const std::string& line : proof_for(
           {in_secrets_manager("prod/db"), in_parameter_store("/prod/smtp"),
            in_parameter_store("flat"),
            in_secrets_manager("arn:aws:secretsmanager:eu-west-1:999999999999:secret:x-AbC123")},
           "ops team")) {
    script += line + "\n";
  }
  const support::Outcome outcome = support::run_program({"bash", "-c", script});
  BOOST_TEST(outcome.err == "");
  for (const std::string_view arn :
       {"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AAAAAA",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/prod/smtp",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/flat",
        "arn:aws:secretsmanager:eu-west-1:999999999999:secret:x-AbC123", "--profile ops team"}) {
    BOOST_TEST(outcome.out.contains(arn), arn);
  }
}

BOOST_AUTO_TEST_CASE(many_are_asked_about_in_several_commands) {
  std::vector<model::Requirement> many;
  for (int i = 0; i < 45; ++i) {
    many.push_back(in_secrets_manager("s" + std::to_string(i)));
  }
  const Lines lines = proof_for(many);
  BOOST_TEST(count(lines, "aws iam simulate-principal-policy") == 3U);
  BOOST_TEST(count(lines, ":secret:s44-AAAAAA") == 1U);
  BOOST_TEST(count(lines, "aws cloudtrail") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
