#include "detect/kubernetes/quota_hint.hpp"

#include <utility>

namespace blindfold::detect {

QuotaHint::QuotaHint(loop::Loop& loop, kubernetes::Connection& connection,
                     const std::string& name_space, const std::string& quota, Events events)
    : events_(std::move(events)),
      watch_(loop, connection, *this,
             {.collection = {"resourcequotas", name_space, quota}, .columns = {}, .list = false}) {
}

void QuotaHint::on_change(kubernetes::Change change, const kubernetes::TableRow& /*row*/) noexcept {
  there_ = change != kubernetes::Change::deleted;
  events_.on_working(there_);
  events_.on_hint();
}

void QuotaHint::on_failure(const kubernetes::Failure& /*failure*/) noexcept {
  events_.on_working(false);
}

// A quota that does not exist is watched just as well, and never says anything:
// that it works is known when it has been seen.
void QuotaHint::on_alive() noexcept {
  events_.on_working(there_);
  events_.on_hint();
}

}  // namespace blindfold::detect
