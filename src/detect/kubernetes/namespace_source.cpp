#include "detect/kubernetes/namespace_source.hpp"

#include <algorithm>
#include <utility>

#include "detect/kubernetes/answers.hpp"
#include "detect/kubernetes/printed_rights.hpp"

namespace blindfold::detect {
namespace {

constexpr std::chrono::minutes review_interval{10};
constexpr std::chrono::seconds least_spacing{5};
constexpr std::chrono::seconds most_spacing{120};
constexpr std::chrono::minutes most_patience{5};  // with a Retry-After
constexpr std::chrono::seconds first_wait{1};
constexpr std::chrono::seconds longest_wait{30};

// Whoever may create a secret there can make a token that signs in.
constexpr const char* refused_name_space = "kube-system";

}  // namespace

NamespaceSource::NamespaceSource(const ClusterContext& cluster, std::string name)
    : cluster_(cluster),
      name_(std::move(name)),
      review_(cluster.connection, name_,
              [this](const auto& result) noexcept { on_rights(result); }),
      policy_check_(
          cluster.connection, name_,
          [this](Policy policy, const auto& failure) noexcept { on_policy(policy, failure); }),
      review_timer_(cluster.loop, [this]() noexcept { review_.start(); }),
      backoff_(first_wait, longest_wait),
      spacing_(least_spacing),
      near_misses_(cluster.loop, cluster.connection, cluster.rate, cluster.name_spaces,
                   cluster.open) {
}

void NamespaceSource::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  items_.push_back(std::make_unique<SecretItem>(requirement, name_, cluster_.required_sight,
                                                std::move(tracker)));
}

void NamespaceSource::start() noexcept {
  if (name_ != refused_name_space) {
    review_.start();
    return;
  }
  for (const auto& item : items_) {
    model::Observation refused;
    refused.presence = model::Presence::denied;
    refused.details = {model::NamespaceRefused{name_}};
    item->report(std::move(refused), cluster_.loop.now());
  }
}

void NamespaceSource::look_again() noexcept {
  if (name_ == refused_name_space) {
    return;
  }
  if (way_ == Way::none) {
    review_timer_.stop();
    review_.start();
  }
  if (asking_) {
    asking_->look_again();
  }
  // What has become wanted since it was listed has to be listed again.
  std::erase_if(tables_, [](const auto& table) { return table.second->has_conditional(); });
  follow();
  for (const auto& [secret, table] : tables_) {
    table->try_now();
  }
}

void NamespaceSource::give_up() noexcept {
  const bool unheard = std::ranges::none_of(items_, [](const auto& item) { return item->told(); });
  if (way_ == Way::none && unheard) {
    report_all_failed({kubernetes::Fault::timed_out, {}});
  }
  if (asking_) {
    asking_->give_up();
  }
  for (const auto& [secret, table] : tables_) {
    table->give_up();
  }
}

void NamespaceSource::on_rights(const std::variant<Rights, kubernetes::Failure>& result) noexcept {
  reviewed_at_ = cluster_.loop.now().steady;
  if (const auto* const failure = std::get_if<kubernetes::Failure>(&result)) {
    if (way_ == Way::none) {
      report_all_failed(*failure);
    }
    retry(*failure);
    return;
  }
  spacing_ = was_refused_ ? std::min(spacing_ * 2, most_spacing) : least_spacing;
  was_refused_ = false;
  rights_ = std::get<Rights>(result);
  const bool guesses = std::ranges::any_of(
      items_, [this](const auto& item) { return rights_.may_guess(item->secret()); });
  if (guesses) {
    policy_check_.start();
  } else {
    on_policy(Policy::unknown, std::nullopt);
  }
}

void NamespaceSource::on_policy(Policy policy,
                                const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    if (way_ == Way::none) {
      report_all_failed(*failure);
    }
    retry(*failure);
    return;
  }
  backoff_.reset();
  policy_ = policy;
  const bool more = judge_all();
  open_or_close();
  if (way_ == Way::none) {
    choose();
  } else if (asking_) {
    asking_->check_immutable();
    if (more) {
      asking_->look_again();
    }
  } else {
    follow();
  }
  review_timer_.start(next_review());
  tell();
}

void NamespaceSource::retry(const kubernetes::Failure& failure) noexcept {
  const auto asked = std::min<std::chrono::seconds>(
      failure.status.retry_after.value_or(std::chrono::seconds(0)), most_patience);
  review_timer_.start(std::max<std::chrono::milliseconds>(asked, backoff_.next()));
}

// Something was refused: the rights may have changed. Where they have not, it is
// looked at less and less often.
void NamespaceSource::review_soon() noexcept {
  was_refused_ = true;
  const base::SteadyTime soonest = reviewed_at_ + spacing_;
  const auto due = review_timer_.deadline();
  if (due && *due > soonest) {
    review_timer_.start_at(soonest);
  }
}

