#include "clients/kubernetes/table_watch_implementation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace blindfold::kubernetes {
namespace {

using namespace std::chrono_literals;

// A server compresses what is larger than 128 KiB (k8s.io/apiserver,
// defaultGzipThresholdBytes); a row has 46 bytes at least, so a full page is.
constexpr std::uint32_t page_rows = 4000;
constexpr std::size_t most_pages = 2000;
constexpr std::size_t largest_page = 4UL * 1024 * 1024;
constexpr std::size_t largest_event = 64UL * 1024;
constexpr auto no_limit = static_cast<std::size_t>(-1);
// Rows are delivered after so many bytes: the longest stretch on the loop.
constexpr std::size_t stretch = 16UL * 1024;

constexpr auto list_timeout = 60s;
constexpr auto list_again_after = 60min;
constexpr auto versions_timeout = 30s;
// The rows of a watch from 0 come at once, and nothing says which is the last.
constexpr auto versions_quiet = 250ms;
constexpr auto versions_late = 2s;
constexpr auto lifetime = 300s;
// Where no bookmarks show that the connection is there: those come with the next.
constexpr auto first_lifetime = 30s;
constexpr auto head_within = 30s;
// A server sends a bookmark about once a minute (k8s.io/apiserver
// pkg/storage/cacher, defaultBookmarkFrequency).
constexpr auto bookmarks_within = 90s;
constexpr auto after_lifetime = 10s;

Failure with(Fault fault) {
  Failure failure;
  failure.fault = fault;
  return failure;
}

}  // namespace

TableWatch::Implementation::Implementation(loop::Loop& loop, Connection::Parts& connection,
                                           TableListener& listener, Options options) noexcept
    : loop_(loop),
      listener_(listener),
      options_(std::move(options)),
      reader_(options_.columns),
      lists_(loop, *connection.calls, connection.tokens, connection.trust, *this),
      streams_(loop, *connection.streams, connection.tokens, connection.trust, *this),
      timer_(loop, [this]() noexcept { timer_due(); }) {
}

TableWatch::Implementation::~Implementation() {
  if (destroyed_ != nullptr) {
    *destroyed_ = true;
  }
}

// Whether it is still there afterwards.
template <class Call>
bool TableWatch::Implementation::tell(Call&& call) noexcept {
  bool destroyed = false;
  destroyed_ = &destroyed;
  std::forward<Call>(call)();
  if (!destroyed) {
    destroyed_ = nullptr;
  }
  return !destroyed;
}

void TableWatch::Implementation::try_now() noexcept {
  if (step_ == Step::wait) {
    timer_.stop();
    go_on();
  }
}

void TableWatch::Implementation::go_on() noexcept {
  const bool stale = loop_.now().steady - listed_at_ > list_again_after;
  if (options_.list && (!listed_ || stale)) {
    listed_ = false;
    pages_ = 0;
    rows_ = 0;
    next_.clear();
    list_page();
  } else {
    watch();
  }
}

void TableWatch::Implementation::list_page() noexcept {
  step_ = Step::list;
  reader_.begin(TableReader::Shape::page);
  parser_.emplace(reader_, json::Limits{.document = largest_page});
  lists_.start(table_list(options_.collection, page_rows, next_),
               {.timeout = list_timeout, .max_body = largest_page});
}

void TableWatch::Implementation::watch_versions() noexcept {
  step_ = Step::versions;
  answered_ = false;
  lifetime_ = versions_timeout;
  reader_.begin(TableReader::Shape::events);
  parser_.emplace(reader_, json::Limits{.document = largest_event});
  streams_.start(table_watch(options_.collection, "0", false, lifetime_), {.max_body = no_limit});
  expect_bytes();
}

void TableWatch::Implementation::watch() noexcept {
  step_ = Step::watch;
  batch_ = {};
  answered_ = false;
  with_bookmarks_ = !version_.empty();
  lifetime_ = pace_.lifetime(with_bookmarks_ || had_expired_ ? lifetime : first_lifetime);
  pace_.begin(loop_.now().steady);
  reader_.begin(TableReader::Shape::events);
  parser_.emplace(reader_, json::Limits{.document = largest_event});
  const std::string_view since = with_bookmarks_ ? std::string_view(version_) : "0";
  streams_.start(table_watch(options_.collection, since, with_bookmarks_, lifetime_),
                 {.max_body = no_limit});
  expect_bytes();
}

void TableWatch::Implementation::wait(WatchPace::Duration delay) noexcept {
  step_ = Step::wait;
  timer_.start(delay);
}

void TableWatch::Implementation::on_reply() noexcept {
  answered_ = true;
  if (step_ == Step::list) {
    if (pages_ == 0) {
      static_cast<void>(tell([this]() noexcept { listener_.on_list_begin(); }));
    }
    return;
  }
  expect_bytes();
  if (step_ == Step::watch) {
    static_cast<void>(tell([this]() noexcept { listener_.on_alive(); }));
  }
}

std::optional<Fault> TableWatch::Implementation::on_bytes(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const auto fed = parser_->feed(bytes.substr(0, stretch));
    bytes.remove_prefix(std::min(stretch, bytes.size()));
    if (!deliver()) {
      return std::nullopt;
    }
    if (!fed) {
      return fed.error().kind == base::ErrorKind::limit ? Fault::too_large : Fault::not_the_form;
    }
    if (reader_.error() || knows_all_versions()) {
      return Fault::cut_off;
    }
  }
  if (step_ != Step::list) {
    expect_bytes();
  }
  return std::nullopt;
}

