#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace blindfold::test {

/// A folder of its own for a test, removed with everything in it.
class TemporaryFolder final {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string contents_of(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, std::string_view contents);

}  // namespace blindfold::test
