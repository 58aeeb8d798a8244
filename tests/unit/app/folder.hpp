#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "support/scratch_folder.hpp"

namespace blindfold::support {

/// A scratch folder as a fixture.
class Folder {
 public:
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return scratch_.path(); }
  [[nodiscard]] std::string operator/(std::string_view name) const { return scratch_ / name; }
  std::string write(std::string_view name, std::string_view text = "x") const {
    return scratch_.write(name, text);
  }

 private:
  support::ScratchFolder scratch_;
};

}  // namespace blindfold::support
