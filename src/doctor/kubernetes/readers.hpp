#pragma once

#include <string>
#include <string_view>

#include "clients/kubernetes/kind_reader.hpp"
#include "doctor/kubernetes/policy_text.hpp"

namespace blindfold::doctor {

/// A Table, of which nothing is kept: only whether it came counts.
class NothingReader final : public kubernetes::KindReader {
 public:
  NothingReader() noexcept : KindReader("Table") {}
  void reset() noexcept { start_over(); }

 private:
  std::size_t wanted_of_kind(std::string_view /*path*/) noexcept override { return 0; }
  bool on_string_of_kind(std::string_view /*path*/, std::string_view /*value*/) noexcept override {
    return true;
  }
};

/// SelfSubjectReview: the user's name.
class UserReader final : public kubernetes::KindReader {
 public:
  UserReader() noexcept : KindReader("SelfSubjectReview") {}
  [[nodiscard]] const std::string& user() const noexcept { return user_; }
  void reset() noexcept;

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;

  std::string user_;
};

/// ValidatingAdmissionPolicy.
class PolicyReader final : public kubernetes::KindReader {
 public:
  PolicyReader() noexcept : KindReader("ValidatingAdmissionPolicy") {}
  [[nodiscard]] const PolicyText& text() const noexcept { return text_; }
  void reset() noexcept;

 private:
  std::vector<std::string>* list_at(std::string_view path) noexcept;
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;
  bool on_too_long_of_kind(std::string_view path) noexcept override;
  bool on_begin(std::string_view path) noexcept override;

  PolicyText text_;
};

/// ValidatingAdmissionPolicyBinding.
class BindingReader final : public kubernetes::KindReader {
 public:
  BindingReader() noexcept : KindReader("ValidatingAdmissionPolicyBinding") {}
  [[nodiscard]] const BindingText& text() const noexcept { return text_; }
  void reset() noexcept;

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;

  BindingText text_;
};

}  // namespace blindfold::doctor
