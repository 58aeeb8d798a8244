#pragma once

#include <string>
#include <vector>

#include "detect/kubernetes/judgement.hpp"
#include "detect/kubernetes/rights.hpp"
#include "doctor/kubernetes/report.hpp"
#include "doctor/kubernetes/wanted.hpp"

namespace blindfold::doctor {

/// Whether the account can get at a value by this one right: it reads secrets,
/// or leads around, or guesses where no policy forbids it.
[[nodiscard]] bool reads(const detect::Right& right, detect::Policy policy);

/// The rights compared with what `agent permissions` prints for the way that
/// follows from them: fills in `way`, `missing`, `surplus`, and each secret's
/// sight. After all that was tried.
void judge_rights(NamespaceProof& proof, const detect::Rights& rights,
                  const WantedNamespace& wanted);

}  // namespace blindfold::doctor
