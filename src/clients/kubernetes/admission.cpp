#include "clients/kubernetes/admission.hpp"

#include <algorithm>

namespace blindfold::kubernetes {
namespace {

constexpr std::size_t longest_name = 253;

bool is_label_character(char character) noexcept {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

bool may_be_in_name(char character) noexcept {
  return is_label_character(character) || character == '-' || character == '.';
}

// How much of `literal` the text ends with after `matched` bytes of it and then
// a byte that is not the next (Knuth, Morris, Pratt).
std::size_t border(std::string_view literal, std::size_t matched) noexcept {
  std::size_t size = matched - 1;
  while (size > 0 && literal.substr(0, size) != literal.substr(matched - size, size)) {
    --size;
  }
  return size;
}

}  // namespace

bool is_subdomain(std::string_view name) noexcept {
  if (name.empty() || name.size() > longest_name || !std::ranges::all_of(name, may_be_in_name)) {
    return false;
  }
  return is_label_character(name.front()) && is_label_character(name.back()) &&
         !name.contains("..") && !name.contains(".-") && !name.contains("-.");
}

void PhraseScanner::feed(char character) noexcept {
  if (found_) {
    return;
  }
  if (named_) {
    in_name(character);
  } else {
    in_literal(character);
  }
}

void PhraseScanner::in_literal(char character) noexcept {
  const auto literal = literals_.at(literal_);
  if (character != literal[matched_]) {
    start_again(character);
    return;
  }
  if (++matched_ == literal.size()) {
    literal_ends();
  }
}

void PhraseScanner::literal_ends() noexcept {
  ++literal_;
  matched_ = 0;
  length_ = 0;
  named_ = literal_ < literals_.size() && !literals_.at(literal_).empty();
  found_ = !named_ && (name_.empty() || is_subdomain(name_));
  if (!named_ && !found_) {
    literal_ = 0;
    name_.clear();
  }
}

void PhraseScanner::in_name(char character) noexcept {
  if (may_be_in_name(character) && length_ < longest_name) {
    ++length_;
    if (literal_ == 1) {
      name_ += character;
    }
    return;
  }
  named_ = false;
  if (length_ == 0) {
    start_again(character);
  } else {
    in_literal(character);
  }
}

void PhraseScanner::start_again(char character) noexcept {
  const auto first = literals_.front();
  if (literal_ > 0) {
    literal_ = 0;
    matched_ = 0;
    name_.clear();
  }
  while (matched_ > 0 && first[matched_] != character) {
    matched_ = border(first, matched_);
  }
  if (first[matched_] == character) {
    ++matched_;
  }
}

AdmissionScanner::AdmissionScanner() noexcept
    : policy_({"ValidatingAdmissionPolicy '", "' with binding '", "' denied request"}),
      denied_({"admission webhook \"", "\" denied the request", ""}),
      no_dry_run_({"admission webhook \"", "\" does not support dry run", ""}),
      not_called_({"failed calling webhook \"", "\"", ""}),
      quota_({"exceeded quota: ", ",", ""}),
      immutable_({"is immutable when `immutable` is set", "", ""}) {
}

void AdmissionScanner::feed(std::string_view piece) noexcept {
  for (const char character : piece) {
    for (auto* scanner : {&policy_, &denied_, &no_dry_run_, &not_called_, &quota_, &immutable_}) {
      scanner->feed(character);
    }
  }
}

Admission AdmissionScanner::admission() const {
  using enum Admission::By;
  if (policy_.found()) {
    return {policy, policy_.name()};
  }
  for (const auto* scanner : {&denied_, &no_dry_run_, &not_called_}) {
    if (scanner->found()) {
      return {webhook, scanner->name()};
    }
  }
  if (quota_.found()) {
    return {quota, quota_.name()};
  }
  return {};
}

}  // namespace blindfold::kubernetes
