#include "app/notice_words.hpp"

#include <cstddef>
#include <string_view>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

constexpr std::size_t most_named = 10;

std::string_view policy(detect::Policy policy) noexcept {
  switch (policy) {
    case detect::Policy::in_force:
      return "the ask-only policy is in force";
    case detect::Policy::absent:
      return "the ask-only policy is not in force";
    case detect::Policy::unknown:
      return "whether the ask-only policy is in force is not known";
  }
  return {};
}

std::string way(const detect::Notice& notice) {
  switch (notice.way) {
    case detect::Way::asking:
      return "asks for each secret, " + std::string(policy(notice.policy)) +
             (notice.hinted ? ", a quota says when to ask" : "");
    case detect::Way::watching:
      return "watches each secret as a table row";
    case detect::Way::sweeping:
      return "watches all secrets as table rows";
    case detect::Way::none:
      return "the account has not the rights to look: agent permissions --for kubernetes prints "
             "them";
  }
  return {};
}

std::string right(const detect::Right& right) {
  std::string words = right.verb + " " + right.resource;
  if (!right.group.empty()) {
    words += "." + right.group;
  }
  if (!right.name.empty()) {
    words += " " + right.name;
  }
  return base::printable(words);
}

}  // namespace

std::string describe(const detect::Notice& notice) {
  std::string words = "namespace " + report::quoted(notice.name_space) + ": " + way(notice);
  for (std::size_t each = 0; each < notice.surplus.size() && each < most_named; ++each) {
    words += each == 0 ? "; rights that agent permissions does not print: " : ", ";
    words += right(notice.surplus[each]);
  }
  if (notice.surplus.size() > most_named) {
    words += " and " + std::to_string(notice.surplus.size() - most_named) + " more";
  }
  return words;
}

}  // namespace blindfold::app
