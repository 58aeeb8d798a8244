#pragma once

#include <cstddef>
#include <optional>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/readers.hpp"
#include "clients/kubernetes/requests.hpp"
#include "doctor/kubernetes/readers.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::doctor {

/// One of several requests that are tried at a time, and its place in a list.
/// What it reads of a reply is whether it came.
class Lane final {
 public:
  /// Nothing: a reply came. Never from within start().
  using Done = loop::Callback<const std::optional<kubernetes::Failure>&>;

  /// `connection` outlives it.
  Lane(kubernetes::Connection& connection, Done done);

  /// Only while none runs.
  void start(std::size_t place, kubernetes::ApiRequest request) noexcept;
  /// Of the last that was started.
  [[nodiscard]] std::size_t place() const noexcept { return place_; }

 private:
  loop::OwnedCallback<const std::optional<kubernetes::Failure>&> done_;
  std::size_t place_ = 0;
  NothingReader nothing_reader_;
  kubernetes::ObjectMetaReader meta_reader_;
  kubernetes::Call reading_;
  kubernetes::Call asking_;
};

}  // namespace blindfold::doctor
