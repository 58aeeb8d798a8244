#pragma once

#include <string>

#include "core/manifest/deployment.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::app {

/// Whether the requirement's store is a mounted volume or a directory.
[[nodiscard]] bool is_in_files(const model::Requirement& requirement) noexcept;

[[nodiscard]] bool is_in_kubernetes(const model::Requirement& requirement) noexcept;

/// Whether it is Secrets Manager or Parameter Store.
[[nodiscard]] bool is_in_aws(const model::Requirement& requirement) noexcept;

// What is read, changes nothing in this version and need not be refused:
// `vendor`, `generate`, `sealed` and `enter` (they say how a value is made, which
// no command here does), `groups` (they delay reactions, which are refused),
// `settings` without a `when` that names one, and `max-age` (a color, never a
// presence).

/// What the deployment asks of the running agent and this version cannot do yet:
/// reactions, the page, the probes, the report, the journal's log format. Complete
/// text for standard error, each with the place where it is asked for; empty where
/// there is nothing.
[[nodiscard]] std::string refuse_to_run(const manifest::Deployment& deployment);

}  // namespace blindfold::app
