#include "doctor/files/proof.hpp"

namespace blindfold::doctor {
namespace {

std::string as(const Account& account, advice::Shell shell) {
  if (account.user == 0) {
    return "sudo setpriv --bounding-set=-all --inh-caps=-all --no-new-privs";
  }
  const std::string user = account.name.empty() ? "#" + std::to_string(account.user) : account.name;
  return "sudo -u " + advice::quote(user, shell);
}

}  // namespace

std::vector<std::string> proof_commands(const Account& account, std::span<const std::string> paths,
                                        advice::Shell shell) {
  const std::string who = as(account, shell);
  std::vector<std::string> lines;
  lines.reserve(paths.size());
  for (const std::string& path : paths) {
    lines.push_back(who + " cat -- " + advice::quote(path, shell) + " > /dev/null");
  }
  return lines;
}

}  // namespace blindfold::doctor
