#include "clients/kubernetes/kubeconfig_extension.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "platform/json/writer.hpp"

namespace blindfold::kubernetes {
namespace {

using manifest::NodeKind;
using manifest::TreeNode;

void write_scalar(json::Writer& out, TreeNode node) {
  const std::string_view text = node.text();
  if (node.quoted()) {
    out.string(text);
    return;
  }
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (text == "true" || text == "false") {
    out.boolean(text == "true");
  } else if (error == std::errc() && read == end && std::to_string(number) == text) {
    out.number(number);
  } else {
    out.string(text);
  }
}

void write(json::Writer& out, TreeNode node) {
  switch (node.kind()) {
    case NodeKind::null:
      out.null();
      break;
    case NodeKind::scalar:
      write_scalar(out, node);
      break;
    case NodeKind::sequence:
      out.begin_array();
      for (std::size_t i = 0; i < node.items(); ++i) {
        write(out, node.item(i));
      }
      out.end_array();
      break;
    case NodeKind::map:
      out.begin_object();
      for (std::size_t i = 0; i < node.pairs(); ++i) {
        out.key(node.key(i).text());
        write(out, node.value(i));
      }
      out.end_object();
      break;
  }
}

}  // namespace

std::string to_json(TreeNode node) {
  std::string text;
  json::Writer out(text);
  write(out, node);
  return text;
}

}  // namespace blindfold::kubernetes
