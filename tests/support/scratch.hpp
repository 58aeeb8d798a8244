#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace blindfold::test {

/// A folder of its own, searchable by everybody, removed with all in it.
class Scratch final {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "blindfold-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    ::chmod(path_.c_str(), 0755);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(Scratch&&) = delete;

  [[nodiscard]] std::string path(std::string_view below = {}) const {
    return below.empty() ? path_ : path_ + "/" + std::string(below);
  }
  std::string folder(std::string_view below, mode_t mode = 0755) const {
    std::filesystem::create_directories(path(below));
    ::chmod(path(below).c_str(), mode);
    return path(below);
  }
  /// A file with its folder.
  std::string file(std::string_view below, mode_t mode = 0644) const {
    const std::string there = path(below);
    std::filesystem::create_directories(std::filesystem::path(there).parent_path());
    std::ofstream(there) << "canary";
    ::chmod(there.c_str(), mode);
    return there;
  }

 private:
  std::string path_;
};

}  // namespace blindfold::test
