#include "clients/aws/sts.hpp"

#include <utility>

#include "clients/aws/role_fetch.hpp"

namespace blindfold::aws {

std::unique_ptr<Fetch> ask_sts(loop::Loop& loop, const Account& account, RoleRequest request,
                               Fetched done) {
  return std::make_unique<RoleFetch>(loop, account, std::move(request), std::move(done));
}

}  // namespace blindfold::aws
