#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/api_exchange.hpp"
#include "clients/kubernetes/connection_parts.hpp"
#include "clients/kubernetes/table_reader.hpp"
#include "clients/kubernetes/table_watch.hpp"
#include "clients/kubernetes/watch_pace.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::kubernetes {

/// One step after the other: the pages of a list, a watch from 0 for the
/// versions of what was listed, then watches from the list's version on. Without
/// a list, watches from 0 and from what they saw last.
class TableWatch::Implementation final : private ApiListener {
 public:
  Implementation(loop::Loop& loop, Connection::Parts& connection, TableListener& listener,
                 Options options) noexcept;
  ~Implementation() override;
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  void start() noexcept { go_on(); }
  void try_now() noexcept;

 private:
  enum class Step : std::uint8_t { idle, list, versions, watch, wait };

  void on_reply() noexcept override;
  std::optional<Fault> on_bytes(std::string_view bytes) noexcept override;
  void on_end(const std::optional<Failure>& failure) noexcept override;

  void go_on() noexcept;
  void list_page() noexcept;
  void watch_versions() noexcept;
  void watch() noexcept;
  void wait(WatchPace::Duration delay) noexcept;

  void list_ended(const std::optional<Failure>& failure) noexcept;
  void page_complete() noexcept;
  void watch_ended(const std::optional<Failure>& failure) noexcept;
  void ended_in_time(bool lived) noexcept;
  void expired(bool lived) noexcept;
  void fail(const Failure& failure) noexcept;

  void expect_bytes() noexcept;
  void timer_due() noexcept;
  void silent() noexcept;
  [[nodiscard]] bool knows_all_versions() const noexcept;
  [[nodiscard]] bool deliver() noexcept;
  template <class Call>
  [[nodiscard]] bool tell(Call&& call) noexcept;

  loop::Loop& loop_;
  TableListener& listener_;
  Options options_;
  Step step_ = Step::idle;
  TableReader reader_;
  std::optional<json::Parser> parser_;
  ApiExchange lists_;
  ApiExchange streams_;
  loop::Timer timer_;  ///< of a wait, or of silence
  WatchPace pace_;
  std::vector<TableItem> batch_;

  std::string next_;     ///< of the list's pages
  std::string version_;  ///< to watch from; empty: none is known
  std::size_t pages_ = 0;
  std::size_t rows_ = 0;  ///< listed, less those whose version was told
  bool listed_ = false;
  base::SteadyTime listed_at_;
  bool answered_ = false;        ///< the head of the present reply is there
  bool restarted_ = false;       ///< the list, since it last came to its end
  bool with_bookmarks_ = false;  ///< the present watch
  bool bookmarks_come_ = false;  ///< they were seen to
  bool bookmarks_fail_ = false;  ///< a watch with them was silent for longer than they are apart
  bool had_expired_ = false;     ///< a version that was seen last, where there is no list
  std::chrono::seconds lifetime_{0};
  bool* destroyed_ = nullptr;
};

}  // namespace blindfold::kubernetes
