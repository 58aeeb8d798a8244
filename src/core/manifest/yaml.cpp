#include "core/manifest/yaml.hpp"

#include <yaml-cpp/parser.h>

#include <sstream>
#include <string>
#include <string_view>

#include "core/manifest/read.hpp"
#include "core/manifest/readable.hpp"
#include "core/manifest/yaml_errors.hpp"
#include "core/manifest/yaml_handler.hpp"

namespace blindfold::manifest {

std::expected<Document, Diagnostics> parse(const Source& source) {
  if (source.text.size() > largest_file) {
    return refused(source, {}, "the file is larger than 1 MiB", "split it into several manifests");
  }
  const std::string_view text = without_mark(source.text);
  if (const auto found = first_unreadable(text)) {
    return refused(source, found->where, "the file holds " + found->what, "save it as UTF-8 text");
  }
  YamlHandler handler(text, manifest_limits, Reading::strict);
  try {
    std::istringstream stream(std::string(text) + end_of_document);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
    parser.HandleNextDocument(handler);
    Document document = handler.take();
    if (document.root().kind() == NodeKind::null) {
      return refused(source, {}, "the file is empty", "");
    }
    return document;
  } catch (const Refusal& refusal) {
    return refused(source, refusal.where, std::string(refusal.message), std::string(refusal.hint));
  } catch (const YAML::Exception& exception) {
    return not_yaml(source, handler, exception, text);
  }
}

}  // namespace blindfold::manifest
