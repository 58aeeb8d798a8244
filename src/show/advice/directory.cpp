#include "show/advice/directory.hpp"

#include <algorithm>
#include <concepts>
#include <string_view>
#include <type_traits>
#include <variant>

#include "show/advice/typed_value.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

std::string joined(const std::vector<std::string>& names, std::string_view between) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) {
      out += between;
    }
    out += name;
  }
  return out;
}

/// The keys that a detail of one of the given kinds names.
template <class... Kinds>
std::vector<std::string> keys_in(const model::Details& details) {
  std::vector<std::string> keys;
  for (const model::Detail& detail : details) {
    const auto add = [&keys](const auto& one) {
      if constexpr ((std::same_as<std::remove_cvref_t<decltype(one)>, Kinds> || ...)) {
        keys.push_back(one.key);
      }
    };
    std::visit(add, detail);
  }
  return keys;
}

template <class Kind>
bool has(const model::Details& details) noexcept {
  return std::ranges::any_of(
      details, [](const auto& detail) { return std::holds_alternative<Kind>(detail); });
}

/// Advice for one directory.
class DirectoryAdvice final {
 public:
  DirectoryAdvice(const model::Standing& standing, const model::DirectoryLocator& locator,
                  const CommandOptions& options)
      : standing_(standing), locator_(locator), options_(options) {}

  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    switch (color_of(standing_.presence)) {
      case model::Color::green:
        rotate(lines);
        break;
      case model::Color::red:
        create(lines);
        break;
      case model::Color::grey:
        lines.push_back(comment("it is not known whether it is there"));
        explain(lines);
        break;
      case model::Color::none:
        break;
    }
    return lines;
  }

 private:
  void explain(std::vector<std::string>& lines) const {
    for (const model::Detail& detail : standing_.details) {
      lines.push_back(comment(report::describe(detail)));
    }
  }

  void create(std::vector<std::string>& lines) const {
    if (has<model::NotAFolder>(standing_.details)) {
      explain(lines);
      return;
    }
    suggest_renames(lines);
    for (const std::string& key : keys_in<model::KeyNotAFile>(standing_.details)) {
      lines.push_back(comment(report::describe(model::KeyNotAFile{key})));
    }
    const std::vector<std::string> keys = keys_to_write();
    if (keys.empty()) {
      return;
    }
    if (standing_.details.empty() || has<model::FolderMissing>(standing_.details)) {
      lines.push_back(create_folder());
    }
    announce(lines, keys);
    lines.push_back(in_one_line(keys, write(keys, "")));
  }

  void rotate(std::vector<std::string>& lines) const {
    say_when_it_takes_effect(lines);
    announce(lines, locator_.keys);
    std::vector<std::string> steps = write(locator_.keys, ".new");
    for (const std::string& key : locator_.keys) {
      steps.push_back(put_in_place(key));
    }
    lines.push_back(in_one_line(locator_.keys, steps));
  }

  /// Those that are said to be missing or empty; all where none is named.
  [[nodiscard]] std::vector<std::string> keys_to_write() const {
    std::vector<std::string> keys = keys_in<model::KeyMissing, model::KeyEmpty>(standing_.details);
    if (keys.empty() && !has<model::KeyNotAFile>(standing_.details)) {
      return locator_.keys;
    }
    return keys;
  }

  /// Never changes a folder that is there. Its mode lets the agent see names and
  /// times; what is in it is guarded by its own.
  [[nodiscard]] std::string create_folder() const {
    const std::string folder = quote(locator_.path, options_.shell);
    std::string command = "[ -d " + folder + " ] || install -d -m 0755 ";
    if (!options_.owner.empty()) {
      command += "-o " + quote(options_.owner, options_.shell) + " ";
    }
    return command + folder;
  }

  void suggest_renames(std::vector<std::string>& lines) const {
    for (const model::Detail& detail : standing_.details) {
      const auto* const missing = std::get_if<model::KeyMissing>(&detail);
      if (missing != nullptr && !missing->near_miss.empty()) {
        lines.push_back(suggest_rename(*missing));
      }
    }
  }

  [[nodiscard]] std::string suggest_rename(const model::KeyMissing& missing) const {
    const std::string from = path_of(missing.near_miss);
    const std::string to = path_of(missing.key);
    const bool plain = quote(from, options_.shell) == from && quote(to, options_.shell) == to;
    if (plain) {
      return comment("there is " + missing.near_miss + ", if that is it: mv " + from + " " + to);
    }
    return comment("there is " + report::quoted(missing.near_miss) + ", if that is it rename it " +
                   report::quoted(missing.key));
  }

  void say_when_it_takes_effect(std::vector<std::string>& lines) const {
    switch (standing_.requirement->takes_effect) {
      case model::TakesEffect::unsaid:
        return;
      case model::TakesEffect::at_once:
        lines.push_back(comment("a rotation takes effect at once"));
        return;
      case model::TakesEffect::after_restart:
        lines.push_back(comment("a rotation takes effect after a restart of the application"));
        return;
    }
  }

  /// What is to be typed or filled in.
  static void announce(std::vector<std::string>& lines, const std::vector<std::string>& keys) {
    std::vector<std::string> typed;
    std::vector<std::string> files;
    for (const std::string& key : keys) {
      (has_several_lines(key) ? files : typed).push_back(key);
    }
    if (!typed.empty()) {
      lines.push_back(
          comment("type " + joined(typed, ", Enter, then ") + ", Enter: nothing is shown"));
    }
    if (!files.empty()) {
      lines.push_back(comment("put in the path of your file for " + joined(files, " and ")));
    }
  }

  /// Writes each key, under its name and `ending`; stops at the first failure.
  [[nodiscard]] std::vector<std::string> write(const std::vector<std::string>& keys,
                                               std::string_view ending) const {
    std::vector<std::string> steps;
    for (const std::string& key : keys) {
      const Target target{path_of(key).append(ending), options_.owner};
      if (has_several_lines(key)) {
        steps.push_back(write_file(key, target, options_.shell));
      } else {
        const std::string typed = write_typed(target, options_.shell);
        steps.push_back(steps.empty() ? typed : "{ " + typed + "; }");
      }
    }
    return steps;
  }

  [[nodiscard]] std::string in_one_line(const std::vector<std::string>& keys,
                                        const std::vector<std::string>& steps) const {
    const std::string all = joined(steps, " && ");
    return std::ranges::all_of(keys, has_several_lines) ? all : unseen(all, options_.shell);
  }

  [[nodiscard]] std::string put_in_place(const std::string& key) const {
    return "mv -f " + quote(path_of(key) + ".new", options_.shell) + " " +
           quote(path_of(key), options_.shell);
  }

  [[nodiscard]] std::string path_of(std::string_view key) const {
    return std::string(locator_.path).append("/").append(key);
  }

  const model::Standing& standing_;
  const model::DirectoryLocator& locator_;
  const CommandOptions& options_;
};

}  // namespace

std::vector<std::string> advise(const model::Standing& standing,
                                const model::DirectoryLocator& locator,
                                const CommandOptions& options) {
  return DirectoryAdvice(standing, locator, options).lines();
}

}  // namespace blindfold::advice
