#include "app/aws_words.hpp"

#include <algorithm>
#include <string_view>

#include "platform/base/printable.hpp"
#include "show/report/aws_words.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

using doctor::AwsAttempt;
using doctor::IdentityProof;
using doctor::Reading;
using report::quoted;

constexpr std::string_view good = "✓ ";
constexpr std::string_view bad = "✗ ";
constexpr std::string_view note = "– ";
constexpr std::string_view unknown = "? ";

std::string line(std::string_view mark, const std::string& text) {
  return std::string(mark) + text + "\n";
}

std::string what(const AwsAttempt& attempt) {
  std::string words = base::printable(attempt.action);
  if (!attempt.subject.empty()) {
    words += " " + quoted(attempt.subject);
  }
  return attempt.region.empty() ? words : words + " in " + quoted(attempt.region);
}

std::string of_attempt(const AwsAttempt& attempt) {
  switch (attempt.reading) {
    case Reading::refused:
      return line(good, what(attempt) + ": refused");
    case Reading::allowed:
      return line(bad, what(attempt) + ": LET THROUGH");
    case Reading::untried:
      break;
  }
  return line(unknown, what(attempt) + ": could not be tried: " +
                           (attempt.why ? report::describe(*attempt.why) : "its turn never came"));
}

std::string name_of(const IdentityProof& proof) {
  const std::string place(report::name_of(proof.place));
  return proof.subject.empty() ? place : place + " " + quoted(proof.subject);
}

std::string of_absent(const IdentityProof& proof, const model::CredentialsMissing& why,
                      bool chosen) {
  std::string words = "the identity of the " + name_of(proof) +
                      (chosen ? ", which the agent uses: " : ", which the agent does not use: ");
  for (const model::CredentialFailure& failure : why.failures) {
    words += report::describe(failure) + "; ";
  }
  return line(chosen ? unknown : note, words + "nothing was tried as it");
}

std::string_view mark_of(const IdentityProof& proof) noexcept {
  if (proof.proven()) {
    return good;
  }
  return proof.readable() ? bad : unknown;
}

std::string of_identity(const IdentityProof& proof, bool chosen) {
  if (const auto* const why = proof.absent()) {
    return of_absent(proof, *why, chosen);
  }
  std::string text = "as the identity of the " + name_of(proof) +
                     (chosen ? ", which the agent uses\n"
                             : ", which is within reach and which the agent does not use\n");
  for (const AwsAttempt& attempt : proof.attempts) {
    text += of_attempt(attempt);
  }
  const std::string reason = report::why_no_better_in_aws(proof.sight);
  return text + line(mark_of(proof), "sight " + std::string(model::to_string(proof.sight.level)) +
                                         (reason.empty() ? "" : ": " + reason));
}

std::string summary(const doctor::AwsReport& report) {
  std::size_t refused = 0;
  std::size_t allowed = 0;
  std::size_t untried = 0;
  for (const IdentityProof& proof : report.identities) {
    for (const AwsAttempt& attempt : proof.attempts) {
      refused += attempt.reading == Reading::refused ? 1U : 0U;
      allowed += attempt.reading == Reading::allowed ? 1U : 0U;
      untried += attempt.reading == Reading::untried && proof.absent() == nullptr ? 1U : 0U;
    }
  }
  return std::to_string(refused) + " of " + std::to_string(refused + allowed + untried) +
         " operations refused, " + std::to_string(allowed) + " let through, " +
         std::to_string(untried) + " not known\n";
}

}  // namespace

std::string aws_announcement() {
  return "AWS: every operation that brings a value is tried, for what cannot exist. CloudTrail "
         "records each one, an alarm on them may go off.\n";
}

std::string describe(const doctor::AwsReport& report) {
  std::string text;
  for (const IdentityProof& proof : report.identities) {
    text += of_identity(proof, &proof == &report.identities.front());
  }
  if (report.identities.empty()) {
    text += line(unknown, report::describe(model::CredentialsMissing{report.without}));
  }
  return text +
         line(note,
              "ssm:GetParameterHistory was not tried: no form of it is sure to bring no "
              "value, agent doctor --commands prints how to look") +
         summary(report);
}

}  // namespace blindfold::app
