#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/requests.hpp"
#include "clients/kubernetes/status.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::kubernetes {

/// One object as its Table row has it.
struct TableRow {
  /// Of the columns that were asked for, in that order; a number as digits,
  /// empty where the server has no such column, or more than 1 KiB in it.
  std::vector<std::string> cells;
  /// The object's own; empty in a list, where it is not known.
  std::string resource_version;
};

enum class Change : std::uint8_t { added, modified, deleted };

/// Told what a TableWatch sees. From any of these it may be destroyed.
class TableListener {
 public:
  virtual ~TableListener() = default;
  /// A list begins: what it does not name is not there. A list that fails in the
  /// middle has no end, and begins again.
  virtual void on_list_begin() noexcept = 0;
  virtual void on_listed(const TableRow& row) noexcept = 0;
  virtual void on_list_end() noexcept = 0;
  /// After a list the rows are told once more, as `added`, with their versions;
  /// what changes while they are is told twice, the second time in its order.
  virtual void on_change(Change change, const TableRow& row) noexcept = 0;
  /// It is tried again by itself, later. Not told of a watch that ended in its
  /// own time, nor of a 410.
  virtual void on_failure(const Failure& failure) noexcept = 0;
  /// The watch answers (again): nothing has been missed since the last list.
  virtual void on_alive() noexcept = 0;
};

/// Lists a collection and then follows it, for as long as it exists, through
/// everything that ends a watch: the server's timeout (5 to 10 minutes, at
/// random), a connection that broke or went silent, an expired version (410 in
/// both shapes), a 429 or 5xx: backoff with full jitter up to 1 s, doubling to
/// 30 s, Retry-After honoured up to 5 min. After an hour it lists again, for
/// what a server that lost its own history did not tell. Rows arrive in the
/// Table form and no other.
class TableWatch final {
 public:
  struct Options {
    Collection collection;
    std::vector<std::string> columns;  ///< by name, "Name", "Type", "Data"
    /// Whether a list comes first (the right to list); else it watches from the
    /// beginning, and what is not there is never told.
    bool list = true;
  };

  /// `connection` and `listener` outlive it.
  TableWatch(loop::Loop& loop, Connection& connection, TableListener& listener, Options options);
  ~TableWatch();
  TableWatch(const TableWatch&) = delete;
  TableWatch& operator=(const TableWatch&) = delete;
  TableWatch(TableWatch&&) = delete;
  TableWatch& operator=(TableWatch&&) = delete;

  void start() noexcept;
  /// Now, where it waits to try again.
  void try_now() noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::kubernetes