// Of one object there is one row; of several, others may have come up meanwhile.
bool TableWatch::Implementation::knows_all_versions() const noexcept {
  return step_ == Step::versions && rows_ == 0 && !options_.collection.name.empty();
}

// Whether it is still there afterwards. The rows are held by this call alone
// meanwhile.
bool TableWatch::Implementation::deliver() noexcept {
  const Step step = step_;
  std::vector<TableItem> batch = std::move(batch_);
  const std::size_t size = reader_.take(batch);
  if (step == Step::list) {
    rows_ += size;
  } else {
    rows_ -= std::min(rows_, size);
  }
  bool here = true;
  for (std::size_t at = 0; here && at < size; ++at) {
    here = tell([this, step, item = &batch[at]]() noexcept {
      if (step == Step::list) {
        listener_.on_listed(item->row);
      } else {
        listener_.on_change(item->change, item->row);
      }
    });
  }
  if (!here) {
    return false;
  }
  batch_ = std::move(batch);
  if (step == Step::watch && !reader_.version().empty()) {
    version_ = reader_.version();
  }
  bookmarks_come_ = bookmarks_come_ || reader_.seen_bookmark();
  return true;
}

void TableWatch::Implementation::on_end(const std::optional<Failure>& failure) noexcept {
  timer_.stop();
  std::optional<Failure> outcome = failure;
  if (!failure && !parser_->finish()) {
    outcome = with(Fault::cut_off);
  }
  switch (step_) {
    case Step::list:
      list_ended(outcome);
      break;
    case Step::versions:
      watch();
      break;
    case Step::watch:
      watch_ended(outcome);
      break;
    case Step::idle:
    case Step::wait:
      break;
  }
}

void TableWatch::Implementation::list_ended(const std::optional<Failure>& failure) noexcept {
  if (!failure && parser_->documents() == 1) {
    page_complete();
    return;
  }
  const Failure why = failure.value_or(with(Fault::not_the_form));
  // The list's own version expired between two pages.
  if (why.status.code == 410 && pages_ > 0 && !std::exchange(restarted_, true)) {
    go_on();
    return;
  }
  fail(why);
}

void TableWatch::Implementation::page_complete() noexcept {
  if (pages_++ == 0) {
    version_ = reader_.version();
  }
  next_ = reader_.next();
  if (!next_.empty()) {
    if (pages_ < most_pages) {
      list_page();
    } else {
      fail(with(Fault::too_large));
    }
    return;
  }
  listed_ = true;
  restarted_ = false;
  listed_at_ = loop_.now().steady;
  if (!tell([this]() noexcept { listener_.on_list_end(); })) {
    return;
  }
  if (rows_ > 0) {
    watch_versions();
  } else {
    watch();
  }
}

void TableWatch::Implementation::watch_ended(const std::optional<Failure>& failure) noexcept {
  const bool lived = pace_.ended(loop_.now().steady);
  if (!options_.list && !lived && !with_bookmarks_) {
    // It may have ended amid what there is: not all of it has been told.
    version_.clear();
  }
  Failure why = failure.value_or(Failure{});
  if (reader_.error()) {
    why = {std::nullopt, *reader_.error()};
  }
  if (why.status.code == 410) {
    expired(lived);
  } else if (failure || reader_.error()) {
    fail(why);
  } else {
    ended_in_time(lived);
  }
}

void TableWatch::Implementation::ended_in_time(bool lived) noexcept {
  if (lived) {
    go_on();
  } else if (pace_.short_ones() == 1) {
    wait(pace_.next());
  } else {
    fail(with(Fault::cut_off));
  }
}

void TableWatch::Implementation::expired(bool lived) noexcept {
  listed_ = false;
  version_.clear();
  had_expired_ = true;
  if (lived || pace_.short_ones() == 1) {
    go_on();
  } else {
    wait(pace_.next());
  }
}

void TableWatch::Implementation::fail(const Failure& failure) noexcept {
  wait(pace_.next(failure));
  static_cast<void>(tell([this, &failure]() noexcept { listener_.on_failure(failure); }));
}

void TableWatch::Implementation::expect_bytes() noexcept {
  if (!answered_) {
    timer_.start(head_within);
  } else if (step_ == Step::versions) {
    timer_.start(rows_ == 0 ? versions_quiet : versions_late);
  } else if (with_bookmarks_ && (bookmarks_come_ || !bookmarks_fail_)) {
    timer_.start(std::min<std::chrono::milliseconds>(bookmarks_within, lifetime_ + after_lifetime));
  } else {
    timer_.start(lifetime_ + after_lifetime);
  }
}

void TableWatch::Implementation::timer_due() noexcept {
  if (step_ == Step::wait) {
    go_on();
  } else {
    silent();
  }
}

void TableWatch::Implementation::silent() noexcept {
  streams_.cancel();
  if (step_ == Step::versions) {
    watch();
    return;
  }
  const bool lived = pace_.ended(loop_.now().steady);
  const bool may_have_none = answered_ && with_bookmarks_ && !bookmarks_come_;
  if (lived && may_have_none && !std::exchange(bookmarks_fail_, true)) {
    go_on();
    return;
  }
  fail(with(Fault::timed_out));
}

}  // namespace blindfold::kubernetes
