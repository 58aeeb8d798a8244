#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/helper/helper.hpp"
#include "platform/helper/packet.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/poll.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::helper {

class HelperRun;

/// The runs under way, by the number that the helper knows them by.
using Runs = std::map<std::uint64_t, HelperRun*>;

/// One run: waits for the program's output and for the report of how it ended.
/// The output is what has been written when the program ends, not what others
/// that it left behind may write later.
class HelperRun final : public Helper::Run {
 public:
  /// Enters itself into `runs`, which may end before it: see forget().
  HelperRun(loop::Loop& loop, Runs& runs, std::uint64_t id, Helper::Done done);
  ~HelperRun() override;
  HelperRun(const HelperRun&) = delete;
  HelperRun& operator=(const HelperRun&) = delete;
  HelperRun(HelperRun&&) = delete;
  HelperRun& operator=(HelperRun&&) = delete;

  /// From these it may be destroyed.
  void started(base::UniqueFd output) noexcept;
  void ended(base::Result<> result) noexcept;

  /// Calls back on a later turn: it has failed.
  void fail(base::Error error) noexcept;
  /// The helper is destroyed: there is nothing to be told any more.
  void forget() noexcept;

 private:
  enum class Output : std::uint8_t { open, ended, too_long, failed };

  void take_output() noexcept;
  [[nodiscard]] base::Result<secret::SecretBuffer> whole_output() noexcept;
  [[nodiscard]] Output read_output() noexcept;
  void finish(base::Result<secret::SecretBuffer> result) noexcept;

  Runs* runs_;
  std::uint64_t id_;
  Helper::Done done_;
  base::UniqueFd output_fd_;
  loop::Poll output_poll_;
  loop::Deferred failure_;
  secret::SecretBuffer output_;
  std::optional<base::Error> error_;
};

}  // namespace blindfold::helper
