#include "show/advice/aws.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "show/advice/aws_command.hpp"
#include "show/advice/aws_place.hpp"
#include "show/advice/details.hpp"
#include "show/advice/remarks.hpp"
#include "show/advice/typed_value.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;
using report::quoted;

/// The lines of advice for one secret or parameter.
class AwsLines final {
 public:
  AwsLines(const model::Standing& standing, AwsPlace place, const CommandOptions& options)
      : standing_(standing), place_(std::move(place)), options_(options) {}

  void say(std::string_view words) { lines_.push_back(comment(words)); }
  void add(std::string line) { lines_.push_back(std::move(line)); }
  void explain_all() { append(lines_, explain(standing_.details)); }

  void say_unknown() {
    say("it is not known whether it is there");
    explain_all();
  }

  void say_where(const std::string& console) {
    if (place_.region.empty()) {
      say("nothing says in which region: add --region, or set AWS_REGION");
    }
    if (!place_.account.empty()) {
      say("it is in the account " + place_.account +
          ": run this with credentials that may write there");
    }
    if (!console.empty()) {
      say("or in the console: " + console);
    }
  }

  void say_when() { append(lines_, say_when_it_takes_effect(*standing_.requirement)); }

  /// What is to be typed before `line`, and the line.
  void write(std::string line) {
    if (command().from_file()) {
      append(lines_, announce(std::array{std::string(command().key())}));
    } else {
      append(lines_, announce(std::array{std::string("the value")}));
      say("for a value of several lines put file:///path/to/your/file in place of "
          "file:///dev/stdin, and press Enter alone");
    }
    add(std::move(line));
  }

  void suggest_near_misses(std::string_view kind, std::string_view moved) {
    const auto* const missing = find<model::AwsMissing>(standing_.details);
    if (missing == nullptr) {
      return;
    }
    if (!missing->near_miss.empty()) {
      say("there is " + quoted(missing->near_miss) +
          ": if that is it, delete it once this one is there, a " + std::string(kind) +
          " cannot be renamed");
    } else if (!missing->near_region.empty()) {
      say("there is one of this name in " + quoted(missing->near_region) +
          ": if that is it, it is needed in " + quoted(missing->region) + ", " +
          std::string(moved));
    }
  }

  [[nodiscard]] AwsCommand command() const noexcept { return {place_, options_}; }
  [[nodiscard]] const AwsPlace& place() const noexcept { return place_; }
  [[nodiscard]] Lines take() noexcept { return std::move(lines_); }

 private:
  const model::Standing& standing_;
  AwsPlace place_;
  const CommandOptions& options_;
  Lines lines_;
};

/// Advice for one secret. A secret has neither keys nor a type.
class SecretAdvice final {
 public:
  SecretAdvice(const model::Standing& standing, const model::SecretsManagerLocator& locator,
               const CommandOptions& options)
      : standing_(standing), out_(standing, place_of(locator, options.region), options) {}

  [[nodiscard]] Lines lines() && {
    switch (standing_.presence) {
      case model::Presence::present:
        out_.say_when();
        out_.say("this becomes the current version, the one before stays as AWSPREVIOUS");
        put();
        break;
      case model::Presence::missing:
        create();
        break;
      case model::Presence::empty:
      case model::Presence::incomplete:
      case model::Presence::wrong_type:
        out_.say("it is there and holds no value: this gives it one");
        put();
        break;
      case model::Presence::pending_deletion:
        restore();
        break;
      case model::Presence::denied:
      case model::Presence::unreachable:
      case model::Presence::unknown:
        out_.say_unknown();
        break;
      case model::Presence::skipped:
        break;
    }
    return out_.take();
  }

 private:
  void create() {
    out_.suggest_near_misses("secret",
                             "aws secretsmanager replicate-secret-to-regions can bring it there");
    if (!out_.place().ending.empty()) {
      out_.say("AWS chooses how an ARN ends, what is created ends in another than " +
               out_.place().ending + ": name it " + quoted(out_.place().name) +
               " in the manifest, or its ARN without the ending");
    }
    out_.say_where(secret_console(out_.place()));
    out_.write(out_.command().create_secret());
  }

  void put() {
    out_.say_where(secret_console(out_.place()));
    out_.write(out_.command().put_secret_value());
  }

  void restore() {
    out_.say(
        "it is scheduled for deletion, and none of its name can be created before that is over: "
        "this brings it back with the value that it had");
    out_.say_where(secret_console(out_.place()));
    out_.say("to give it another value, run agent commands again once it is back");
    out_.add(out_.command().restore_secret());
  }

  const model::Standing& standing_;
  AwsLines out_;
};

/// Advice for one parameter.
class ParameterAdvice final {
 public:
  ParameterAdvice(const model::Standing& standing, const model::ParameterStoreLocator& locator,
                  const CommandOptions& options)
      : standing_(standing),
        out_(standing, place_of(locator, options.region), options),
        type_(locator.type) {}

  [[nodiscard]] Lines lines() && {
    switch (standing_.presence) {
      case model::Presence::present:
        out_.say_when();
        put(true);
        break;
      case model::Presence::wrong_type:
        out_.explain_all();
        out_.say("this overwrites it as " + type_ +
                 ", its history keeps the values before as they were "
                 "stored");
        out_.say(
            "to be rid of these, or where AWS refuses the change, first delete it, then leave out "
            "--overwrite:");
        out_.say(out_.command().delete_parameter());
        put(true);
        break;
      case model::Presence::empty:
      case model::Presence::incomplete:
      case model::Presence::pending_deletion:
        out_.explain_all();
        put(true);
        break;
      case model::Presence::missing:
        out_.suggest_near_misses("parameter", "a parameter cannot be moved");
        put(false);
        break;
      case model::Presence::denied:
      case model::Presence::unreachable:
      case model::Presence::unknown:
        out_.say_unknown();
        break;
      case model::Presence::skipped:
        break;
    }
    return out_.take();
  }

 private:
  void put(bool overwrite) {
    out_.say_where(parameter_console(out_.place()));
    out_.write(out_.command().put_parameter(type_, overwrite));
  }

  const model::Standing& standing_;
  AwsLines out_;
  const std::string& type_;
};

}  // namespace

Lines advise(const model::Standing& standing, const model::SecretsManagerLocator& locator,
             const CommandOptions& options) {
  return SecretAdvice(standing, locator, options).lines();
}

Lines advise(const model::Standing& standing, const model::ParameterStoreLocator& locator,
             const CommandOptions& options) {
  return ParameterAdvice(standing, locator, options).lines();
}

}  // namespace blindfold::advice
