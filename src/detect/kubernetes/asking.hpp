#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "clients/kubernetes/connection.hpp"
#include "detect/kubernetes/ask_schedule.hpp"
#include "detect/kubernetes/probe.hpp"
#include "detect/kubernetes/rights.hpp"
#include "detect/kubernetes/secret_item.hpp"
#include "platform/base/backoff.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

using SecretItems = std::span<const std::unique_ptr<SecretItem>>;

/// Asks about the secrets of one namespace, each at its time, a few at once.
/// While the server does not answer, one question at a time finds out when it
/// does again, with backoff; when that fails, too, all are told so, and all are
/// asked about once it is over.
class Asking final {
 public:
  struct Events {
    loop::Callback<> on_denied;              ///< rights may have changed
    loop::Callback<> on_immutable;           ///< an item was found to be, or not to be any more
    loop::Callback<SecretItem&> on_missing;  ///< it has become known to be
  };

  /// All outlive it; `rights` may change.
  Asking(loop::Loop& loop, kubernetes::Connection& connection, SecretItems items,
         const Rights& rights, const Pace& pace, RateLimit& rate, Events events);

  void start() noexcept;
  /// Everything once more, now.
  void look_again() noexcept;
  /// The time is up: what is being asked has failed.
  void give_up() noexcept;

  /// Whether an immutable secret still is one cannot be seen by asking for it as
  /// such: it is asked for once as another.
  void check_immutable() noexcept;

  void hint() noexcept;
  void set_hinted(bool hinted) noexcept;

 private:
  [[nodiscard]] ProbeKind kind_for(const SecretItem& item) const noexcept;
  void resume() noexcept;
  void ask_due() noexcept;
  void on_answer(ProbeResult result) noexcept;
  void take_answer(SecretItem& item, ProbeResult result) noexcept;
  void note_immutable(SecretItem& item, const ProbeResult& result) noexcept;
  void on_trouble(SecretItem& item, const ProbeResult& result) noexcept;
  void on_answered() noexcept;
  [[nodiscard]] Probe* idle_probe() noexcept;
  void set_timer() noexcept;

  loop::Loop& loop_;
  SecretItems items_;
  const Rights& rights_;
  AskSchedule schedule_;
  Events events_;
  loop::Timer timer_;
  loop::Timer resume_;
  base::Backoff backoff_;
  bool in_trouble_ = false;   ///< since the last answer, whoever was asked about
  bool told_failed_ = false;  ///< all items have been told
  bool throttled_ = false;    ///< the server said for how long
  std::vector<std::unique_ptr<Probe>> probes_;
};

}  // namespace blindfold::detect
