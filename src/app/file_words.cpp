#include "app/file_words.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

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

}  // namespace

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
  return text + summary(report);
}

}  // namespace blindfold::app
