#include "clients/aws/readers.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "clients/aws/secret_fields.hpp"

namespace blindfold::aws {
namespace {

constexpr std::string_view described_versions = "VersionIdsToStages";
constexpr std::string_view listed_versions = "SecretVersionsToStages";
constexpr std::string_view a_secret = "SecretList[].";

// The service's own; its tokens and ARNs have no limit in its documentation.
constexpr std::size_t longest_parameter_name = 2048;
constexpr std::size_t longest_parameter_arn = 4096;
constexpr std::size_t longest_type = 64;
constexpr std::size_t longest_parameter_token = 8192;
constexpr double latest_date = 1e11;  // in the year 5138

/// The path within an element of a list; empty: it is not within one.
std::string_view within(std::string_view path, std::string_view element) noexcept {
  return path.starts_with(element) ? path.substr(element.size()) : std::string_view();
}

/// As few digits as tell the date from all others, none where it is no date.
std::string date_text(double seconds) {
  std::array<char, 64> text{};
  if (seconds <= 0 || seconds >= latest_date) {
    return {};
  }
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

}  // namespace

void SecretReader::restart() noexcept {
  FieldReader::restart();
  facts_ = {};
}

std::size_t SecretReader::wanted(std::string_view path) noexcept {
  return SecretFields(facts_, described_versions).wanted(path);
}

bool SecretReader::on_string(std::string_view path, std::string_view value) noexcept {
  return SecretFields(facts_, described_versions).string(path, value);
}

bool SecretReader::on_key(std::string_view path) noexcept {
  return !names_a_value(path);
}

bool SecretReader::on_number(std::string_view path, std::int64_t /*value*/) noexcept {
  SecretFields(facts_, described_versions).date(path);
  return true;
}

bool SecretReader::on_fraction(std::string_view path, double /*value*/) noexcept {
  SecretFields(facts_, described_versions).date(path);
  return true;
}

bool SecretReader::on_document() noexcept {
  return !facts_.name.empty() && !facts_.arn.empty();
}

SecretListReader::SecretListReader(loop::Callback<const SecretFacts&> on_secret) noexcept
    : on_secret_(std::move(on_secret)) {
}

void SecretListReader::restart() noexcept {
  FieldReader::restart();
  facts_ = {};
  next_.clear();
  has_list_ = false;
}

std::size_t SecretListReader::wanted(std::string_view path) noexcept {
  return path == "NextToken" ? longest_token
                             : SecretFields(facts_, listed_versions).wanted(within(path, a_secret));
}

bool SecretListReader::on_string(std::string_view path, std::string_view value) noexcept {
  if (path == "NextToken") {
    next_ = value;
    return true;
  }
  return SecretFields(facts_, listed_versions).string(within(path, a_secret), value);
}

bool SecretListReader::on_key(std::string_view path) noexcept {
  return !names_a_value(path);
}

bool SecretListReader::on_number(std::string_view path, std::int64_t /*value*/) noexcept {
  SecretFields(facts_, listed_versions).date(within(path, a_secret));
  return true;
}

bool SecretListReader::on_fraction(std::string_view path, double /*value*/) noexcept {
  SecretFields(facts_, listed_versions).date(within(path, a_secret));
  return true;
}

bool SecretListReader::on_begin(std::string_view path) noexcept {
  if (path == "SecretList[]") {
    facts_ = {};
  }
  has_list_ = has_list_ || path == "SecretList";
  return true;
}

bool SecretListReader::on_end(std::string_view path) noexcept {
  if (path != "SecretList[]") {
    return true;
  }
  if (facts_.name.empty() || facts_.arn.empty()) {
    return false;
  }
  on_secret_(facts_);
  return true;
}

bool SecretListReader::on_document() noexcept {
  return has_list_;
}

void VersionListReader::restart() noexcept {
  FieldReader::restart();
  version_.clear();
  is_current_ = false;
  current_.clear();
  next_.clear();
  has_list_ = false;
}

std::size_t VersionListReader::wanted(std::string_view path) noexcept {
  if (path == "Versions[].VersionId") {
    return longest_version_id;
  }
  if (path == "Versions[].VersionStages[]") {
    return longest_stage;
  }
  return path == "NextToken" ? longest_token : 0;
}

bool VersionListReader::on_string(std::string_view path, std::string_view value) noexcept {
  if (path == "Versions[].VersionId") {
    version_ = value;
  } else if (path == "Versions[].VersionStages[]") {
    is_current_ = is_current_ || value == current_stage;
  } else {
    next_ = value;
  }
  return true;
}

bool VersionListReader::on_key(std::string_view path) noexcept {
  return !names_a_value(path);
}

bool VersionListReader::on_begin(std::string_view path) noexcept {
  if (path == "Versions[]") {
    version_.clear();
    is_current_ = false;
  }
  has_list_ = has_list_ || path == "Versions";
  return true;
}

bool VersionListReader::on_end(std::string_view path) noexcept {
  if (path == "Versions[]" && is_current_) {
    current_ = version_;
  }
  return path != "Versions[]" || !version_.empty();
}

bool VersionListReader::on_document() noexcept {
  return has_list_;
}

ParameterListReader::ParameterListReader(
    loop::Callback<const ParameterFacts&> on_parameter) noexcept
    : on_parameter_(std::move(on_parameter)) {
}

void ParameterListReader::restart() noexcept {
  FieldReader::restart();
  facts_ = {};
  next_.clear();
  has_list_ = false;
}

std::size_t ParameterListReader::wanted(std::string_view path) noexcept {
  if (path == "Parameters[].Name") {
    return longest_parameter_name;
  }
  if (path == "Parameters[].ARN") {
    return longest_parameter_arn;
  }
  if (path == "Parameters[].Type") {
    return longest_type;
  }
  return path == "NextToken" ? longest_parameter_token : 0;
}

bool ParameterListReader::on_string(std::string_view path, std::string_view value) noexcept {
  if (path == "Parameters[].Name") {
    facts_.name = value;
  } else if (path == "Parameters[].ARN") {
    facts_.arn = value;
  } else if (path == "Parameters[].Type") {
    facts_.type = value;
  } else {
    next_ = value;
  }
  return true;
}

// GetParameter and all its kin have the value under this name.
bool ParameterListReader::on_key(std::string_view path) noexcept {
  return path != "Value" && !path.ends_with(".Value");
}

bool ParameterListReader::on_number(std::string_view path, std::int64_t value) noexcept {
  if (path == "Parameters[].Version" && value > 0) {
    facts_.version = std::to_string(value);
  }
  return on_fraction(path, static_cast<double>(value));
}

bool ParameterListReader::on_fraction(std::string_view path, double value) noexcept {
  if (path == "Parameters[].LastModifiedDate") {
    facts_.modified = date_text(value);
  }
  return true;
}

bool ParameterListReader::on_begin(std::string_view path) noexcept {
  if (path == "Parameters[]") {
    facts_ = {};
  }
  has_list_ = has_list_ || path == "Parameters";
  return true;
}

bool ParameterListReader::on_end(std::string_view path) noexcept {
  if (path != "Parameters[]") {
    return true;
  }
  if (facts_.name.empty() || facts_.type.empty() || facts_.version.empty() ||
      facts_.modified.empty()) {
    return false;
  }
  on_parameter_(facts_);
  return true;
}

bool ParameterListReader::on_document() noexcept {
  return has_list_;
}

}  // namespace blindfold::aws
