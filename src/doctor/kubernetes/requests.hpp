#pragma once

#include <string>
#include <string_view>

#include "clients/kubernetes/requests.hpp"

namespace blindfold::doctor {

// What must fail, and what the proof needs besides. Nowhere else in the program
// is there a request that could bring a value; these ask in the Table form, which
// carries none even where they are let through. Names have passed the manifest's
// rules, or are of DNS form.

/// GET of one secret.
[[nodiscard]] kubernetes::ApiRequest read_secret(const std::string& name_space,
                                                 const std::string& name);
/// One row at most of a list of secrets; `name` empty: of any.
[[nodiscard]] kubernetes::ApiRequest list_secrets(const std::string& name_space,
                                                  const std::string& name);

/// An update that is a dry run, with a value that is random and nobody's, for a
/// secret of that type.
[[nodiscard]] kubernetes::ApiRequest update_guess(const std::string& name_space,
                                                  const std::string& name, std::string_view type);
/// A creation that is a dry run, under a random name, with an annotation that
/// means nothing to anybody. (A webhook may answer one with a value.)
[[nodiscard]] kubernetes::ApiRequest annotated_create(const std::string& name_space);
/// The bare question that the probes ask, under a random name.
[[nodiscard]] kubernetes::ApiRequest bare_create(const std::string& name_space);

/// SelfSubjectReview: whom the API server takes this account for.
[[nodiscard]] kubernetes::ApiRequest who_am_i();
[[nodiscard]] kubernetes::ApiRequest get_policy(const std::string& name);
[[nodiscard]] kubernetes::ApiRequest get_policy_binding(const std::string& name);

}  // namespace blindfold::doctor
