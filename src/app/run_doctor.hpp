#pragma once

#include "app/access.hpp"
#include "app/load.hpp"
#include "app/print_advice.hpp"

namespace blindfold::app {

/// `agent doctor`: tries to get at what the deployment requires, which must fail:
/// to open each file, in a process that gives up what the running agent gives up;
/// then, having given it up itself, to read each secret in Kubernetes as the
/// agent's account, and what is in AWS as every identity that it could come to,
/// which is said first, since CloudTrail records it. Returns the exit status: 1 where a value can
/// be read, or where it could not be tried. In a process with one thread.
[[nodiscard]] int run_doctor(const Loaded& loaded, Access access);

/// `agent doctor --commands`: prints the same proof for the customer's own tools,
/// and asks nobody. Returns the exit status.
[[nodiscard]] int print_proof(const Loaded& loaded, const ClusterNames& names);

}  // namespace blindfold::app
