#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "clients/account/url.hpp"
#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "clients/aws/sts.hpp"
#include "clients/aws/sts_reader.hpp"
#include "platform/http/client.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"
#include "platform/xml/parser.hpp"

namespace blindfold::aws {

/// One attempt at STS: a connection, a request, its reply read as it comes; once
/// more by the service's clock where it refused a signature of another time.
class RoleFetch final : public Fetch, private http::Receiver {
 public:
  /// `loop` and `account` outlive it.
  RoleFetch(loop::Loop& loop, const Account& account, RoleRequest request, Fetched done);

 private:
  using Outcome = std::expected<Credentials, model::CredentialFailure>;
  /// A reply while it is being read.
  struct Reply {
    explicit Reply(std::string_view action) : reader(action) {}
    StsReader reader;
    xml::Parser parser{reader};
  };

  bool on_head(const http::Head& head) noexcept override;
  bool on_data(std::string_view bytes) noexcept override;
  void on_end(base::Result<> result) noexcept override;

  /// What keeps it from being asked at all.
  [[nodiscard]] std::optional<model::CredentialFailure> prepare(const Account& account,
                                                                const RoleRequest& request);
  [[nodiscard]] std::optional<model::CredentialFailure> connect(const Account& account);
  [[nodiscard]] std::optional<model::CredentialFailure> take_body(const RoleRequest& request);
  /// Whether it could be signed; otherwise why not is in `trouble_`.
  [[nodiscard]] bool send() noexcept;

  [[nodiscard]] bool again_by_its_clock() noexcept;
  [[nodiscard]] Outcome outcome(const base::Result<>& result) noexcept;
  [[nodiscard]] Outcome credentials() noexcept;
  [[nodiscard]] base::SystemTime services_time() const noexcept;
  [[nodiscard]] model::CredentialFailure failure(model::CredentialTrouble trouble,
                                                 std::string subject = {}) const;
  [[nodiscard]] model::CredentialFailure by_host(model::CredentialTrouble trouble) const;
  void end(Outcome outcome) noexcept;

  loop::Loop& loop_;
  std::string region_;
  std::string role_arn_;
  std::string action_;
  model::CredentialPlace place_;
  loop::OwnedCallback<Outcome> done_;
  account::ServerUrl server_;
  std::string form_;
  secret::SecretBuffer secret_form_;
  Credentials signed_with_;  ///< empty: it is not signed
  std::unique_ptr<http::Client> client_;
  std::optional<http::Transfer> transfer_;
  std::optional<model::CredentialFailure> trouble_;
  loop::Deferred refusal_;
  loop::Timer deadline_;
  std::chrono::microseconds offset_{};  ///< of the service's clock, once it was measured
  bool corrected_ = false;
  http::Head head_;
  std::optional<Reply> reply_;
  bool whole_ = false;
};

}  // namespace blindfold::aws
