#include "clients/aws/fetch_web_identity.hpp"

#include <utility>

#include "clients/aws/fetch_end.hpp"
#include "clients/aws/sts.hpp"
#include "clients/aws/token_file.hpp"

namespace blindfold::aws {
namespace {

class WebIdentityFetch final : public Fetch {
 public:
  WebIdentityFetch(loop::Loop& loop, const Account& account, const WebIdentity& identity,
                   model::CredentialPlace place, Fetched done)
      : end_(loop, std::move(done)) {
    auto token = read_token_file(identity.token_file, place);
    if (!token) {
      end_.later(std::unexpected(std::move(token.error())));
      return;
    }
    role_ = ask_sts(loop, account,
                    {.role_arn = identity.role_arn,
                     .session_name = identity.session_name,
                     .web_identity_token = *std::move(token),
                     .place = place},
                    [this](FetchResult result) noexcept { end_.now(std::move(result)); });
  }

 private:
  FetchEnd end_;
  std::unique_ptr<Fetch> role_;
};

}  // namespace

std::unique_ptr<Fetch> fetch_web_identity(loop::Loop& loop, const Account& account,
                                          const WebIdentity& identity, model::CredentialPlace place,
                                          Fetched done) {
  return std::make_unique<WebIdentityFetch>(loop, account, identity, place, std::move(done));
}

}  // namespace blindfold::aws
