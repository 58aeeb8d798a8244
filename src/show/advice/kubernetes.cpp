#include "show/advice/kubernetes.hpp"

#include <algorithm>

#include "show/advice/details.hpp"
#include "show/advice/remarks.hpp"
#include "show/advice/secret_command.hpp"
#include "show/advice/typed_value.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view account_token = "kubernetes.io/service-account-token";

/// Advice for one Secret.
class SecretAdvice final {
 public:
  SecretAdvice(const model::Standing& standing, const model::KubernetesLocator& locator,
               const CommandOptions& options)
      : standing_(standing), locator_(locator), options_(options) {}

  [[nodiscard]] Lines lines() && {
    if (color_of(standing_.presence) == model::Color::grey) {
      say("it is not known whether it is there");
      append(lines_, explain(standing_.details));
    } else if (locator_.type == account_token) {
      say("the cluster writes this one: create a Secret of this type that names its service "
          "account in an annotation");
    } else {
      write();
    }
    return std::move(lines_);
  }

 private:
  void write() {
    switch (standing_.presence) {
      case model::Presence::present:
        rotate();
        break;
      case model::Presence::missing:
        create();
        break;
      case model::Presence::empty:
      case model::Presence::incomplete:
        complete();
        break;
      case model::Presence::pending_deletion:
        say("it is being deleted: this takes the new value, waits until it is gone and creates it");
        add(keys_to_write(locator_), &SecretCommand::create_after_deletion);
        break;
      case model::Presence::wrong_type:
        append(lines_, explain(standing_.details));
        say("this deletes it and creates it anew, all that is in it");
        add(keys_to_write(locator_), &SecretCommand::recreate);
        break;
      case model::Presence::denied:
      case model::Presence::unreachable:
      case model::Presence::unknown:
      case model::Presence::skipped:
        break;
    }
  }

  void create() {
    suggest_near_misses();
    const std::vector<std::string> keys = keys_to_write(locator_);
    if (has<model::NamespaceMissing>(standing_.details)) {
      lines_.push_back(SecretCommand(locator_, keys, options_).create_namespace());
    }
    add(keys, &SecretCommand::create);
  }

  void rotate() {
    append(lines_, say_when_it_takes_effect(*standing_.requirement));
    const std::vector<std::string> keys = keys_to_write(locator_);
    if (has<model::RotationUnseen>(standing_.details)) {
      say("it is immutable, or nothing tells whether it is: this deletes it and creates it anew, "
          "one that may be changed");
      say("what runs may keep the old value until it is started again");
      add(keys, &SecretCommand::recreate);
      return;
    }
    say("this replaces the whole Secret at once, its labels, its annotations and every key");
    add(keys, &SecretCommand::replace);
  }

  void complete() {
    const std::vector<std::string> missed = keys_in<model::KeyMissedByPods>(standing_.details);
    if (const auto* const few = find<model::KeysTooFew>(standing_.details)) {
      if (few->found + missed.size() < few->named) {
        say("it has " + std::to_string(few->found) + " of " + std::to_string(few->named) +
            " keys and the API server does not say which: this writes all, what else is in it "
            "stays");
        add(keys_to_write(locator_), &SecretCommand::patch);
        return;
      }
    }
    say("this adds to it, what else is in it stays");
    add(missed.empty() ? keys_to_write(locator_) : missed, &SecretCommand::patch);
  }

  void suggest_near_misses() {
    const auto* const missing = find<model::SecretMissing>(standing_.details);
    if (missing == nullptr) {
      return;
    }
    if (!missing->near_miss.empty()) {
      say("there is " + report::quoted(missing->near_miss) +
          ": if that is it, delete it once this one is there, a Secret cannot be renamed");
    } else if (!missing->near_namespace.empty()) {
      say("there is one of this name in namespace " + report::quoted(missing->near_namespace) +
          ": if that is it, it is needed in " + report::quoted(missing->name_space) +
          ", a Secret cannot be moved");
    }
  }

  void add(const std::vector<std::string>& keys, std::string (SecretCommand::*how)() const) {
    const SecretCommand command(locator_, keys, options_);
    if (!command.possible()) {
      say("sh cannot read so many values for one command, use agent commands --shell bash");
      return;
    }
    append(lines_, announce(keys));
    if (std::ranges::find(keys, unknown_key) != keys.end()) {
      say("the manifest names no key: put its name in for " + std::string(unknown_key) +
          ", and add --from-file=KEY=PATH for each further one");
    }
    lines_.push_back((command.*how)());
  }

  void say(std::string_view words) { lines_.push_back(comment(words)); }

  const model::Standing& standing_;
  const model::KubernetesLocator& locator_;
  const CommandOptions& options_;
  Lines lines_;
};

}  // namespace

Lines advise(const model::Standing& standing, const model::KubernetesLocator& locator,
             const CommandOptions& options) {
  return SecretAdvice(standing, locator, options).lines();
}

}  // namespace blindfold::advice
