#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "clients/aws/chain_place.hpp"
#include "clients/aws/find_account.hpp"
#include "clients/aws/profiles.hpp"
#include "support/scratch_folder.hpp"

namespace blindfold::aws::test {

/// A person's HOME with the shared files that a test writes, and an environment
/// that names nothing else.
struct Home {
  Home() {
    scratch.folder(".aws");
    environment["HOME"] = scratch.path();
  }

  void config(std::string_view text) const { scratch.write(".aws/config", text); }
  void credentials(std::string_view text) const { scratch.write(".aws/credentials", text); }
  [[nodiscard]] std::string file(std::string_view name) const { return scratch / name; }

  [[nodiscard]] Profiles profiles() const {
    auto loaded = Profiles::load(environment);
    BOOST_REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().what));
    return *std::move(loaded);
  }
  [[nodiscard]] Account account() const {
    auto found = find_account(environment);
    BOOST_REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().what));
    return *std::move(found);
  }
  [[nodiscard]] base::Error refusal() const {
    const auto found = find_account(environment);
    BOOST_REQUIRE(!found.has_value());
    return found.error();
  }

  support::ScratchFolder scratch;
  Environment environment;
};

/// The source of a place that has one, as what it is to be.
template <class Kind>
[[nodiscard]] Kind taken(base::Result<ChainPlace> place) {
  BOOST_REQUIRE_MESSAGE(place.has_value(), (place ? "" : place.error().what));
  BOOST_REQUIRE(place->has_value());
  auto* const kind = std::get_if<Kind>(&(*place)->kind);
  BOOST_REQUIRE(kind != nullptr);
  return std::move(*kind);
}

[[nodiscard]] inline model::CredentialFailure failure_of(const base::Result<ChainPlace>& place) {
  BOOST_REQUIRE_MESSAGE(place.has_value(), (place ? "" : place.error().what));
  BOOST_REQUIRE(!place->has_value());
  return place->error();
}

[[nodiscard]] inline std::string error_of(const base::Result<ChainPlace>& place) {
  BOOST_REQUIRE(!place.has_value());
  BOOST_CHECK(place.error().kind == base::ErrorKind::configuration);
  return place.error().what;
}

/// A secret's bytes, for comparing with what the test wrote.
[[nodiscard]] inline std::string text_of(const secret::SecretBuffer& secret) {
  return secret.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

}  // namespace blindfold::aws::test
