#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace blindfold::support {

/// Writes a volume with the steps of kubelet's writer: a time-stamped folder,
/// the link `..data_tmp` renamed over `..data`, links for the keys, and then the
/// old folder's end. tests/end_to_end uses kubelet's own.
class KubeletVolume final {
 public:
  using Files = std::map<std::string, std::string>;

  explicit KubeletVolume(std::string path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }

  /// The new target of `..data`.
  std::string write(const Files& files) {
    const std::string old = target_;
    target_ = "..2026_11_23_12_00_00." + std::to_string(++count_);
    const std::filesystem::path folder = path_ + "/" + target_;
    std::filesystem::create_directory(folder);
    for (const auto& [name, text] : files) {
      std::ofstream(folder / name) << text;
    }
    std::filesystem::create_symlink(target_, path_ + "/..data_tmp");
    std::filesystem::rename(path_ + "/..data_tmp", path_ + "/..data");
    for (const auto& [name, text] : files) {
      if (!std::filesystem::is_symlink(path_ + "/" + name)) {
        std::filesystem::create_symlink("..data/" + name, path_ + "/" + name);
      }
    }
    if (!old.empty()) {
      std::filesystem::remove_all(path_ + "/" + old);
    }
    return target_;
  }

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
  std::string target_;
  int count_ = 0;
};

}  // namespace blindfold::support
