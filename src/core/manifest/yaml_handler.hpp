#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/document_builder.hpp"
#include "core/manifest/positions.hpp"

namespace blindfold::manifest {

/// How strictly a document is read.
enum class Reading : std::uint8_t {
  /// What every YAML reader reads alike: tags and merge keys are refused.
  strict,
  /// What other tools wrote: tags are passed over, a merge key is a key `<<`.
  lenient,
};

/// Passes yaml-cpp's events of one document on to a builder. Throws a Refusal
/// where something may not be there.
class YamlHandler final : public YAML::EventHandler {
 public:
  /// `last` is where whatever was read before ended.
  YamlHandler(std::string_view text, const Limits& limits, Reading reading,
              Position last = {}) noexcept
      : text_(text), positions_(text), last_(last), builder_(limits), reading_(reading) {}

  [[nodiscard]] Position at(const YAML::Mark& mark) noexcept;
  /// Where the last thing that was read begins.
  [[nodiscard]] Position last() const noexcept { return last_; }
  /// Where the document begins; null where there was none.
  [[nodiscard]] const YAML::Mark& began() const noexcept { return began_; }
  [[nodiscard]] Document take() { return builder_.take(); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { end(); }

 private:
  /// Where the next node stands in what is open.
  enum class Next : std::uint8_t { item, key, value };

  [[nodiscard]] bool at_key() const noexcept { return !open_.empty() && open_.back() == Next::key; }
  [[nodiscard]] bool is_written(const YAML::Mark& mark) const noexcept;
  void next() noexcept;
  void refuse_key(const YAML::Mark& mark);
  void refuse_tag(const YAML::Mark& mark);
  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, NodeKind kind);
  void end();

  std::string_view text_;
  Positions positions_;
  Position last_;
  DocumentBuilder builder_;
  std::vector<Next> open_;
  YAML::Mark began_ = YAML::Mark::null_mark();
  Reading reading_;
};

}  // namespace blindfold::manifest
