#include "core/manifest/problems.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "platform/base/nearest.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::size_t longest_shown = 80;
constexpr std::size_t most_comparisons = 20'000;

}  // namespace

void Problems::add(model::Origin where, std::string message, std::string hint) {
  if (!full()) {
    diagnostics_.push_back({std::move(where), std::move(message), std::move(hint)});
  }
}

std::optional<std::string_view> Problems::nearest(
    std::string_view name, std::span<const std::string_view> candidates) const noexcept {
  if (diagnostics_.size() * candidates.size() > most_comparisons) {
    return std::nullopt;
  }
  return base::nearest(name, candidates);
}

std::string Problems::suggest(std::string_view name,
                              std::span<const std::string_view> candidates) const {
  const auto near = nearest(name, candidates);
  return near ? "did you mean " + quoted(*near) + "?" : std::string();
}

Diagnostics Problems::take() {
  std::map<std::string, std::size_t, std::less<>> files;
  for (const Diagnostic& diagnostic : diagnostics_) {
    files.try_emplace(diagnostic.where.file, files.size());
  }
  const auto order = [&files](const Diagnostic& diagnostic) {
    return std::tuple(files.find(diagnostic.where.file)->second, diagnostic.where.line,
                      diagnostic.where.column, std::string_view(diagnostic.message));
  };
  std::ranges::sort(diagnostics_, {}, order);
  const auto repeated = std::ranges::unique(diagnostics_);
  diagnostics_.erase(repeated.begin(), repeated.end());
  return std::exchange(diagnostics_, {});
}

std::string quoted(std::string_view name) {
  if (name.empty()) {
    return "an empty text";
  }
  std::string out = "`";
  if (name.size() <= longest_shown) {
    out += name;
    return out += '`';
  }
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0U) == 0x80U) {
    --end;
  }
  out += name.substr(0, end);
  return out += "…`";
}

std::string place(const model::Origin& origin) {
  return origin.file + ":" + std::to_string(origin.line);
}

std::string listed(std::span<const std::string_view> names, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      out += i + 1 == names.size() ? " " + std::string(last) + " " : ", ";
    }
    out += names[i];
  }
  return out;
}

}  // namespace blindfold::manifest
