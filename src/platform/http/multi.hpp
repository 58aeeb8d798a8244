#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/http/easy_handle.hpp"
#include "platform/http/memory_file.hpp"
#include "platform/http/settings.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::http {

class Exchange;

/// curl's multi handle on the loop, and the connections it keeps: those that
/// trust one set of certificates. It is the only place where curl acts, from the
/// loop's callbacks and never from within its own.
///
/// Exchanges begin one after another, each once the one before has a connection
/// whose limits are known: curl would put all that wait on one that it has only
/// begun, and streams beyond what its server takes would never be sent.
class Multi final {
 public:
  /// `settings` outlive it. `ca`: no file where the system's are trusted.
  /// `on_idle` is called when its last exchange ends, and may destroy nothing.
  /// Fails (`internal`) where curl gives no handle.
  [[nodiscard]] static base::Result<std::unique_ptr<Multi>> make(loop::Loop& loop,
                                                                 const Settings& settings,
                                                                 MemoryFile ca,
                                                                 loop::Callback<> on_idle) noexcept;
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;
  Multi(Multi&&) = delete;
  Multi& operator=(Multi&&) = delete;

  [[nodiscard]] loop::Loop& loop() noexcept { return loop_; }
  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
  [[nodiscard]] bool idle() const noexcept { return exchanges_ == 0; }

  /// Gives a handle what all requests have in common.
  void configure(EasyHandle& handle) const noexcept { settings_.configure(handle, ca_); }

  /// On a later turn.
  void start(Exchange& exchange) noexcept;
  /// It has a connection whose limits are known.
  void settled(const Exchange& exchange) noexcept;
  /// Ends it, whatever it is doing: at once, or, from within one of curl's
  /// callbacks, once curl has returned. It is told nothing more.
  void end(std::unique_ptr<Exchange> exchange) noexcept;

 private:
  struct Free {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };
  using Handle = std::unique_ptr<CURLM, Free>;

  Multi(loop::Loop& loop, const Settings& settings, MemoryFile ca, loop::Callback<> on_idle,
        Handle handle) noexcept;

  static int on_socket(CURL*, curl_socket_t fd, int what, void* multi, void*) noexcept;
  static int on_timeout(CURLM*, long milliseconds, void* multi) noexcept;

  void limit_connections() noexcept;
  void watch(int fd, int what) noexcept;
  void wait(long milliseconds) noexcept;
  void turned() noexcept;
  void begin_waiting() noexcept;
  void deliver_completed() noexcept;
  void act(curl_socket_t fd, int events) noexcept;
  void remove(const Exchange& exchange) noexcept;

  loop::Loop& loop_;
  const Settings& settings_;
  MemoryFile ca_;
  loop::Callback<> on_idle_;

  std::deque<Exchange*> waiting_;                 ///< not yet given to curl
  const Exchange* opening_ = nullptr;             ///< given to curl, and not yet settled
  std::vector<std::unique_ptr<Exchange>> ended_;  ///< from within curl's callbacks
  std::size_t exchanges_ = 0;
  int in_curl_ = 0;
  bool acting_ = false;
  bool due_ = false;           ///< curl asked to be called at once
  bool* destroyed_ = nullptr;  ///< of the turn that runs

  std::map<int, loop::Poll> polls_;
  loop::Timer timer_;
  loop::Deferred turn_;
  Handle handle_;  ///< goes first: it calls back while it closes
};

}  // namespace blindfold::http
