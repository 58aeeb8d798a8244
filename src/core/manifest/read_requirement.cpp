#include <algorithm>
#include <array>
#include <chrono>

#include "core/manifest/read_locator.hpp"
#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"

namespace blindfold::manifest {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration longest_age = 3'650 * 24h;

constexpr std::array<std::string_view, 13> requirement_keys{
    "id",    "title",        "purpose", "help",     "provided-by", "required", "when",
    "store", "takes-effect", "max-age", "generate", "sealed",      "enter"};
constexpr std::array<std::string_view, 2> condition_keys{"setting", "is"};
constexpr std::array<std::string_view, 1> rule_keys{"pattern"};
constexpr std::array<std::string_view, 3> generation_keys{"token", "rotate-every", "keep-previous"};
constexpr std::array<std::string_view, 2> token_keys{"bytes", "encoding"};
constexpr std::array<std::string_view, 2> sealed_keys{"bundle", "entry"};

constexpr auto providers =
    std::to_array<Named<model::Provider>>({{"customer", model::Provider::customer},
                                           {"vendor", model::Provider::vendor},
                                           {"generated", model::Provider::generated}});
constexpr auto effects = std::to_array<Named<model::TakesEffect>>(
    {{"at-once", model::TakesEffect::at_once},
     {"after-restart", model::TakesEffect::after_restart}});
constexpr auto encodings = std::to_array<Named<model::TokenEncoding>>(
    {{"base64url", model::TokenEncoding::base64url}, {"hex", model::TokenEncoding::hex}});

model::Condition read_condition(Context& context, TreeNode node) {
  Fields fields(context, node, "`when`", condition_keys);
  model::Condition condition;
  if (const auto setting = fields.need("setting")) {
    assign(condition.setting, read_text(context, *setting, rules::id));
  }
  if (const auto is = fields.need("is")) {
    assign(condition.is, read_text(context, *is, rules::value));
  }
  return condition;
}

model::Generation read_generation(Context& context, TreeNode node) {
  Fields fields(context, node, "`generate`", generation_keys);
  model::Generation generation;
  if (const auto token = fields.need("token")) {
    Fields token_fields(context, *token, "`token`", token_keys);
    if (const auto bytes = token_fields.get("bytes")) {
      assign(generation.bytes, read_number(context, *bytes, 16, 1'024));
    }
    if (const auto encoding = token_fields.get("encoding")) {
      assign(generation.encoding, read_choice(context, *encoding, encodings));
    }
  }
  if (const auto every = fields.get("rotate-every")) {
    generation.rotate_every = read_duration(context, *every, 1h, longest_age);
  }
  if (const auto keep = fields.get("keep-previous")) {
    generation.keep_previous = read_duration(context, *keep, 1s, longest_age);
    if (generation.rotate_every && generation.keep_previous &&
        *generation.keep_previous >= *generation.rotate_every) {
      context.error(*keep, "`keep-previous` is not shorter than `rotate-every`",
                    "the value before the last must be gone when the next one comes");
    }
  }
  return generation;
}

model::SealedEntry read_sealed(Context& context, TreeNode node) {
  Fields fields(context, node, "`sealed`", sealed_keys);
  model::SealedEntry sealed;
  if (const auto bundle = fields.need("bundle")) {
    assign(sealed.bundle, read_path(context, *bundle));
  }
  if (const auto entry = fields.need("entry")) {
    assign(sealed.entry, read_text(context, *entry, rules::bundle_entry));
  }
  return sealed;
}

std::map<std::string, model::EntryRule> read_entry_rules(Context& context, TreeNode node) {
  std::map<std::string, model::EntryRule> entries;
  if (!is_map(context, node, "`enter`")) {
    return entries;
  }
  for (std::size_t i = 0; i < node.pairs() && !context.problems().full(); ++i) {
    const auto key = read_text(context, node.key(i), rules::file_key);
    if (!key) {
      continue;
    }
    const auto [entry, is_new] = entries.try_emplace(*key);
    if (!is_new) {
      context.error(node.key(i), quoted(*key) + " is there twice in `enter`");
      continue;
    }
    Fields fields(context, node.value(i), "what a key accepts", rule_keys);
    if (const auto pattern = fields.need("pattern")) {
      assign(entry->second.pattern, read_text(context, *pattern, rules::pattern));
    }
  }
  return entries;
}

void check_entry_keys(Context& context, TreeNode enter, const model::Requirement& requirement) {
  const auto& keys = keys_of(requirement.locator);
  for (std::size_t i = 0; i < enter.pairs() && !keys.empty(); ++i) {
    const TreeNode key = enter.key(i);
    if (std::ranges::find(keys, key.text()) == keys.end()) {
      const std::vector<std::string_view> candidates(keys.begin(), keys.end());
      context.error(key, quoted(key.text()) + " is none of the store's keys",
                    context.problems().suggest(key.text(), candidates));
    }
  }
}

/// `provided-by: PROVIDER` and `key:` go together.
void check_pair(Context& context, Fields& fields, model::Provider provider, std::string_view key,
                model::Provider of_key) {
  if (provider == of_key && !fields.has(key)) {
    context.error(fields.map(),
                  "`provided-by: " + std::string(to_string(of_key)) + "` needs " + quoted(key));
  }
  if (provider != of_key && fields.has(key)) {
    context.error(*fields.find(key), quoted(key) + " goes with `provided-by: " +
                                         std::string(to_string(of_key)) + "` alone");
  }
}

void read_texts_for_people(Context& context, Fields& fields, model::Requirement& requirement) {
  requirement.title = requirement.id;
  if (const auto title = fields.get("title")) {
    assign(requirement.title, read_text(context, *title, rules::line));
  }
  if (const auto purpose = fields.get("purpose")) {
    assign(requirement.purpose, read_text(context, *purpose, rules::paragraph));
  }
  if (const auto help = fields.get("help")) {
    assign(requirement.help, read_text(context, *help, rules::url));
  }
}

void read_provision(Context& context, Fields& fields, model::Requirement& requirement) {
  bool provider_known = true;
  if (const auto provider = fields.get("provided-by")) {
    const auto read = read_choice(context, *provider, providers);
    provider_known = read.has_value();
    requirement.provided_by = read.value_or(requirement.provided_by);
  }
  if (const auto generate = fields.get("generate")) {
    requirement.generate = read_generation(context, *generate);
  }
  if (const auto sealed = fields.get("sealed")) {
    requirement.sealed = read_sealed(context, *sealed);
  }
  if (provider_known) {
    check_pair(context, fields, requirement.provided_by, "generate", model::Provider::generated);
    check_pair(context, fields, requirement.provided_by, "sealed", model::Provider::vendor);
  }
}

}  // namespace

model::Requirement read_requirement(Context& context, TreeNode node) {
  Fields fields(context, node, "a requirement", requirement_keys);
  model::Requirement requirement;
  requirement.origin = context.origin(node);
  if (const auto id = fields.need("id")) {
    assign(requirement.id, read_text(context, *id, rules::id));
  }
  read_texts_for_people(context, fields, requirement);
  if (const auto required = fields.get("required")) {
    assign(requirement.required, read_boolean(context, *required));
  }
  if (const auto when = fields.get("when")) {
    requirement.when = read_condition(context, *when);
  }
  if (const auto store = fields.need("store")) {
    assign(requirement.locator, read_locator(context, *store));
  }
  if (const auto enter = fields.get("enter")) {
    requirement.enter = read_entry_rules(context, *enter);
    check_entry_keys(context, *enter, requirement);
  }
  if (const auto effect = fields.get("takes-effect")) {
    assign(requirement.takes_effect, read_choice(context, *effect, effects));
  }
  if (const auto age = fields.get("max-age")) {
    requirement.max_age = read_duration(context, *age, 1s, longest_age);
  }
  read_provision(context, fields, requirement);
  return requirement;
}

}  // namespace blindfold::manifest
