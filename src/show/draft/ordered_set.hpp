#pragma once

#include <string>
#include <unordered_set>
#include <vector>

namespace blindfold::draft {

/// Texts in the order in which they came, each once.
class OrderedSet final {
 public:
  void add(const std::string& text) {
    if (known_.insert(text).second) {
      texts_.push_back(text);
    }
  }

  [[nodiscard]] bool has(const std::string& text) const { return known_.contains(text); }
  [[nodiscard]] const std::vector<std::string>& all() const noexcept { return texts_; }

 private:
  std::vector<std::string> texts_;
  std::unordered_set<std::string> known_;
};

}  // namespace blindfold::draft
