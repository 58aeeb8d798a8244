#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "core/model/locator.hpp"
#include "detect/kubernetes/answers.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

enum class ProbeKind : std::uint8_t {
  update,  ///< by name; its reply has the version
  create,  ///< not limited to names; there or not is all it tells
};

struct ProbeResult {
  std::size_t tag = 0;
  ProbeKind kind = ProbeKind::update;
  Answer answer{};
  /// How long the server asked to be left alone.
  std::optional<std::chrono::seconds> retry_after{};
};

/// One question about one Secret at a time.
class Probe final {
 public:
  using Done = loop::Callback<ProbeResult>;

  /// `connection` outlives it. From `done` it may be started again.
  Probe(kubernetes::Connection& connection, Done done);

  /// Only while it asks nothing. `locator` outlives the answer; `tag` is the
  /// caller's.
  void start(ProbeKind kind, const model::KubernetesLocator& locator, std::size_t tag) noexcept;
  void cancel() noexcept { call_.cancel(); }

  [[nodiscard]] bool running() const noexcept { return call_.running(); }
  [[nodiscard]] const std::string& server() const noexcept { return connection_.server(); }
  [[nodiscard]] std::size_t tag() const noexcept { return tag_; }

 private:
  void on_done(const std::optional<kubernetes::Failure>& failure) noexcept;

  kubernetes::Connection& connection_;
  loop::OwnedCallback<ProbeResult> done_;
  kubernetes::ObjectMetaReader reader_;
  kubernetes::Call call_;
  const model::KubernetesLocator* locator_ = nullptr;
  std::size_t tag_ = 0;
  ProbeKind kind_ = ProbeKind::update;
};

}  // namespace blindfold::detect
