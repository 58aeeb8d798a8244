#include "detect/kubernetes/watched_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include "detect/kubernetes/answers.hpp"
#include "detect/polling/near_name.hpp"

namespace blindfold::detect {
namespace {

using kubernetes::TableRow;

enum Column : std::uint8_t { name_column, type_column, keys_column };

// Nothing: it is not the row of a Secret, whatever the server says.
std::optional<kubernetes::SecretRow> secret_of(const TableRow& row) {
  kubernetes::SecretRow secret{row.cells[name_column], row.cells[type_column], 0};
  const std::string& digits = row.cells[keys_column];
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, secret.keys);
  if (secret.type.empty() || error != std::errc() || rest != end) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace

WatchedTable::WatchedTable(loop::Loop& loop, kubernetes::Connection& connection,
                           const std::string& name_space, const std::string& name,
                           SecretItems items, loop::Callback<> on_denied)
    : loop_(loop),
      server_(connection.server()),
      on_denied_(std::move(on_denied)),
      watch_(loop, connection, *this,
             {.collection = {"secrets", name_space, name}, .columns = {"Name", "Type", "Data"}}) {
  for (const auto& item : items) {
    if (name.empty() || item->secret() == name) {
      items_.emplace(item->secret(), item.get());
      plain_names_.emplace(plain_name(item->secret()), item.get());
    }
  }
}

void WatchedTable::give_up() noexcept {
  for (const auto& [name, item] : items_) {
    if (!item->told()) {
      report_failure(*item, {kubernetes::Fault::timed_out, {}});
    }
  }
}

bool WatchedTable::has_conditional() const noexcept {
  return std::ranges::any_of(items_, [](const auto& item) { return item.second->conditional(); });
}

void WatchedTable::on_list_begin() noexcept {
  listed_.clear();
  near_.clear();
  listing_ = true;
}

void WatchedTable::on_listed(const TableRow& row) noexcept {
  const auto [begin, end] = items_.equal_range(row.cells[name_column]);
  if (begin == end) {
    look_for_near_miss(row.cells[name_column]);
  }
  for (auto each = begin; each != end; ++each) {
    listed_.insert(each->second);
    report(*each->second, row);
  }
}

void WatchedTable::on_list_end() noexcept {
  listing_ = false;
  for (const auto& [name, item] : items_) {
    if (!listed_.contains(item)) {
      const auto near = near_.find(item);
      item->note_near_miss(near == near_.end() ? std::string() : near->second, {}, loop_.now());
      item->report(observe_absence(item->locator()), loop_.now());
    }
  }
  listed_.clear();
  near_.clear();
}

void WatchedTable::on_change(kubernetes::Change change, const TableRow& row) noexcept {
  const bool gone = change == kubernetes::Change::deleted;
  const auto [begin, end] = items_.equal_range(row.cells[name_column]);
  for (auto each = begin; each != end; ++each) {
    SecretItem& item = *each->second;
    if (gone) {
      item.report(observe_absence(item.locator()), loop_.now());
    } else {
      if (change == kubernetes::Change::modified) {
        item.expect_change(loop_.now());
      }
      report(item, row);
    }
  }
}

void WatchedTable::on_failure(const kubernetes::Failure& failure) noexcept {
  bool denied = false;
  for (const auto& [name, item] : items_) {
    const model::PermissionMissing wanted{listing_ ? "list" : "watch", "secrets",
                                          item->locator().name_space, name};
    Answer answer = answer_to_failure(wanted, failure, server_);
    denied = denied || answer.observation.presence == model::Presence::denied;
    if (answer.observation.presence == model::Presence::unreachable) {
      item->report_failure(std::move(answer.observation), loop_.now());
    } else {
      item->report(std::move(answer.observation), loop_.now());
    }
  }
  if (denied) {
    on_denied_();
  }
}

void WatchedTable::on_alive() noexcept {
  for (const auto& [name, item] : items_) {
    item->repeat(loop_.now());
  }
}

void WatchedTable::report(SecretItem& item, const TableRow& row) noexcept {
  if (const auto secret = secret_of(row)) {
    item.report(observe_row(item.locator(), *secret, row.resource_version), loop_.now());
  } else {
    report_failure(item, {kubernetes::Fault::not_the_form, {}});
  }
}

void WatchedTable::report_failure(SecretItem& item, const kubernetes::Failure& failure) noexcept {
  item.report_failure(
      answer_to_failure({"list", "secrets", item.locator().name_space, item.secret()}, failure,
                        server_)
          .observation,
      loop_.now());
}

void WatchedTable::look_for_near_miss(std::string_view name) noexcept {
  const auto [begin, end] = plain_names_.equal_range(plain_name(name));
  for (auto each = begin; each != end; ++each) {
    near_.try_emplace(each->second, name);
  }
}

}  // namespace blindfold::detect
