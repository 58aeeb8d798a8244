#include "show/advice/iam_policy.hpp"

#include <algorithm>

#include "platform/json/writer.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

std::string in_json(std::string_view text) {
  std::string out;
  json::Writer(out).string(text);
  return out;
}

void add_list(Lines& lines, std::string_view indent, std::string_view name,
              const std::vector<std::string>& values, std::string_view comma) {
  const std::string begin = std::string(indent) + in_json(name) + ": ";
  if (values.size() == 1) {
    lines.push_back(begin + in_json(values.front()) + std::string(comma));
    return;
  }
  lines.push_back(begin + "[");
  for (const std::string& value : values) {
    lines.push_back(std::string(indent) + "  " + in_json(value) +
                    (&value == &values.back() ? "" : ","));
  }
  lines.push_back(std::string(indent) + "]" + std::string(comma));
}

void add_statement(Lines& lines, const IamStatement& statement, std::string_view comma) {
  const bool limited = !statement.condition_key.empty();
  lines.emplace_back("    {");
  add_list(lines, "      ", "Sid", {statement.sid}, ",");
  add_list(lines, "      ", "Effect", {statement.allow ? "Allow" : "Deny"}, ",");
  add_list(lines, "      ", "Action", statement.actions, ",");
  add_list(lines, "      ", "Resource", statement.resources, limited ? "," : "");
  if (limited) {
    lines.emplace_back(R"(      "Condition": { "StringEquals": {)");
    add_list(lines, "        ", statement.condition_key, statement.condition_values, "");
    lines.emplace_back("      } }");
  }
  lines.push_back("    }" + std::string(comma));
}

}  // namespace

Lines iam_policy(const std::vector<IamStatement>& statements) {
  Lines lines{"{", R"(  "Version": "2012-10-17",)", R"(  "Statement": [)"};
  for (const IamStatement& statement : statements) {
    add_statement(lines, statement, &statement == &statements.back() ? "" : ",");
  }
  lines.emplace_back("  ]");
  lines.emplace_back("}");
  return lines;
}

std::size_t counted_size(const Lines& lines) noexcept {
  std::size_t size = 0;
  for (const std::string& line : lines) {
    size += line.size() - static_cast<std::size_t>(std::ranges::count(line, ' '));
  }
  return size;
}

}  // namespace blindfold::advice
