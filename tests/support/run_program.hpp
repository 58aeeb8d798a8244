#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindfold::support {

struct Outcome {
  int status = -1;  ///< exit status; 128 + signal where one ended it
  std::string out;
  std::string err;
};

/// Runs a program found on PATH, with `input` on its standard input, to its end.
[[nodiscard]] Outcome run_program(const std::vector<std::string>& argv,
                                  std::string_view input = {});

}  // namespace blindfold::support
