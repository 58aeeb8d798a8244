#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clients/aws/operations.hpp"
#include "clients/aws/readers.hpp"

namespace blindfold::detect {

/// One DescribeParameters for up to fifty names, page by page: the service goes
/// through all parameters of the account, so pages without any are ordinary.
class ParameterPass final {
 public:
  static constexpr std::size_t most_names = 50;
  static constexpr std::uint32_t most_pages = 100;

  /// Begins one for these names, without any twice.
  void begin(std::vector<std::string> names);
  [[nodiscard]] aws::Operation question() const;
  void on_parameter(const aws::ParameterFacts& facts);
  enum class Page : std::uint8_t { more, last, endless };
  /// The last one is also that with which every name was found.
  [[nodiscard]] Page on_page(const std::string& next) noexcept;

  /// Once the last page has come; null: there is none.
  [[nodiscard]] const aws::ParameterFacts* find(const std::string& name) const noexcept;
  [[nodiscard]] const std::vector<aws::ParameterFacts>& found() const noexcept { return found_; }

 private:
  std::vector<std::string> names_;
  std::vector<aws::ParameterFacts> found_;  ///< each of another name
  std::string next_;
  std::uint32_t pages_ = 0;
};

}  // namespace blindfold::detect
