#include "core/manifest/stream.hpp"

#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/manifest/readable.hpp"
#include "core/manifest/sieve.hpp"
#include "core/manifest/yaml_errors.hpp"
#include "core/manifest/yaml_handler.hpp"

namespace blindfold::manifest {
namespace {

using Next = std::expected<std::optional<Document>, Diagnostics>;

/// The documents of one text, one after the other.
class Stream final {
 public:
  Stream(const Source& source, const StreamRules& rules, std::string_view text)
      : source_(source),
        rules_(rules),
        text_(text),
        characters_(std::string(text) + end_of_document),
        parser_(characters_) {}

  /// Nothing after the last one.
  Next next() {
    YamlHandler handler(text_, rules_.limits, Reading::lenient, last_);
    Sieve sieve(handler, rules_.keeps);
    try {
      if (!parser_.HandleNextDocument(sieve)) {
        return std::nullopt;
      }
    } catch (const Refusal& refusal) {
      return refused(source_, refusal.where, std::string(refusal.message),
                     std::string(refusal.hint));
    } catch (const YAML::Exception& exception) {
      return not_yaml(source_, handler, exception, text_);
    }
    // yaml-cpp leaves some characters where they are, and would begin there again.
    if (handler.began().pos == began_) {
      return refused(source_, handler.at(handler.began()),
                     "not YAML: what begins here cannot stand here", "");
    }
    began_ = handler.began().pos;
    last_ = handler.last();
    return handler.take();
  }

 private:
  const Source& source_;
  const StreamRules& rules_;
  std::string_view text_;
  std::istringstream characters_;
  YAML::Parser parser_;
  Position last_;
  int began_ = -1;  ///< where the last document did, as yaml-cpp counts
};

}  // namespace

std::expected<void, Diagnostics> read_stream(
    const Source& source, const StreamRules& rules,
    std::move_only_function<void(const Document&) noexcept> use) {
  if (source.text.size() > rules.largest) {
    return refused(source, {}, std::string(rules.too_large), "");
  }
  const std::string_view text = without_mark(source.text);
  if (const auto found = first_unreadable(text)) {
    return refused(source, found->where, "the text holds " + found->what, "save it as UTF-8 text");
  }
  Stream stream(source, rules, text);
  for (;;) {
    const Next document = stream.next();
    if (!document) {
      return std::unexpected(document.error());
    }
    if (!*document) {
      return {};
    }
    if ((*document)->root().kind() != NodeKind::null) {
      use(**document);
    }
  }
}

}  // namespace blindfold::manifest
