#include "detect/aws/near_miss.hpp"

#include <algorithm>

#include "detect/polling/near_name.hpp"

namespace blindfold::detect {
namespace {

// Beyond that many the manifest is not mistyped, it is not deployed yet.
constexpr std::size_t most_items = 20;
constexpr std::uint32_t most_pages = 3;
constexpr std::size_t prefix_length = 3;
constexpr std::size_t longest_parameter = 1011;  // PutParameter's own limit

std::string without_slashes(std::string_view name) {
  std::string result(name);
  std::erase(result, '/');
  return result;
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::string uppered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), upper);
  return result;
}

std::string swapped(std::string_view text, char from, char to) {
  std::string result(text);
  std::ranges::replace(result, from, to);
  return result;
}

void add(std::vector<std::string>& texts, std::string text) {
  if (!text.empty() && std::ranges::find(texts, text) == texts.end()) {
    texts.push_back(std::move(text));
  }
}

}  // namespace

bool are_alike(std::string_view name, std::string_view other) {
  return name != other && plain_name(without_slashes(name)) == plain_name(without_slashes(other));
}

std::vector<std::string> likely_prefixes(std::string_view name) {
  const std::string_view bare = name.starts_with('/') ? name.substr(1) : name;
  const std::string_view start = bare.substr(0, prefix_length);
  std::vector<std::string> prefixes;
  std::string capital(start);
  if (!capital.empty()) {
    capital.front() = upper(capital.front());
  }
  for (const std::string& each : {std::string(start), lowered(start), uppered(start), capital}) {
    add(prefixes, each);
    add(prefixes, "/" + each);
  }
  return prefixes;
}

std::vector<std::string> likely_parameters(const std::string& name) {
  std::vector<std::string> names;
  const bool one_level = name.rfind('/') == 0 || name.find('/') == std::string::npos;
  if (one_level) {
    add(names, name.starts_with('/') ? name.substr(1) : "/" + name);
  }
  add(names, swapped(name, '-', '_'));
  add(names, swapped(name, '_', '-'));
  add(names, lowered(name));
  add(names, uppered(name));
  for (std::string& each : near_names(name)) {
    if (names.size() < 12) {
      add(names, std::move(each));
    }
  }
  std::erase_if(names, [&name](const std::string& each) {
    return each == name || each.size() > longest_parameter;
  });
  return names;
}

void SecretSearch::look_for(AwsItem& item) {
  if (taken_ < most_items) {
    ++taken_;
    items_.push_back(&item);
  }
}

bool SecretSearch::idle() noexcept {
  while (!items_.empty() && pages_ == 0 &&
         (!items_.front()->missing() || !items_.front()->may_look())) {
    items_.pop_front();
  }
  return items_.empty();
}

aws::Operation SecretSearch::question() const {
  return aws::list_secrets(likely_prefixes(items_.front()->place().name), next_);
}

void SecretSearch::on_secret(const aws::SecretFacts& facts) {
  if (found_.empty() && !facts.pending_deletion &&
      are_alike(items_.front()->place().name, facts.name)) {
    found_ = facts.name;
  }
}

void SecretSearch::on_page(const std::optional<std::string>& next, base::Instant now) noexcept {
  if (next && !next->empty() && found_.empty() && ++pages_ < most_pages) {
    next_ = *next;
    return;
  }
  if (!found_.empty()) {
    items_.front()->note_near_miss(std::move(found_), now);
  }
  items_.pop_front();
  next_.clear();
  found_.clear();
  pages_ = 0;
}

}  // namespace blindfold::detect
