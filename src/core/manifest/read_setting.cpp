#include <array>

#include "core/manifest/read_locator.hpp"
#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::array<std::string_view, 7> setting_keys{"id",      "title",    "format", "choices",
                                                       "default", "required", "store"};

constexpr auto formats = std::to_array<Named<Format>>({{"text", Format::text},
                                                       {"hostname", Format::hostname},
                                                       {"url", Format::url},
                                                       {"email", Format::email},
                                                       {"port", Format::port},
                                                       {"integer", Format::integer},
                                                       {"choice", Format::choice}});

void read_choices(Context& context, Fields& fields, Setting& setting) {
  const auto choices = fields.get("choices");
  if (choices) {
    setting.choices = read_texts(context, *choices, rules::choice);
  }
  if (setting.format == Format::choice && !fields.has("choices")) {
    context.error(fields.map(), "`format: choice` needs `choices`");
  }
  if (setting.format != Format::choice && choices) {
    context.error(*choices, "`choices` go with `format: choice` alone");
  }
}

/// A bare number is text here where both of its readings are the same.
bool is_bare_number(TreeNode node) noexcept {
  return node.kind() == NodeKind::scalar && !node.quoted() &&
         matches(Format::integer, {}, node.text());
}

std::optional<std::string> read_default(Context& context, TreeNode node, const Setting& setting) {
  auto text = is_bare_number(node) && setting.format != Format::choice
                  ? std::optional(std::string(node.text()))
                  : read_text(context, node, rules::value);
  if (text && !matches(setting.format, setting.choices, *text)) {
    context.error(node, quoted(*text) + (setting.format == Format::choice
                                             ? " is none of the choices"
                                             : " is not of the format `" +
                                                   std::string(to_string(setting.format)) + "`"));
  }
  return text;
}

}  // namespace

Setting read_setting(Context& context, TreeNode node) {
  Fields fields(context, node, "a setting", setting_keys);
  Setting setting;
  setting.origin = context.origin(node);
  if (const auto id = fields.need("id")) {
    assign(setting.id, read_text(context, *id, rules::id));
  }
  setting.title = setting.id;
  if (const auto title = fields.get("title")) {
    assign(setting.title, read_text(context, *title, rules::line));
  }
  bool format_known = true;
  if (const auto format = fields.get("format")) {
    const auto read = read_choice(context, *format, formats);
    format_known = read.has_value();
    setting.format = read.value_or(setting.format);
  }
  if (format_known) {
    read_choices(context, fields, setting);
    if (const auto value = fields.get("default")) {
      setting.default_value = read_default(context, *value, setting);
    }
  }
  if (const auto required = fields.get("required")) {
    assign(setting.required, read_boolean(context, *required));
  }
  if (const auto store = fields.need("store")) {
    assign(setting.locator, read_config_map_locator(context, *store));
  }
  return setting;
}

}  // namespace blindfold::manifest
