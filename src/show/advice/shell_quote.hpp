#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace blindfold::advice {

enum class Shell : std::uint8_t {
  bash,  ///< bash and zsh: `read -s`, `$'…'`
  sh,    ///< what POSIX has, as dash
};

/// `word` as one word of the shell that stands for exactly these bytes, however
/// it is read: typed, pasted into an interactive shell (no history expansion, no
/// completion), or from a file. The result is visible ASCII and spaces: bytes
/// beyond are escaped, so nothing acts on the terminal and nothing that looks
/// like something else is pasted. The one exception: newlines at the end of a
/// word are newlines within quotes for `sh`, whose `$(…)` drops them.
/// `word` holds no NUL. A leading `-` is the caller's to think of.
[[nodiscard]] std::string quote(std::string_view word, Shell shell);

/// A comment, one line. No interactive zsh knows comments unless it is told to:
/// for it `#` is a command that does not exist. So what a shell would act on
/// stands in single quotes: even then nothing in `text` is expanded or run.
[[nodiscard]] std::string comment(std::string_view text);

}  // namespace blindfold::advice