// Somebody may be at work on what keeps us from looking.
std::chrono::milliseconds NamespaceSource::next_review() const noexcept {
  if (way_ == Way::none) {
    return cluster_.pace.quick;
  }
  const bool refused =
      std::ranges::any_of(items_, [](const auto& item) { return item->refused(); });
  const bool unprotected = asking_ && policy_ == Policy::absent;
  return refused || unprotected
             ? std::min<std::chrono::milliseconds>(cluster_.pace.steady, review_interval)
             : std::chrono::milliseconds(review_interval);
}

// Whether something may be looked at that might not before.
bool NamespaceSource::judge_all() noexcept {
  bool more = false;
  for (const auto& item : items_) {
    const bool refused = item->refused();
    item->set_sight(judge(rights_, policy_, item->secret(), item->immutable()),
                    cluster_.loop.now());
    more = more || (refused && !item->refused());
  }
  return more;
}

void NamespaceSource::open_or_close() noexcept {
  const model::Sight sight = judge(rights_, policy_, {}, false);
  if (rights_.allow({"create", {}, "secrets", {}}) &&
      model::satisfies(sight.level, cluster_.required_sight)) {
    cluster_.open.insert(name_);
  } else {
    cluster_.open.erase(name_);
  }
}

void NamespaceSource::report_all_failed(const kubernetes::Failure& failure) noexcept {
  for (const auto& item : items_) {
    Answer answer = answer_to_failure({"create", "selfsubjectrulesreviews", name_, {}}, failure,
                                      cluster_.connection.server());
    item->report_failure(std::move(answer.observation), cluster_.loop.now());
  }
}

// Once: from then on it stays, whatever the rights become, since any other way
// would be a weaker one or one that nobody chose.
void NamespaceSource::choose() noexcept {
  way_ = choose_way(rights_, secrets());
  switch (way_) {
    case Way::asking:
      start_asking();
      break;
    case Way::watching:
    case Way::sweeping:
      follow();
      break;
    case Way::none:
      for (const auto& item : items_) {
        model::Observation denied;
        denied.presence = model::Presence::denied;
        denied.details = {model::PermissionMissing{"update", "secrets", name_, item->secret()}};
        item->report(std::move(denied), cluster_.loop.now());
      }
      return;
  }
  start_hints();
}

void NamespaceSource::tell() noexcept {
  Notice notice{.name_space = name_, .way = way_, .policy = policy_, .hinted = quota_ != nullptr};
  notice.surplus = surplus(rights_, printed_rights(way_, secrets(), {}));
  std::erase_if(notice.surplus, [](const Right& right) {
    return right.resource == "configmaps" && right.verb == "get";
  });
  if (notice != told_) {
    told_ = notice;
    cluster_.on_notice(notice);
  }
}

void NamespaceSource::start_asking() noexcept {
  asking_ = std::make_unique<Asking>(
      cluster_.loop, cluster_.connection, items_, rights_, cluster_.pace, cluster_.rate,
      Asking::Events{
          .on_denied = [this]() noexcept { review_soon(); },
          .on_immutable = [this]() noexcept { static_cast<void>(judge_all()); },
          .on_missing = [this](SecretItem& item) noexcept { near_misses_.look_for(item); }});
  asking_->start();
}

// A table for what may be looked at, and none for anything else.
void NamespaceSource::follow() noexcept {
  if (way_ == Way::sweeping) {
    follow({});
  } else if (way_ == Way::watching) {
    for (const std::string& secret : secrets()) {
      follow(secret);
    }
  }
}

void NamespaceSource::follow(const std::string& secret) noexcept {
  const bool wanted = std::ranges::any_of(items_, [&secret](const auto& item) {
    return (secret.empty() || item->secret() == secret) && item->may_look();
  });
  if (!wanted) {
    tables_.erase(secret);
    return;
  }
  std::unique_ptr<WatchedTable>& table = tables_[secret];
  if (!table) {
    table = std::make_unique<WatchedTable>(cluster_.loop, cluster_.connection, name_, secret,
                                           items_, [this]() noexcept { review_soon(); });
    table->start();
  }
}

void NamespaceSource::start_hints() noexcept {
  if (asking_ && rights_.allow({"watch", {}, "resourcequotas", hint_quota})) {
    quota_ = std::make_unique<QuotaHint>(
        cluster_.loop, cluster_.connection, name_, hint_quota,
        QuotaHint::Events{
            .on_hint = [this]() noexcept { asking_->hint(); },
            .on_working = [this](bool working) noexcept { asking_->set_hinted(working); }});
    quota_->start();
  }
  if (rights_.allow({"list", {}, "events", {}}) && rights_.allow({"watch", {}, "events", {}})) {
    missed_keys_ = std::make_unique<MissedKeys>(cluster_.loop, cluster_.connection, name_, items_);
    missed_keys_->start();
  }
}

std::vector<std::string> NamespaceSource::secrets() const {
  std::vector<std::string> names;
  for (const auto& item : items_) {
    if (std::ranges::find(names, item->secret()) == names.end()) {
      names.push_back(item->secret());
    }
  }
  return names;
}

}  // namespace blindfold::detect
