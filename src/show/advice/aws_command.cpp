#include "show/advice/aws_command.hpp"

#include "show/advice/typed_value.hpp"
#include "show/advice/value_feed.hpp"

namespace blindfold::advice {

std::string AwsCommand::create_secret() const {
  return writing(
      "aws secretsmanager create-secret" + given("--name", place_.name) + " --secret-string", {});
}

std::string AwsCommand::put_secret_value() const {
  return writing(
      "aws secretsmanager put-secret-value" + given("--secret-id", place_.id) + " --secret-string",
      {});
}

std::string AwsCommand::restore_secret() const {
  return "aws secretsmanager restore-secret" + given("--secret-id", place_.id) + where();
}

std::string AwsCommand::put_parameter(std::string_view type, bool overwrite) const {
  return writing(
      "aws ssm put-parameter" + given("--name", place_.name) + given("--type", type) + " --value",
      overwrite ? " --overwrite" : "");
}

std::string AwsCommand::delete_parameter() const {
  return "aws ssm delete-parameter" + given("--name", place_.name) + where();
}

bool AwsCommand::from_file() const noexcept {
  return has_several_lines(key());
}

std::string_view AwsCommand::key() const noexcept {
  const std::string_view name = place_.name;
  return name.substr(name.rfind('/') + 1);
}

std::string AwsCommand::writing(const std::string& command, const std::string& ending) const {
  if (from_file()) {
    return command + " " + quote("file://" + path_to_put_in(key()), options_.shell) + ending +
           where();
  }
  const ValueFeed feed(1, options_.shell);
  return feed.line({}, command + " file://" + feed.source(0) + ending + where());
}

std::string AwsCommand::where() const {
  return (place_.region.empty() ? std::string() : given("--region", place_.region)) +
         (options_.profile.empty() ? std::string() : given("--profile", options_.profile));
}

std::string AwsCommand::given(std::string_view option, std::string_view text) const {
  // What begins with a hyphen is an option to it, unless it stands in the same word.
  const std::string_view between = text.starts_with('-') ? "=" : " ";
  return std::string(" ").append(option).append(between).append(quote(text, options_.shell));
}

}  // namespace blindfold::advice
