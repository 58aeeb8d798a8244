#include "clients/kubernetes/table_watch.hpp"

#include <utility>

#include "clients/kubernetes/table_watch_implementation.hpp"

namespace blindfold::kubernetes {

TableWatch::TableWatch(loop::Loop& loop, Connection& connection, TableListener& listener,
                       Options options)
    : implementation_(std::make_unique<Implementation>(loop, *connection.parts_, listener,
                                                       std::move(options))) {
}

TableWatch::~TableWatch() = default;

void TableWatch::start() noexcept {
  implementation_->start();
}

void TableWatch::try_now() noexcept {
  implementation_->try_now();
}

}  // namespace blindfold::kubernetes
