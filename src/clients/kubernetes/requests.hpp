#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace blindfold::kubernetes {

/// What is asked for by the Accept header, and the only thing that is read.
enum class Form : std::uint8_t {
  table,        ///< meta.k8s.io/v1 Table, with includeObject=None in the target
  object_meta,  ///< meta.k8s.io/v1 PartialObjectMetadata, of a probe's dry run alone
  object,       ///< the object itself: reviews, quotas, a ConfigMap that holds settings
};

/// A request to the API server. There is none here that could bring a value:
/// `get`, `list` and `watch` of secrets are made in the Table form alone, and
/// what writes is a dry run with nothing in it.
struct ApiRequest {
  std::string method = "GET";
  std::string target;
  Form form = Form::object;
  std::string body;  ///< JSON; empty: none
};

/// What the probes ask with: type and name alone, and labels where the cluster's
/// own policies demand some.
struct ProbeObject {
  std::string name_space;
  std::string name;
  std::string type;
  std::map<std::string, std::string> labels;
};

/// A collection of one namespace, or one object of it.
struct Collection {
  std::string resource;  ///< "secrets", "configmaps", "resourcequotas", "events"
  std::string name_space;
  std::string name;  ///< empty: all of them
};

/// PUT, dryRun=All. For the types of tls and basic-auth the keys that they need
/// stand in the body with nothing in them. Types that want more than an empty
/// value (docker-registry, ssh-auth, service-account-token) are answered with a
/// 422 whose causes are `FieldValueRequired`: of that type and there, without a
/// version.
[[nodiscard]] ApiRequest update_probe(const ProbeObject& object);
/// POST, dryRun=All, with the name alone.
[[nodiscard]] ApiRequest create_probe(const ProbeObject& object);
/// A create probe under a random name with one value that is not empty, which
/// the ask-only policy must refuse. The value is random and ours.
[[nodiscard]] ApiRequest policy_guess(const std::string& name_space,
                                      const std::map<std::string, std::string>& labels);

/// `limit` and `next` page through a list.
[[nodiscard]] ApiRequest table_list(const Collection& collection, std::uint32_t limit,
                                    std::string_view next);
[[nodiscard]] ApiRequest table_watch(const Collection& collection, std::string_view since,
                                     bool bookmarks, std::chrono::seconds timeout);

[[nodiscard]] ApiRequest rules_review(const std::string& name_space);
/// May this account do `verb` to that?
[[nodiscard]] ApiRequest access_review(std::string_view verb, const Collection& collection,
                                       std::string_view group = "");
/// A ConfigMap that holds settings.
[[nodiscard]] ApiRequest config_map(const std::string& name_space, const std::string& name);

}  // namespace blindfold::kubernetes
