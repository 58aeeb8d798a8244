#include "detect/kubernetes/missed_keys.hpp"

#include <algorithm>
#include <cstdint>

namespace blindfold::detect {
namespace {

constexpr std::string_view before_key = "couldn't find key ";
constexpr std::string_view before_secret = " in Secret ";
constexpr std::size_t longest_name = 253;  // of both, by Kubernetes' own rules
constexpr std::chrono::minutes over_after{5};
constexpr std::chrono::minutes forget_interval{1};

enum Column : std::uint8_t { seen_column, message_column };

// A key of a Secret; names of secrets and namespaces are narrower.
bool is_name(std::string_view text) noexcept {
  const auto allowed = [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '_' ||
           character == '.';
  };
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, allowed);
}

std::string_view up_to(std::string_view text, std::string_view end) noexcept {
  return text.substr(0, std::min(text.find_first_of(end), text.size()));
}

}  // namespace

std::optional<MissedKey> read_missed_key(std::string_view message) {
  const std::size_t begin = message.find(before_key);
  if (begin == std::string_view::npos) {
    return std::nullopt;
  }
  message.remove_prefix(begin + before_key.size());
  const std::size_t middle = message.find(before_secret);
  if (middle == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view key = message.substr(0, middle);
  const std::string_view path = up_to(message.substr(middle + before_secret.size()), " ,;:\"'\n");
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || !is_name(key) || !is_name(path.substr(0, slash)) ||
      !is_name(path.substr(slash + 1))) {
    return std::nullopt;
  }
  return MissedKey{std::string(key), std::string(path.substr(0, slash)),
                   std::string(path.substr(slash + 1))};
}

bool seen_lately(std::string_view age) {
  return age == "60s" || (age.size() >= 2 && age.size() <= 3 && age.back() == 's' &&
                          age.find_first_not_of("0123456789") == age.size() - 1 &&
                          (age.size() == 2 || age.front() < '6'));
}

MissedKeys::MissedKeys(loop::Loop& loop, kubernetes::Connection& connection,
                       const std::string& name_space, SecretItems items)
    : loop_(loop),
      items_(items),
      forget_(loop, [this]() noexcept { forget_old(); }),
      watch_(loop, connection, *this,
             {.collection = {"events", name_space, {}}, .columns = {"Last Seen", "Message"}}) {
}

void MissedKeys::on_listed(const kubernetes::TableRow& row) noexcept {
  read(row);
}

void MissedKeys::on_change(kubernetes::Change change, const kubernetes::TableRow& row) noexcept {
  if (change != kubernetes::Change::deleted) {
    read(row);
  }
}

void MissedKeys::read(const kubernetes::TableRow& row) noexcept {
  if (!seen_lately(row.cells[seen_column])) {
    return;
  }
  const auto missed = read_missed_key(row.cells[message_column]);
  if (!missed) {
    return;
  }
  for (const auto& item : items_) {
    const model::KubernetesLocator& locator = item->locator();
    if (locator.secret == missed->secret && locator.name_space == missed->name_space &&
        (locator.keys.empty() ||
         std::ranges::find(locator.keys, missed->key) != locator.keys.end())) {
      item->note_missed_key(missed->key, loop_.now());
      noted_[item.get()] = loop_.now().steady;
      if (!forget_.active()) {
        forget_.start(forget_interval);
      }
    }
  }
}

void MissedKeys::forget_old() noexcept {
  std::erase_if(noted_, [this](const auto& noted) {
    const bool over = loop_.now().steady - noted.second >= over_after;
    if (over) {
      noted.first->note_missed_key({}, loop_.now());
    }
    return over;
  });
  if (!noted_.empty()) {
    forget_.start(forget_interval);
  }
}

}  // namespace blindfold::detect
