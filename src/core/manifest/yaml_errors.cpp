#include "core/manifest/yaml_errors.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace blindfold::manifest {
namespace {

std::string_view line_at(std::string_view text, std::size_t offset) noexcept {
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  const std::size_t before = text.substr(0, end).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, end - begin);
}

std::string_view hint_for(const YAML::Exception& exception, std::string_view text) noexcept {
  const auto offset = std::min(static_cast<std::size_t>(exception.mark.pos), text.size());
  const std::string_view line = line_at(text, offset);
  const std::string_view indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (indentation.find('\t') != std::string_view::npos) {
    return "indent with spaces, not with tabs";
  }
  if (exception.msg == YAML::ErrorMsg::MAP_VALUE || exception.msg == YAML::ErrorMsg::MAP_KEY) {
    return "look at the indentation, and put text that holds `: ` in quotes";
  }
  if (exception.msg.find("end of") != std::string::npos) {
    return "look at the indentation, and for a bracket that is not closed";
  }
  return "";
}

}  // namespace

std::unexpected<Diagnostics> refused(const Source& source, Position where, std::string message,
                                     std::string hint) {
  return std::unexpected(
      Diagnostics{{{source.file, where.line, where.column}, std::move(message), std::move(hint)}});
}

std::unexpected<Diagnostics> not_yaml(const Source& source, YamlHandler& handler,
                                      const YAML::Exception& exception, std::string_view text) {
  if (exception.msg == YAML::ErrorMsg::DOC_IN_SCALAR ||
      exception.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
    return refused(source, handler.last(),
                   "not YAML: a quote that is opened after this is not closed",
                   "close it, or take it out");
  }
  const bool within = static_cast<std::size_t>(exception.mark.pos) <= text.size();
  return refused(source, within ? handler.at(exception.mark) : handler.last(),
                 "not YAML: " + exception.msg, std::string(hint_for(exception, text)));
}

}  // namespace blindfold::manifest
