#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace blindfold::manifest {

enum class NodeKind : std::uint8_t { null, scalar, sequence, map };

/// Lines and columns count from 1, columns in characters.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

class Document;

/// A place in a document: two words, valid as long as the document is.
class TreeNode final {
 public:
  [[nodiscard]] NodeKind kind() const noexcept;
  /// Of a scalar: whether it is text by its form, by quotes, `|`, `>` or `!!str`.
  [[nodiscard]] bool quoted() const noexcept;
  /// Of a scalar; empty for everything else.
  [[nodiscard]] std::string_view text() const noexcept;
  [[nodiscard]] Position where() const noexcept;

  /// How many a sequence has; none of everything else.
  [[nodiscard]] std::size_t items() const noexcept;
  [[nodiscard]] TreeNode item(std::size_t index) const noexcept;

  /// How many a map has; none of everything else.
  [[nodiscard]] std::size_t pairs() const noexcept;
  [[nodiscard]] TreeNode key(std::size_t index) const noexcept;
  [[nodiscard]] TreeNode value(std::size_t index) const noexcept;

 private:
  friend class Document;
  [[nodiscard]] TreeNode linked(std::size_t index) const noexcept;
  TreeNode(const Document& document, std::uint32_t index) noexcept
      : document_(&document), index_(index) {}

  const Document* document_;
  std::uint32_t index_;
};

/// A YAML document, kept compact: nodes, links and texts in one block each.
/// An alias is the node that it names, so the tree may share branches, but
/// never closes a circle.
class Document final {
 public:
  /// Of a document that has one: parse() gives no other.
  [[nodiscard]] TreeNode root() const noexcept { return {*this, root_}; }

 private:
  friend class TreeNode;
  friend class DocumentBuilder;

  struct Data {
    std::uint32_t begin = 0;  ///< in texts_, or in links_
    std::uint32_t size = 0;   ///< bytes, or links
    Position where;
    NodeKind kind = NodeKind::null;
    bool quoted = false;
  };

  std::vector<Data> nodes_;
  std::vector<std::uint32_t> links_;  ///< items, or keys and values in turn
  std::string texts_;
  std::uint32_t root_ = 0;
};

}  // namespace blindfold::manifest
