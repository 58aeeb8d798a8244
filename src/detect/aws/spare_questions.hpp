#pragma once

#include <deque>
#include <optional>
#include <string>

#include "clients/aws/readers.hpp"
#include "detect/aws/aws_item.hpp"
#include "detect/aws/near_miss.hpp"
#include "detect/aws/secret_question.hpp"

namespace blindfold::detect {

/// What is asked of Secrets Manager in one region when nothing else is due: once
/// for each, what a missing secret may have been called instead, and whether
/// another region's is in this one. One of each kind at a time. Pure.
class SpareQuestions final {
 public:
  /// A secret of this region, or of another one, is missing there. It outlives
  /// this object.
  void look_for(AwsItem& item) { search_.look_for(item); }
  void look_elsewhere(AwsItem& item) noexcept;

  [[nodiscard]] bool any() noexcept;
  /// The next, where there is any().
  [[nodiscard]] SecretQuestion take() noexcept;

  // What came of it. Where there was no answer, nothing was found out.
  void on_searched(const aws::SecretFacts& facts) noexcept { search_.on_secret(facts); }
  void on_search_page(const std::optional<std::string>& next, base::Instant now) noexcept;
  /// `facts`: of what is called the same in `region`; null: nothing is.
  void on_elsewhere(const aws::SecretFacts* facts, const std::string& region,
                    base::Instant now) noexcept;

 private:
  SecretSearch search_;
  std::deque<AwsItem*> elsewhere_;  ///< the first may be the one being asked about
  bool searching_ = false;
  bool asking_elsewhere_ = false;
};

}  // namespace blindfold::detect
