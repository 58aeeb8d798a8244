#pragma once

#include <memory>

#include "detect/files/file_requirement.hpp"
#include "detect/files/look.hpp"
#include "detect/files/look_reporter.hpp"
#include "detect/files/surroundings.hpp"
#include "detect/source.hpp"
#include "platform/loop/timer.hpp"
#include "platform/loop/work.hpp"

namespace blindfold::detect {

/// One requirement in a folder on a network or user-space file system, which
/// tells of no change and may hang: looked at off the loop, whenever asked. A
/// look that has not come back after 10 s counts as failed; the next one waits
/// for it.
class RemoteFolderSource final : public Source {
 public:
  RemoteFolderSource(loop::Loop& loop, FileRequirement requirement,
                     const Surroundings& surroundings, inventory::Tracker tracker);

  void look() noexcept override;
  [[nodiscard]] bool polled() const noexcept override { return true; }
  [[nodiscard]] inventory::Tracker release() noexcept override { return reporter_.release(); }

 private:
  void on_answer() noexcept;
  void on_late() noexcept;

  loop::Loop& loop_;
  FileRequirement requirement_;
  LookReporter reporter_;
  std::shared_ptr<FolderLook> answer_;  ///< owners: this source and the task under way
  loop::Timer late_;
  loop::Work work_;
};

}  // namespace blindfold::detect
