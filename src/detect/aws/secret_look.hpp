#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "clients/aws/operations.hpp"
#include "detect/aws/aws_answer.hpp"
#include "detect/aws/aws_item.hpp"

namespace blindfold::detect {

/// What a listing, or DescribeSecret, says of one secret. As it is when made:
/// there is none.
struct SecretClaim {
  bool there = false;
  bool pending_deletion = false;
  std::string version{};  ///< that carries AWSCURRENT

  friend bool operator==(const SecretClaim&, const SecretClaim&) = default;
};

/// Where a look stands after a reply.
struct LookStep {
  enum class Next : std::uint8_t {
    done,     ///< the inventory was told
    go_on,    ///< the next question is to be asked at once
    confirm,  ///< it was not told: asked again, from the beginning, in a moment
    failed,   ///< no answer, for reasons of this secret's own
    trouble,  ///< no answer, nor would any other question have one: asked again later
  };
  Next next = Next::done;
  AwsAnswer answer{};  ///< with `failed` and `trouble`: to be told
};

/// Looks at one secret: DescribeSecret, and ListSecretVersionIds where the version
/// that carries AWSCURRENT is another than the one that was seen to hold a value,
/// as DescribeSecret tells nothing of that. A listing, which may be five minutes
/// behind, is only believed where it says what is known already.
class SecretLook final {
 public:
  explicit SecretLook(AwsItem item) noexcept;

  [[nodiscard]] AwsItem& item() noexcept { return item_; }
  [[nodiscard]] const AwsItem& item() const noexcept { return item_; }

  /// Whether its next question is for the versions.
  [[nodiscard]] bool wants_versions() const noexcept { return described_.has_value(); }
  /// Its next question, which then counts as asked.
  [[nodiscard]] aws::Operation question() noexcept;
  [[nodiscard]] bool asked() const noexcept { return asked_; }

  [[nodiscard]] LookStep on_described(const std::optional<aws::Failure>& failure,
                                      const aws::SecretFacts& facts, const AwsServer& server,
                                      base::Instant now) noexcept;
  /// One page: the id in it that carries AWSCURRENT, and where the next begins.
  [[nodiscard]] LookStep on_versions(const std::optional<aws::Failure>& failure,
                                     const std::string& current, const std::string& next,
                                     const AwsServer& server, base::Instant now) noexcept;
  /// A listing claims this. Whether it is to be looked at by itself; otherwise the
  /// inventory was told that nothing changed.
  [[nodiscard]] bool on_listed(const SecretClaim& claim, base::Instant now) noexcept;

 private:
  [[nodiscard]] LookStep tell(model::Observation observation, base::Instant now) noexcept;
  [[nodiscard]] LookStep without_answer(AwsAnswer answer) noexcept;
  [[nodiscard]] LookStep tell_present(std::string version, bool checked,
                                      base::Instant now) noexcept;

  AwsItem item_;
  bool asked_ = false;
  std::optional<std::string> described_;  ///< AWSCURRENT's id; its versions are asked for
  std::string next_page_;
  std::uint32_t pages_ = 0;
  std::string checked_;                        ///< the id for which they were
  std::optional<base::SteadyTime> unchecked_;  ///< when that was denied
  std::optional<SecretClaim> known_;           ///< as it was last described
  std::optional<SecretClaim> claimed_;         ///< by a listing; to be found out
  std::optional<SecretClaim> refuted_;         ///< by a description after a listing
  base::SteadyTime refuted_at_{};
};

}  // namespace blindfold::detect
