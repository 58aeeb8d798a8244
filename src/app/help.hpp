#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace blindfold::app {

/// What `--help` prints, 80 columns wide: usage, commands, arguments, options by
/// group, and the footer as it is.
class Help final : public CLI::FormatterBase {
 public:
  [[nodiscard]] std::string make_help(const CLI::App* app, std::string name,
                                      CLI::AppFormatMode mode) const override;
};

}  // namespace blindfold::app
