#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "show/advice/permission_scope.hpp"

namespace blindfold::advice {

/// The lines of each are a YAML document, its `---` first.

[[nodiscard]] std::vector<std::string> service_account(const PermissionScope& scope);

/// Its Role and what goes with it.
[[nodiscard]] std::vector<std::string> namespace_documents(const PermissionScope& scope,
                                                           const NamespaceScope& name_space,
                                                           bool faster);

/// A binding of `role` to the account; in no namespace where that is empty.
[[nodiscard]] std::vector<std::string> binding(const PermissionScope& scope, std::string_view role,
                                               std::string_view name_space);

}  // namespace blindfold::advice
