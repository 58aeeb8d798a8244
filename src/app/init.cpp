#include "app/init.hpp"

#include <chrono>

#include "app/output.hpp"
#include "app/read_file.hpp"
#include "app/refuse.hpp"
#include "show/draft/draft.hpp"

namespace blindfold::app {
namespace {

// What renders the manifests may have to download a chart first.
constexpr std::chrono::minutes patience{10};

}  // namespace

int init() {
  auto text = read_file("/dev/stdin", draft::largest_input, patience);
  if (!text) {
    return refuse(text.error());
  }
  const auto drafted =
      draft::draft({.file = "standard input", .text = *std::move(text), .folder = "/"});
  if (!drafted) {
    return refuse(manifest::render(drafted.error(), {}));
  }
  return print(*drafted) ? 0 : failed;
}

}  // namespace blindfold::app
