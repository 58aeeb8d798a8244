#pragma once

#include <yaml-cpp/eventhandler.h>

#include <cstddef>
#include <string>
#include <vector>

#include "core/manifest/stream.hpp"

namespace blindfold::manifest {

/// Stands before another handler and passes on what is kept. In the place of
/// everything else, and of aliases of it, that one gets a null.
class Sieve final : public YAML::EventHandler {
 public:
  /// `next` outlives it.
  Sieve(YAML::EventHandler& next, Keeps keeps) noexcept : next_(next), keeps_(keeps) {}

  void OnDocumentStart(const YAML::Mark& mark) override { next_.OnDocumentStart(mark); }
  void OnDocumentEnd() override { next_.OnDocumentEnd(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  /// What is open, and where in it the next node stands.
  struct Open {
    bool map;
    bool at_key;
  };

  [[nodiscard]] bool at_key() const noexcept { return !open_.empty() && open_.back().at_key; }
  [[nodiscard]] bool passes(NodeKind kind) const noexcept;
  bool begin(const YAML::Mark& mark, YAML::anchor_t anchor, NodeKind kind);
  bool end() noexcept;
  void name(const std::string& key);
  void after_value() noexcept;
  void drop(const YAML::Mark& mark, YAML::anchor_t anchor);

  YAML::EventHandler& next_;
  Keeps keeps_;
  std::vector<Open> open_;
  std::vector<std::string> path_;     ///< one for each of open_
  std::vector<std::size_t> dropped_;  ///< anchors within what was not kept
  std::size_t dropping_ = 0;          ///< how deep in what is not kept
};

}  // namespace blindfold::manifest
