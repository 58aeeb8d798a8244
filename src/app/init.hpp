#pragma once

namespace blindfold::app {

/// `agent init`: Kubernetes manifests on standard input become a manifest on
/// standard output. Returns the exit status.
[[nodiscard]] int init();

}  // namespace blindfold::app
