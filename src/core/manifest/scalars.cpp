#include <algorithm>
#include <charconv>
#include <chrono>

#include "core/manifest/bare.hpp"
#include "core/manifest/fields.hpp"
#include "core/manifest/reaction.hpp"

namespace blindfold::manifest {

namespace {

std::optional<std::string_view> read_scalar(Context& context, TreeNode node) {
  switch (node.kind()) {
    case NodeKind::scalar:
      return node.text();
    case NodeKind::null:
      context.error(node, "there is no value here");
      break;
    case NodeKind::sequence:
      context.error(node, "text is expected here, not a list");
      break;
    case NodeKind::map:
      context.error(node, "text is expected here, not a map");
      break;
  }
  return std::nullopt;
}

bool is_text(Context& context, TreeNode node) {
  const std::string_view other = node.quoted() ? "" : other_type_of(node.text());
  if (!other.empty()) {
    context.error(node,
                  quoted(node.text()) + " without quotes is " + std::string(other) +
                      " to many YAML readers, and text is expected here",
                  "write it in quotes: \"" + std::string(node.text()) + "\"");
  }
  return other.empty();
}

std::optional<Rate> parse_rate(std::string_view text) noexcept {
  constexpr base::Duration longest = std::chrono::hours(24);
  Rate rate;
  const char* const end = text.data() + text.size();
  const auto [slash, error] = std::from_chars(text.data(), end, rate.count);
  if (error != std::errc{} || text.front() == '0' || rate.count > 10'000 || slash == end ||
      *slash != '/') {
    return std::nullopt;
  }
  const auto per = base::parse_duration({slash + 1, static_cast<std::size_t>(end - slash - 1)});
  if (!per || per->count() < 1 || *per > longest) {
    return std::nullopt;
  }
  rate.per = *per;
  return rate;
}

}  // namespace

std::optional<std::string> read_text(Context& context, TreeNode node, const Rule& rule) {
  const auto text = read_scalar(context, node);
  if (!text) {
    return std::nullopt;
  }
  if (!rule.accepts(*text)) {
    context.error(node, quoted(*text) + " is not " + std::string(rule.noun),
                  std::string(rule.form));
    return std::nullopt;
  }
  return is_text(context, node) ? std::optional(std::string(*text)) : std::nullopt;
}

std::optional<std::string> read_path(Context& context, TreeNode node) {
  const auto text = read_text(context, node, rules::path);
  if (!text) {
    return std::nullopt;
  }
  auto resolved = context.absolute(node, *text);
  if (resolved && !rules::path.accepts(*resolved)) {
    context.error(node, "this path is too long", std::string(rules::path.form));
    return std::nullopt;
  }
  return resolved;
}

std::optional<bool> read_boolean(Context& context, TreeNode node) {
  if (node.kind() == NodeKind::scalar && !node.quoted()) {
    if (node.text() == "true" || node.text() == "false") {
      return node.text() == "true";
    }
  }
  context.error(node, "true or false is expected here", "write it without quotes");
  return std::nullopt;
}

std::optional<std::uint32_t> read_number(Context& context, TreeNode node, std::uint32_t least,
                                         std::uint32_t most) {
  const std::string_view text = node.text();
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool canonical = !text.empty() && (text.front() != '0' || text.size() == 1);
  if (node.kind() != NodeKind::scalar || node.quoted() || error != std::errc{} || rest != end ||
      !canonical || number < least || number > most) {
    context.error(node,
                  "a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                      " is expected here",
                  "write it in decimal, without quotes");
    return std::nullopt;
  }
  return number;
}

std::optional<base::Duration> read_duration(Context& context, TreeNode node, base::Duration least,
                                            base::Duration most) {
  const auto text = read_scalar(context, node);
  if (!text) {
    return std::nullopt;
  }
  const auto duration = base::parse_duration(*text);
  if (!duration) {
    context.error(node, quoted(*text) + " is not a duration", "write 250ms, 30s, 5m, 12h or 90d");
    return std::nullopt;
  }
  if (*duration < least || *duration > most) {
    context.error(node, quoted(*text) + " is too " + (*duration < least ? "short" : "long"),
                  "from " + base::format_duration(least) + " to " + base::format_duration(most) +
                      " is possible here");
    return std::nullopt;
  }
  return duration;
}

std::optional<std::size_t> read_name(Context& context, TreeNode node,
                                     std::span<const std::string_view> names) {
  const auto text = read_scalar(context, node);
  if (!text) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(names, *text);
  if (found == names.end()) {
    context.error(node, quoted(*text) + " is not one of " + listed(names, "and"),
                  context.problems().suggest(*text, names));
    return std::nullopt;
  }
  const auto place = static_cast<std::size_t>(found - names.begin());
  return is_text(context, node) ? std::optional(place) : std::nullopt;
}

std::optional<Rate> read_rate(Context& context, TreeNode node) {
  const auto text = read_scalar(context, node);
  if (!text) {
    return std::nullopt;
  }
  const auto rate = parse_rate(*text);
  if (!rate) {
    context.error(node, quoted(*text) + " is not a rate",
                  "write COUNT/DURATION, 1/1m or 5/1s: from 1 to 10,000 in up to 24h");
  }
  return rate;
}

}  // namespace blindfold::manifest
