// Any bytes as an application's Kubernetes manifests. What is drafted of them is
// read by the manifest's own reader; what is wrong with them is said in one line
// that shows nothing of them. Aborts where something is promised and not so.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"
#include "show/draft/draft.hpp"

namespace {

namespace manifest = blindfold::manifest;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void check(const manifest::Diagnostics& diagnostics) {
  require(diagnostics.size() == 1);
  const manifest::Diagnostic& wrong = diagnostics.front();
  require(wrong.where.file == "standard input" && wrong.where.line > 0 && wrong.where.column > 0);
  require(!wrong.message.empty());
}

void check(const std::string& text) {
  require(text.size() <= manifest::largest_file);
  auto read = manifest::read_manifest({"/etc/app/manifest.yaml", text, {}});
  require(read.has_value() && !read->requirements.empty());
  std::vector<manifest::Manifest> all;
  all.push_back(*std::move(read));
  require(manifest::resolve({}, std::move(all)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto drafted =
      blindfold::draft::draft({"standard input", std::string(data, data + size), "/"});
  drafted ? check(*drafted) : check(drafted.error());
  return 0;
}
