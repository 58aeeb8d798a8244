// Any bytes as what the readers of single objects are for: whole and in pieces
// the same, nothing beyond its size, nothing of a document of another kind.
// Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/readers.hpp"
#include "platform/json/parser.hpp"

namespace {

namespace json = blindfold::json;
namespace kubernetes = blindfold::kubernetes;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

const std::vector<std::string> keys = {"domain", "app.conf"};

/// In pieces of `size` bytes.
bool feed(json::Reader& reader, std::string_view text, std::size_t size) {
  json::Parser parser(reader);
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    if (!parser.feed(text.substr(0, size))) {
      return false;
    }
  }
  return parser.finish().has_value();
}

std::string text_of(const kubernetes::ObjectMeta& meta) {
  require(meta.name.size() <= 253 && meta.uid.size() <= 256);
  require(meta.resource_version.size() <= 256);
  return meta.name + "|" + meta.uid + "|" + meta.resource_version + (meta.being_deleted ? "!" : "");
}

std::string text_of(const kubernetes::Rules& rules) {
  require(rules.rules.size() <= 1000);
  std::string text = rules.incomplete ? "incomplete" : "";
  for (const auto& rule : rules.rules) {
    for (const auto* words : {&rule.verbs, &rule.groups, &rule.resources, &rule.names}) {
      for (const auto& word : *words) {
        require(word.size() <= 256);
        text += word + ",";
      }
      text += ";";
    }
  }
  return text;
}

std::string text_of(const std::vector<std::optional<std::string>>& values) {
  require(values.size() == keys.size());
  std::string text;
  for (const auto& value : values) {
    require(!value || value->size() <= 4096);
    text += value ? "=" + *value : "-";
  }
  return text;
}

/// All of it, or that it was refused.
std::string read(std::string_view text, std::size_t size) {
  kubernetes::ObjectMetaReader meta;
  kubernetes::RulesReader rules;
  kubernetes::AccessReader access;
  kubernetes::SettingsReader settings(keys);
  std::string read;
  read += feed(meta, text, size) ? text_of(meta.meta()) : "refused";
  read += feed(rules, text, size) ? text_of(rules.rules()) : "refused";
  read += feed(access, text, size) ? std::to_string(static_cast<int>(access.allowed())) : "refused";
  read += feed(settings, text, size) ? text_of(settings.values()) : "refused";
  if (!text.contains("kind") && !text.contains('\\')) {
    require(text_of(meta.meta()) == "||" && text_of(rules.rules()).empty() && !access.allowed());
  }
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  require(read(text, std::max<std::size_t>(size, 1)) == read(text, 3));
  return 0;
}
