#include "show/report/words.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <variant>

#include "platform/base/printable.hpp"
#include "show/report/aws_words.hpp"
#include "show/report/kubernetes_words.hpp"

namespace blindfold::report {
namespace {

std::string octal(std::uint32_t mode) {
  std::string text = "0000";
  for (std::size_t digit = text.size(); digit > 0; --digit, mode >>= 3U) {
    text[digit - 1] = static_cast<char>('0' + (mode & 7U));
  }
  return text;
}

std::string owner_and_mode(const model::FolderDenied& denied) {
  return " (mode " + octal(denied.mode) + ", owner " + std::to_string(denied.owner) + ", group " +
         std::to_string(denied.group) + ")";
}

std::string_view what_to_do(int error_number) noexcept {
  switch (error_number) {
    case EACCES:
    case EPERM:
      return ": give the agent's user the right to search the folders above it";
    case ELOOP:
      return ": remove the symbolic link that leads to itself";
    case ENAMETOOLONG:
      return ": use a shorter path";
    case ESTALE:
    case EIO:
    case ENOTCONN:
    case EHOSTDOWN:
      return ": check the file system that it is on";
    default:
      return {};
  }
}

struct DetailWords : KubernetesWords, AwsWords {
  using KubernetesWords::operator();
  using AwsWords::operator();

  std::string operator()(const model::FolderMissing& detail) const {
    return "folder " + quoted(detail.folder) + " does not exist: create it";
  }
  std::string operator()(const model::NotAFolder& detail) const {
    return quoted(detail.path) + " is not a folder: move it away and create a folder there";
  }
  std::string operator()(const model::FolderDenied& detail) const {
    if (detail.listing) {
      return "the agent's user may not list folder " + quoted(detail.folder) +
             owner_and_mode(detail) + ": allow it with chmod o+r, or name the keys";
    }
    return "the agent's user may not search folder " + quoted(detail.folder) +
           owner_and_mode(detail) +
           ": allow it with chmod o+x, or with chmod g+x where its user is in the group";
  }
  std::string operator()(const model::KeyMissing& detail) const {
    std::string words = quoted(detail.key) + " is missing";
    if (!detail.near_miss.empty()) {
      words += "; did you mean " + quoted(detail.near_miss) + "?";
    }
    return words;
  }
  std::string operator()(const model::KeyEmpty& detail) const {
    return quoted(detail.key) + " is empty";
  }
  std::string operator()(const model::KeyNotAFile& detail) const {
    return quoted(detail.key) + " is not a file: move it away";
  }
  std::string operator()(const model::KeyDenied& detail) const {
    return "the agent's user may not look at what " + quoted(detail.key) +
           " points to: let it search the folders on the way";
  }
  std::string operator()(const model::NoEntries&) const { return "the folder has no entries"; }
  std::string operator()(const model::NeverUpdated& detail) const {
    return quoted(detail.key) +
           " is mounted by subPath, which kubelet never updates: a rotation needs a restart of "
           "the pod";
  }
  std::string operator()(const model::Polled& detail) const;
  std::string operator()(const model::SightRefused& detail) const {
    return "not looked at: sight is " + std::string(to_string(detail.have.level)) +
           " and require-sight asks for " + std::string(to_string(detail.asked)) +
           reason(detail.have);
  }
  std::string operator()(const model::LookFailed& detail) const {
    return quoted(detail.path) +
           " could not be looked at: " + std::generic_category().message(detail.error_number) +
           std::string(what_to_do(detail.error_number));
  }
  std::string operator()(const model::LookTimedOut& detail) const {
    return quoted(detail.path) + " did not answer in time: check the file system that it is on";
  }

