#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/manifest/document.hpp"

namespace blindfold::manifest {

/// The limits of a document, and what is said where one is reached: constants.
/// Those of nodes and nesting count what aliases stand for, each time that they
/// stand for it.
struct Limits {
  std::uint32_t nodes;
  std::uint32_t nesting;
  std::size_t scalar;
  std::string_view too_many;
  std::string_view what_to_do;
  std::string_view too_deep;
  std::string_view too_long;
};

/// Of what a person writes.
inline constexpr std::uint32_t most_nodes = 200'000;
inline constexpr std::uint32_t deepest_nesting = 32;
inline constexpr std::size_t longest_scalar = 65'536;
inline constexpr Limits manifest_limits{
    most_nodes,
    deepest_nesting,
    longest_scalar,
    "the file holds more than 200,000 values, aliases counted each time",
    "split it into several manifests",
    "lists and maps are nested more than 32 deep",
    "a value is longer than 64 KiB"};

/// A limit was reached, or an alias names what holds it. Constant texts.
struct Refusal {
  Position where;
  std::string_view message;
  std::string_view hint;
};

/// Builds a document from what a YAML parser comes across, in its order. Each
/// function that adds something throws a Refusal where it may not be added.
/// `anchor` 0 is none; others are numbered by the parser as they appear.
class DocumentBuilder final {
 public:
  /// `limits` outlive it.
  explicit DocumentBuilder(const Limits& limits = manifest_limits) noexcept : limits_(limits) {}

  void null(Position where, std::size_t anchor);
  void scalar(Position where, std::string_view text, bool quoted, std::size_t anchor);
  void alias(Position where, std::size_t anchor);
  void begin(Position where, NodeKind kind, std::size_t anchor);
  void end();

  /// Once, when everything that was begun has ended.
  [[nodiscard]] Document take();

 private:
  /// What a node stands for, aliases followed.
  struct Extent {
    std::uint32_t nodes = 1;
    std::uint32_t height = 1;
  };
  struct Open {
    std::uint32_t node = 0;
    std::size_t first_link = 0;
    Extent extent;
  };

  std::uint32_t add(Position where, NodeKind kind, std::size_t anchor);
  void link(std::uint32_t node, Extent extent);
  void count(Position where, Extent extent);

  const Limits& limits_;
  Document document_;
  std::vector<Extent> extents_;          ///< by node; nodes 0: not ended yet
  std::vector<std::uint32_t> anchored_;  ///< by anchor
  std::vector<std::uint32_t> pending_;   ///< links of what is open
  std::vector<Open> open_;
  std::uint32_t counted_ = 0;
};

}  // namespace blindfold::manifest
