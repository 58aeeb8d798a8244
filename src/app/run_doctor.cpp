#include "app/run_doctor.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/confine.hpp"
#include "app/output.hpp"
#include "app/refuse.hpp"
#include "app/support.hpp"
#include "doctor/files.hpp"
#include "doctor/proof.hpp"
#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

constexpr std::chrono::seconds time_limit{30};

std::vector<std::string> paths_of(const Loaded& loaded) {
  std::vector<std::string> paths;
  for (const model::Requirement& requirement : loaded.deployment.requirements) {
    if (!requirement.skipped && is_in_files(requirement)) {
      std::ranges::move(doctor::files_of(requirement), std::back_inserter(paths));
    }
  }
  return paths;
}

std::string reason(int error_number) {
  return error_number == 0 ? "its turn never came" : std::generic_category().message(error_number);
}

std::string outcome(const doctor::FileProof& proof) {
  switch (proof.attempt) {
    case doctor::Attempt::refused:
      return "refused (" + reason(proof.error_number) + "), sight " +
             std::string(model::to_string(proof.predicted.level));
    case doctor::Attempt::missing:
      return "not there, nothing to try";
    case doctor::Attempt::untried:
      return "could not be tried: " + reason(proof.error_number);
    case doctor::Attempt::opened:
      return proof.contradicts_prediction()
                 ? "OPENED, although sight was judged to be " +
                       std::string(model::to_string(proof.predicted.level)) +
                       ": this is a bug of the agent's, please report it"
                 : "OPENED: this account can read it (agent permissions --for files)";
  }
  return {};
}

std::string_view mark(doctor::Attempt attempt) noexcept {
  switch (attempt) {
    case doctor::Attempt::refused:
      return "✓ ";
    case doctor::Attempt::opened:
      return "✗ ";
    case doctor::Attempt::missing:
      return "– ";
    case doctor::Attempt::untried:
      return "? ";
  }
  return {};
}

std::string describe(const doctor::FilesReport& report) {
  std::string text = report.landlock_abi > 0
                         ? "Landlock holds (version " + std::to_string(report.landlock_abi) + ")\n"
                         : "Landlock does not hold here: only modes and owners do\n";
  for (const doctor::FileProof& proof : report.files) {
    text += std::string(mark(proof.attempt)) + base::printable(proof.path) + ": " + outcome(proof) +
            "\n";
  }
  for (const std::string& socket : report.sockets) {
    text += "✗ " + base::printable(socket) +
            ": this account may ask a container engine for any file: take the right to write "
            "to the socket away\n";
  }
  return text;
}

std::size_t count(const doctor::FilesReport& report, doctor::Attempt attempt) {
  return static_cast<std::size_t>(
      std::ranges::count(report.files, attempt, &doctor::FileProof::attempt));
}

std::string summary(const doctor::FilesReport& report) {
  return std::to_string(count(report, doctor::Attempt::refused)) + " of " +
         std::to_string(report.files.size()) + " files refused, " +
         std::to_string(count(report, doctor::Attempt::opened)) + " opened, " +
         std::to_string(count(report, doctor::Attempt::missing)) + " not there, " +
         std::to_string(count(report, doctor::Attempt::untried)) + " not tried\n";
}

doctor::Account this_account() {
  doctor::Account account;
  account.user = ::geteuid();
  if (const passwd* const entry = ::getpwuid(account.user)) {
    account.name = entry->pw_name;
  }
  return account;
}

}  // namespace

int run_doctor(const DoctorCommand& command, const Loaded& loaded) {
  const std::vector<std::string> paths = paths_of(loaded);
  if (command.commands) {
    std::string text;
    for (const std::string& line :
         doctor::proof_commands(this_account(), paths, advice::Shell::bash)) {
      text += line + "\n";
    }
    return print(text) ? 0 : failed;
  }
  const auto report = doctor::try_files(plan_of(loaded, {}), paths, time_limit);
  if (!report) {
    return refuse(report.error());
  }
  const bool proven = report->complete && report->sockets.empty() &&
                      count(*report, doctor::Attempt::opened) == 0 &&
                      count(*report, doctor::Attempt::untried) == 0;
  return print(describe(*report) + summary(*report)) && proven ? 0 : failed;
}

}  // namespace blindfold::app