 private:
  static std::string reason(const model::Sight& sight) {
    const std::string words = describe(sight);
    return words.empty() ? words : " (" + words + ")";
  }
};

std::string_view why_polled(model::PollingReason reason) noexcept {
  switch (reason) {
    case model::PollingReason::watch_limit:
      return "fs.inotify.max_user_watches is reached; raise it with sysctl";
    case model::PollingReason::instance_limit:
      return "fs.inotify.max_user_instances is reached; raise it with sysctl";
    case model::PollingReason::no_events:
      return "its file system tells of no changes";
    case model::PollingReason::listing_denied:
      return "the agent's user may not list the folder; allow it with chmod o+r";
  }
  return {};
}

std::string DetailWords::operator()(const model::Polled& detail) const {
  return "looked at every few seconds, since " + std::string(why_polled(detail.reason));
}

std::string subject_or(const model::Sight& sight, std::string_view otherwise) {
  return sight.subject.empty() ? std::string(otherwise) : quoted(sight.subject);
}

std::string why_no_better(const model::Sight& sight) {
  switch (sight.reason) {
    case model::SightReason::none:
      return {};
    case model::SightReason::own_file:
      return subject_or(sight, "the file") +
             " belongs to the agent's own user, who may change its mode: give it another owner";
    case model::SightReason::readable_file:
      return "the mode of " + subject_or(sight, "the file") +
             " lets the agent's user read it: take that away, for instance with chmod 0400";
    case model::SightReason::writable_folder:
      return "the agent's user may replace what is in " + subject_or(sight, "a folder above it") +
             ": take that away, for instance with chmod go-w and another owner";
    case model::SightReason::hard_linked:
      return subject_or(sight, "the file") +
             " has another name in a folder that is not known: write it anew under one name";
    case model::SightReason::no_landlock:
      return "this kernel has no Landlock, by which the agent gives up the right to read: use "
             "Linux 5.13 or later, or an owner and modes that refuse";
    case model::SightReason::beneath_kept_folder:
      return "the agent has to go on reading " + subject_or(sight, "a folder above it") +
             ": move the credential to a folder that is not beneath it";
    case model::SightReason::no_ask_only_policy:
    case model::SightReason::policy_unknown:
    case model::SightReason::immutable_guess:
    case model::SightReason::may_reach:
    case model::SightReason::may_read:
      return why_no_better_in_kubernetes(sight);
    case model::SightReason::not_tried:
    case model::SightReason::not_proven:
    case model::SightReason::may_call:
      return why_no_better_in_aws(sight);
  }
  return {};
}

struct Place {
  std::string operator()(const model::KubernetesLocator& locator) const {
    return locator.name_space.empty() ? locator.secret : locator.name_space + "/" + locator.secret;
  }
  std::string operator()(const model::SecretsManagerLocator& locator) const { return locator.name; }
  std::string operator()(const model::ParameterStoreLocator& locator) const { return locator.name; }
  std::string operator()(const model::MountLocator& locator) const { return locator.path; }
  std::string operator()(const model::DirectoryLocator& locator) const { return locator.path; }
};

}  // namespace

std::string quoted(std::string_view name) {
  std::string out = "\"";
  while (!name.empty()) {
    const std::size_t plain = std::min(name.find_first_of("\"\\"), name.size());
    base::append_printable(out, name.substr(0, plain));
    name.remove_prefix(plain);
    if (!name.empty()) {
      out += '\\';
      out += name.front();
      name.remove_prefix(1);
    }
  }
  out += '"';
  return out;
}

std::string describe(const model::Detail& detail) {
  return std::visit(DetailWords{}, detail);
}

std::string describe(const model::Details& details) {
  std::string words;
  for (const model::Detail& detail : details) {
    if (!words.empty()) {
      words += "; ";
    }
    words += describe(detail);
  }
  return words;
}

std::string describe(const model::Sight& sight) {
  std::string reason = why_no_better(sight);
  if (sight.level != model::SightLevel::none) {
    return reason;
  }
  const std::string plain = "the agent's account can read the value";
  return plain + ": " + (reason.empty() ? "agent permissions prints how to change that" : reason);
}

std::string describe(const model::Locator& locator) {
  std::string words(to_string(store_of(locator)));
  words += ' ';
  base::append_printable(words, std::visit(Place{}, locator));
  return words;
}

}  // namespace blindfold::report
