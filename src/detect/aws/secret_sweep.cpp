#include "detect/aws/secret_sweep.hpp"

#include <set>

#include "core/model/arn.hpp"

namespace blindfold::detect {
namespace {

// Values of one filter of ListSecrets: its API reference.
constexpr std::size_t most_prefixes = 10;
constexpr std::size_t suffix_length = 7;

}  // namespace

void SecretSweep::add(const AwsPlace& place) {
  by_locator_.emplace(place.locator, places_.size());
  places_.push_back(&place);
}

aws::Operation SecretSweep::question() {
  if (pages_ == 0) {
    claims_.assign(places_.size(), {});
  }
  return aws::list_secrets(common_prefixes(places_), next_);
}

void SecretSweep::on_secret(const aws::SecretFacts& facts) {
  const std::string_view arn = facts.arn;
  if (arn.size() > suffix_length) {
    note(arn.substr(0, arn.size() - suffix_length), facts);
  }
  note(arn, facts);
  note(facts.name, facts);
}

SecretSweep::Page SecretSweep::on_page(const std::string& next) noexcept {
  ++pages_;
  if (next.empty()) {
    cost_ = pages_;
    abandon();
    return Page::last;
  }
  if (pages_ >= most_pages) {
    cost_ = pages_;
    abandon();
    return Page::endless;
  }
  next_ = next;
  return Page::more;
}

void SecretSweep::abandon() noexcept {
  pages_ = 0;
  next_.clear();
}

// A full ARN comes after a partial one in on_secret(): of two secrets that a
// partial ARN may mean, the one that it names in full counts.
void SecretSweep::note(std::string_view key, const aws::SecretFacts& facts) {
  const auto [first, last] = by_locator_.equal_range(key);
  for (auto each = first; each != last; ++each) {
    const AwsPlace& place = *places_[each->second];
    SecretClaim& claim = claims_[each->second];
    const bool exact = place.arn.empty() || place.arn == facts.arn;
    if (is_at(place, facts) && (exact || !claim.there)) {
      claim = {true, facts.pending_deletion, facts.current_version};
    }
  }
}

std::vector<std::string> common_prefixes(const std::vector<const AwsPlace*>& places) {
  std::set<std::string, std::less<>> prefixes;
  for (const AwsPlace* const place : places) {
    const auto arn = model::parse_arn(place->arn);
    const std::string_view name =
        arn ? model::secret_in(*arn).value_or(std::string_view()) : std::string_view(place->name);
    const std::size_t slash = name.find('/', 1);
    if (slash == std::string_view::npos || slash == 0) {
      return {};
    }
    prefixes.emplace(name.substr(0, slash + 1));
    if (prefixes.size() > most_prefixes) {
      return {};
    }
  }
  return {prefixes.begin(), prefixes.end()};
}

}  // namespace blindfold::detect
