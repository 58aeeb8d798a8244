#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "clients/aws/call.hpp"
#include "clients/aws/readers.hpp"
#include "clients/aws/session.hpp"
#include "detect/aws/secrets_plan.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// Makes the requests of one region's SecretsPlan and hands it what comes back.
class SecretsSource final {
 public:
  /// `loop` and `session` outlive it. `on_missing` as the plan's.
  SecretsSource(loop::Loop& loop, aws::Session& session, const std::string& region,
                const Pace& pace, loop::Callback<AwsItem&> on_missing);

  void watch(AwsItem item) { plan_.watch(std::move(item)); }
  /// After the last watch().
  void start() noexcept;
  void set_sight(const model::Sight& sight) noexcept;
  void look_again() noexcept;
  void give_up() noexcept;
  void look_elsewhere(AwsItem& item) noexcept;

 private:
  /// One secret at a time, whatever is asked about it.
  struct Lane {
    Lane(SecretsSource& source, aws::Session& session, const std::string& region);
    [[nodiscard]] bool running() const noexcept { return describe.running() || list.running(); }

    aws::SecretReader secret{};
    aws::VersionListReader versions{};
    aws::Call describe;
    aws::Call list;
    SecretQuestion question{};
  };
  using Failure = std::optional<aws::Failure>;

  void ask() noexcept;
  void start_question(SecretQuestion question) noexcept;
  void on_described(Lane& lane, const Failure& failure) noexcept;
  void on_versions(Lane& lane, const Failure& failure) noexcept;

  loop::Loop& loop_;
  SecretsPlan plan_;
  loop::Timer timer_;
  aws::SecretListReader swept_;
  aws::SecretListReader searched_;
  aws::Call sweep_;
  aws::Call search_;
  std::array<std::unique_ptr<Lane>, SecretsPlan::most_at_once> lanes_;
};

}  // namespace blindfold::detect
