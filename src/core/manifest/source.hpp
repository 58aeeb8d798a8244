#pragma once

#include <string>

namespace blindfold::manifest {

/// A file that a person wrote, as its reader got it. Nothing here opens files.
struct Source {
  std::string file;  ///< as messages show it
  std::string text;
  /// The absolute folder that relative paths in the text start from. Empty: the
  /// folder part of `file`, which is then absolute.
  std::string folder;
};

}  // namespace blindfold::manifest
