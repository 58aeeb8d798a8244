#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace blindfold::support {

[[nodiscard]] inline std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Replaces what is there in place.
inline void write_file(const std::filesystem::path& file, std::string_view contents) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << contents;
}

/// An empty folder of the test's own, which everybody may search and list,
/// removed with all that is in it.
class ScratchFolder final {
 public:
  /// In memory (tmpfs) below "/dev/shm".
  explicit ScratchFolder(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string name = (parent / "blindfold-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot make a scratch folder");
    }
    path_ = name;
    ::chmod(name.c_str(), 0755);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ScratchFolder(ScratchFolder&&) = delete;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return (path_ / name).string();
  }

  /// Writes a file, replacing what is there in place, and returns its path.
  std::string write(std::string_view name, std::string_view text = "x") const {
    write_file(*this / name, text);
    return *this / name;
  }

  /// Makes a folder, with those above it, and returns its path.
  std::string folder(std::string_view name, mode_t mode = 0755) const {
    const std::string there = *this / name;
    std::filesystem::create_directories(there);
    ::chmod(there.c_str(), mode);
    return there;
  }

  /// Writes a canary into a file, with the folders above it, and returns its path.
  std::string file(std::string_view name, mode_t mode = 0644) const {
    std::filesystem::create_directories(std::filesystem::path(*this / name).parent_path());
    const std::string there = write(name, "canary");
    ::chmod(there.c_str(), mode);
    return there;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace blindfold::support
