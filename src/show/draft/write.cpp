#include "show/draft/write.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/manifest/bare.hpp"
#include "core/manifest/characters.hpp"

namespace blindfold::draft {
namespace {

using manifest::write_scalar;

constexpr std::size_t most_places = 6;

/// Text of a manifest, line by line.
class Writer final {
 public:
  void line(std::string_view text) { text_.append(text).push_back('\n'); }
  void comment(std::string_view indent, std::string_view text) {
    text_.append(indent).append("# ").append(text).push_back('\n');
  }

  void add(const DraftRequirement& requirement) {
    line("");
    say_where(requirement);
    line("  - id: " + write_scalar(requirement.id));
    line("    title: " + write_scalar(title_of(requirement.secret)));
    line("    provided-by: customer");
    if (!requirement.required) {
      line("    required: false");
    }
    line("    store:");
    line("      kubernetes:");
    if (!requirement.name_space.empty()) {
      line("        namespace: " + write_scalar(requirement.name_space));
    }
    line("        secret: " + write_scalar(requirement.secret));
    if (!requirement.keys.empty()) {
      line("        keys: [" + listed(requirement.keys) + "]");
    }
    if (requirement.type != "Opaque") {
      line("        type: " + write_scalar(requirement.type) +
           (requirement.type_guessed ? "  # by its keys: take it out if it is Opaque" : ""));
    }
  }

  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  void say_where(const DraftRequirement& requirement) {
    const std::size_t shown = std::min(requirement.where.size(), most_places);
    for (std::size_t i = 0; i < shown; ++i) {
      comment("  ", requirement.where[i]);
    }
    if (shown < requirement.where.size()) {
      comment("  ", "and " + std::to_string(requirement.where.size() - shown) + " more");
    }
    if (!requirement.optional_keys.empty()) {
      comment("  ", "may have, too: " + listed(requirement.optional_keys));
    }
    if (requirement.keys.empty()) {
      comment("  ", "no key is named: any will do, or write keys: [...]");
    }
  }

  static std::string listed(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) {
      all += (all.empty() ? "" : ", ") + write_scalar(name);
    }
    return all;
  }

  /// "db-credentials" as "Db credentials".
  static std::string title_of(std::string name) {
    std::ranges::replace_if(name, [](char c) { return !manifest::is_alphanumeric(c); }, ' ');
    if (name.front() >= 'a' && name.front() <= 'z') {
      name.front() = static_cast<char>(name.front() - 'a' + 'A');
    }
    return name.substr(0, most_title);
  }

  static constexpr std::size_t most_title = 200;

  std::string text_;
};

}  // namespace

std::string write(const Draft& draft, const Findings& findings) {
  Writer writer;
  writer.comment("", "A draft, made by agent init of " + std::to_string(findings.objects()) +
                         " Kubernetes objects. To be done by a person: titles");
  writer.comment("", "and purposes; provided-by, where it is not the customer; what nobody has to");
  writer.comment("", "provide, out.");
  writer.line("schema: blindfold/1");
  writer.line("requirements:");
  for (const DraftRequirement& requirement : draft.requirements) {
    writer.add(requirement);
  }
  if (!draft.created.empty()) {
    writer.line("");
    writer.comment("", "Not required, since the objects create them themselves:");
    for (const CreatedSecret& created : draft.created) {
      writer.comment("", "- " + created.name +
                             (created.name_space.empty() ? "" : " in " + created.name_space));
    }
  }
  if (!findings.notes().empty()) {
    writer.line("");
    writer.comment("", "Left out:");
    for (const std::string& note : findings.notes()) {
      writer.comment("", "- " + note);
    }
  }
  return std::move(writer).take();
}

}  // namespace blindfold::draft
