#include "clients/aws/fetch_process.hpp"

#include <utility>

#include "clients/aws/credential_reader.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_failure.hpp"
#include "platform/helper/helper.hpp"

namespace blindfold::aws {
namespace {

using model::CredentialTrouble;

CredentialTrouble trouble_of(base::ErrorKind kind) noexcept {
  switch (kind) {
    case base::ErrorKind::missing:
      return CredentialTrouble::file_missing;
    case base::ErrorKind::denied:
      return CredentialTrouble::file_denied;
    case base::ErrorKind::unreachable:
      return CredentialTrouble::timed_out;
    case base::ErrorKind::limit:
      return CredentialTrouble::not_the_form;
    case base::ErrorKind::internal:
      return CredentialTrouble::internal;
    default:
      return CredentialTrouble::failed;
  }
}

class ProcessFetch final : public Fetch {
 public:
  ProcessFetch(loop::Loop& loop, helper::Helper* helper, const Process& process,
               model::CredentialPlace place, Fetched done)
      : failures_(place, process.arguments.empty() ? process.name : process.arguments.front()),
        end_(loop, std::move(done)) {
    if (helper == nullptr) {
      end_.later(failures_.of(CredentialTrouble::internal));
      return;
    }
    run_ = helper->run(process.name, [this](base::Result<secret::SecretBuffer> output) noexcept {
      take(std::move(output));
    });
  }

 private:
  void take(base::Result<secret::SecretBuffer> output) noexcept {
    if (!output) {
      end_.now(failures_.of(trouble_of(output.error().kind)));
      return;
    }
    auto credentials = read_credentials(*output, process_form);
    output->clear();
    if (!credentials) {
      end_.now(failures_.of(CredentialTrouble::not_the_form));
      return;
    }
    end_.now(*std::move(credentials));
  }

  FetchFailures failures_;
  FetchEnd end_;
  std::unique_ptr<helper::Helper::Run> run_;
};

}  // namespace

std::unique_ptr<Fetch> fetch_process(loop::Loop& loop, helper::Helper* helper,
                                     const Process& process, model::CredentialPlace place,
                                     Fetched done) {
  return std::make_unique<ProcessFetch>(loop, helper, process, place, std::move(done));
}

}  // namespace blindfold::aws
