#include "detect/kubernetes/watched_table.hpp"

#include <charconv>
#include <utility>

#include "detect/kubernetes/answers.hpp"
#include "detect/kubernetes/near_name.hpp"

namespace blindfold::detect {
namespace {

using kubernetes::TableRow;

enum Column : std::size_t { name_column, type_column, keys_column };

kubernetes::SecretRow secret_of(const TableRow& row) {
  kubernetes::SecretRow secret{row.cells[name_column], row.cells[type_column], 0};
  const std::string& digits = row.cells[keys_column];
  std::from_chars(digits.data(), digits.data() + digits.size(), secret.keys);
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
  if (answered_) {
    return;
  }
  for (const auto& [name, item] : items_) {
    const model::PermissionMissing wanted{"list", "secrets", item->locator().name_space, name};
    item->report_failure(
        answer_to_failure(wanted, {kubernetes::Fault::timed_out, {}}, server_).observation,
        loop_.now());
  }
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
    SecretItem& item = *each->second;
    listed_.insert(&item);
    item.report(observe_row(item.locator(), secret_of(row), row.resource_version), loop_.now());
  }
}

void WatchedTable::on_list_end() noexcept {
  answered_ = true;
  listing_ = false;
  for (const auto& [name, item] : items_) {
    if (!listed_.contains(item)) {
      const auto near = near_.find(item);
      item->report(observe_absence(item->locator()), loop_.now());
      item->note_near_miss(near == near_.end() ? std::string() : near->second, {}, loop_.now());
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
    item.report(gone ? observe_absence(item.locator())
                     : observe_row(item.locator(), secret_of(row), row.resource_version),
                loop_.now());
  }
}

void WatchedTable::on_failure(const kubernetes::Failure& failure) noexcept {
  bool denied = false;
  for (const auto& [name, item] : items_) {
    const model::PermissionMissing wanted{listing_ ? "list" : "watch", "secrets",
                                          item->locator().name_space, name};
    Answer answer = answer_to_failure(wanted, failure, server_);
    denied = denied || answer.observation.presence == model::Presence::denied;
    if (answer.unreachable) {
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

void WatchedTable::look_for_near_miss(std::string_view name) noexcept {
  const auto [begin, end] = plain_names_.equal_range(plain_name(name));
  for (auto each = begin; each != end; ++each) {
    near_.try_emplace(each->second, name);
  }
}

}  // namespace blindfold::detect
