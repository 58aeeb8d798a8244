#pragma once

#include <cstddef>
#include <string_view>

namespace blindfold::manifest {

/// A form that a text must have.
struct Rule {
  std::string_view noun;  ///< "an id"
  std::string_view form;  ///< how it looks, a sentence's second half
  bool (*accepts)(std::string_view text) noexcept;
};

namespace rules {

extern const Rule schema;
extern const Rule id;
extern const Rule line;       ///< for people: one line, 200 characters
extern const Rule paragraph;  ///< for people: lines, 2,000 characters
extern const Rule url;        ///< https, http to loopback
extern const Rule path;       ///< before it is made absolute
extern const Rule absolute_path;
extern const Rule argument;
extern const Rule value;   ///< of a setting
extern const Rule choice;  ///< of a setting
extern const Rule pattern;
extern const Rule file_key;
extern const Rule bundle_entry;
extern const Rule minisign_key;

/// Kubernetes: its API's own rules (apimachinery's validation).
extern const Rule kubernetes_namespace;
extern const Rule kubernetes_name;
extern const Rule kubernetes_key;
extern const Rule kubernetes_type;

/// AWS: the API references of Secrets Manager and Systems Manager.
extern const Rule secrets_manager_name;
extern const Rule parameter_name;
extern const Rule aws_region;
extern const Rule name_pattern;

extern const Rule ip_address;
extern const Rule systemd_unit;

}  // namespace rules

/// RFC 1123, 253 bytes at most: labels of letters, digits and hyphens.
[[nodiscard]] bool is_hostname(std::string_view text) noexcept;

/// Holds no control character. `lines`: line feeds and tabs are none.
[[nodiscard]] bool is_plain(std::string_view text, bool lines) noexcept;

/// An absolute URL: "SCHEME://HOST[:PORT][/…]" without user name or password.
struct UrlParts {
  std::string_view scheme;
  std::string_view host;  ///< without port; with brackets
};
/// Empty parts where `text` is no such URL.
[[nodiscard]] UrlParts split_url(std::string_view text) noexcept;

}  // namespace blindfold::manifest
