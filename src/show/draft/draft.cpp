#include "show/draft/draft.hpp"

#include "core/manifest/read.hpp"
#include "core/manifest/stream.hpp"
#include "show/draft/kept.hpp"
#include "show/draft/objects.hpp"
#include "show/draft/requirements.hpp"
#include "show/draft/write.hpp"

namespace blindfold::draft {
namespace {

manifest::Diagnostics nothing_to_provide(const manifest::Source& source, const Findings& findings) {
  if (findings.objects() == 0) {
    return {{{source.file, 1, 1},
             "there is no Kubernetes object in here",
             "pipe in what helm template or kustomize build prints"}};
  }
  return {{{source.file, 1, 1},
           "no Secret is asked for in here that is not created in here as well",
           "write the manifest by hand, if something else needs one"}};
}

}  // namespace

std::expected<std::string, manifest::Diagnostics> draft(const manifest::Source& source) {
  Findings findings;
  const auto read = manifest::read_stream(source, stream_rules(),
                                          [&findings](const manifest::Document& document) noexcept {
                                            find_in_object(document.root(), findings);
                                          });
  if (!read) {
    return std::unexpected(read.error());
  }
  const Draft gathered = gather(findings);
  if (gathered.requirements.empty()) {
    return std::unexpected(nothing_to_provide(source, findings));
  }
  std::string text = write(gathered, findings);
  if (text.size() > manifest::largest_file) {
    return std::unexpected(manifest::Diagnostics{{{source.file, 1, 1},
                                                  "the manifest would be larger than 1 MiB",
                                                  "give the objects in parts"}});
  }
  return text;
}

}  // namespace blindfold::draft
