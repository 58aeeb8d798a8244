#include "app/check.hpp"

#include <cstddef>
#include <string_view>

#include "app/load.hpp"
#include "app/output.hpp"
#include "app/refuse.hpp"
#include "platform/base/printable.hpp"

namespace blindfold::app {
namespace {

std::string counted(std::size_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

}  // namespace

std::string all_is_well(const std::string& file, const manifest::Deployment& deployment) {
  std::string text =
      base::printable(file) + ": " + counted(deployment.requirements.size(), "requirement") + ", ";
  if (!deployment.settings.empty()) {
    text += counted(deployment.settings.size(), "setting") + ", ";
  }
  if (!deployment.reactions.empty()) {
    text += counted(deployment.reactions.size(), "reaction") + ", ";
  }
  return text + "no errors";
}

int check(const CheckCommand& command) {
  const auto loaded = load(command.file);
  if (!loaded) {
    return refuse(loaded.error());
  }
  return print(all_is_well(command.file, loaded->deployment) + "\n") ? 0 : failed;
}

}  // namespace blindfold::app
