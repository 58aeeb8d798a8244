#include "show/advice/directory.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "show/advice/details.hpp"
#include "show/advice/remarks.hpp"
#include "show/advice/typed_value.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

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
        append(lines, explain(standing_.details));
        break;
      case model::Color::none:
        break;
    }
    return lines;
  }

 private:
  void create(std::vector<std::string>& lines) const {
    if (has<model::NotAFolder>(standing_.details)) {
      append(lines, explain(standing_.details));
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
    append(lines, announce(keys));
    lines.push_back(in_one_line(keys, write(keys, "")));
  }

  void rotate(std::vector<std::string>& lines) const {
    append(lines, say_when_it_takes_effect(*standing_.requirement));
    append(lines, announce(locator_.keys));
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
