#pragma once

#include <string>
#include <vector>

#include "core/model/standing.hpp"
#include "show/advice/shell_quote.hpp"

namespace blindfold::advice {

struct CommandOptions {
  Shell shell = Shell::bash;
  /// Who is to own what is written: a user other than the agent's, for sight
  /// `kernel`. Empty: whoever runs the command. Another than that takes root.
  std::string owner = {};
  /// The namespace of the connection, for a Secret whose requirement names none.
  std::string name_space = {};
  /// The context that was chosen, for kubectl; empty: none was.
  std::string context = {};
  /// The region of the account, for what in AWS names none; empty: not known.
  std::string region = {};
  /// The profile of those who run the commands, for aws; empty: none is named. The
  /// agent's own may not write.
  std::string profile = {};
};

/// How to create, complete or rotate a requirement, for its present state:
/// lines that can be pasted, commands and comments. A value is typed or piped
/// (a line each, in the order of the keys), stands in no argument, environment
/// or history, is not echoed and gains no newline.
///
/// All that reads is one line: a second one, pasted along, would be taken for
/// the value. So paste one requirement's lines at a time.
///
/// Keys whose values have several lines come from a file, whose path is to be
/// filled in; as it stands it names no file, and the command fails.
///
/// What is missing or empty is written by install: GNU's unlinks what is there,
/// creates the file with mode 0600, writes it, closes it and sets its mode; a
/// watcher sees create, modify, close-write, attrib. What is present is rotated:
/// each new file is written beside the old one as KEY.new, and once all are
/// there each takes its place in one rename, so a reader finds the old value or
/// the new one and a watcher one moved-to for each key.
///
/// A Secret in Kubernetes is created, completed by a patch of the missing keys,
/// or replaced as a whole in one update, in which no moment is without it. What
/// cannot be changed in place (an immutable one, one of another type) is deleted
/// and created anew; what is being deleted is waited for, after the value is
/// typed. The commands take kubectl and the rights of whoever runs them.
///
/// A secret in Secrets Manager is created, gets a new current version, or is
/// restored where its deletion is scheduled; a parameter is put, and overwritten
/// only where it exists. The commands take the aws command line and the rights of
/// whoever runs them.
[[nodiscard]] std::vector<std::string> commands(const model::Standing& standing,
                                                const CommandOptions& options);

/// The vendor's title, purpose and help, as comments.
[[nodiscard]] std::vector<std::string> introduction(const model::Requirement& requirement);

}  // namespace blindfold::advice
