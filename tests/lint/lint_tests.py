"""Each lint lets a good tree pass and fails on a planted violation."""

import importlib
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import symbols  # noqa: E402
from tree import Tree  # noqa: E402

ORDER = """folders = {}
subdir('platform/base')
subdir('platform/json')
subdir('platform/loop')
subdir('core/model')
subdir('core/bus')
subdir('detect/files')
subdir('doctor')
subdir('app')
"""
BUILD = """NAME_deps = [DEPS]
NAME_lib = static_library('NAME')
NAME_dep = declare_dependency(link_with: NAME_lib)
"""
GOOD = {
    "src/meson.build": ORDER,
    "src/platform/base/meson.build": BUILD.replace("NAME", "base").replace("DEPS", ""),
    "src/platform/base/error.hpp": "#pragma once\n#include <string>\nnamespace blindfold::base {}\n",
    "src/platform/base/error.cpp": '#include "platform/base/error.hpp"\n\n#include <cerrno>\n',
    "src/platform/json/writer.hpp": "#pragma once\nnamespace blindfold::json {}\n",
    "src/platform/loop/loop.cpp": "#include <uv.h>\nnamespace blindfold::loop {}\n",
    "src/core/model/meson.build": BUILD.replace("NAME", "model").replace("DEPS", "base_dep"),
    "src/core/model/sight.hpp": '#pragma once\n#include "platform/base/error.hpp"\n',
    "src/core/bus/bus.hpp": "#pragma once\nnamespace blindfold::bus {}\n",
    "src/detect/files/look.cpp": (
        '#include "core/model/sight.hpp"\n'
        "// open(path, O_RDONLY) in a comment; TO-DO is no word of ours\n"
        'int look() { return ::open("a", O_PATH | O_CLOEXEC); }\n'
        "auto sum = [](int a) { return a; };\n"
        "int n = values[index];\n"
        "void f() { try { g(); } catch (...) { return; } }\n"
    ),
    "src/detect/files/files.cpp": "MountViews read_mounts() { return MountViews::read(); }\n",
    "src/doctor/attempt.hpp": "#pragma once\nnamespace blindfold::doctor {}\n",
    "src/app/main.cpp": '#include <CLI/CLI.hpp>\n\n#include "doctor/attempt.hpp"\n',
    "tests/unit/core/bus/bus_tests.cpp": "BOOST_AUTO_TEST_SUITE(bus_tests)\n",
}
LAMBDA = "auto f = [this](int a) {\n" + "  g(a);\n" * 11 + "};\n"

# lint: [(file, what it says there, part of the finding)]
PLANTED = {
    "layers": [
        ("src/core/bus/bus.hpp", '#include "detect/files/look.hpp"\n', "there is no"),
        ("src/platform/base/error.hpp", '#include "core/bus/bus.hpp"\n', "may not know it"),
        ("src/platform/base/error.hpp", '#include "platform/json/writer.hpp"\n', "lists platform/json"),
        ("src/detect/files/look.cpp", '#include "doctor/attempt.hpp"\n', "only app and doctor"),
        ("src/core/other/thing.hpp", "#pragma once\n", "does not list"),
        ("src/extra/thing/thing.hpp", "#pragma once\n", "none of the wings"),
    ],
    "vendors": [
        ("src/core/bus/bus.hpp", "#include <uv.h>\n", "only platform/loop/"),
        ("src/core/bus/bus.hpp", "#include <spdlog/logger.h>\n", "only platform/log/"),
        ("src/detect/files/look.cpp", "#include <linux/landlock.h>\n", "only platform/sandbox/"),
        ("src/platform/base/error.cpp", "#include <CLI/CLI.hpp>\n", "only app/"),
        ("src/platform/base/error.cpp", "#include <zstd.h>\n", "has no folder yet"),
    ],
    "dependencies": [
        ("src/core/model/sight.hpp", "#pragma once\n", "nothing includes it"),
        ("src/core/model/meson.build", BUILD.replace("NAME", "model").replace("DEPS", ""), "declare"),
    ],
    "includes": [
        ("src/platform/base/error.cpp", '#include <cerrno>\n#include "platform/base/error.hpp"\n', "first"),
        ("src/core/model/sight.hpp", '#pragma once\n#include "a/b.hpp"\n#include <map>\n', "after"),
        ("src/core/bus/bus.hpp", "namespace blindfold::bus {}\n", "#pragma once"),
    ],
    "constructs": [
        ("src/core/bus/bus.hpp", "std::function<void()> f;\n", "std::function"),
        ("src/core/bus/bus.hpp", "auto f = [&] { g(); };\n", "default lambda capture"),
        ("src/core/bus/bus.hpp", "auto f = [=, this] { g(); };\n", "default lambda capture"),
        ("src/core/bus/bus.hpp", LAMBDA, "a lambda of 12 lines"),
        ("src/core/bus/bus.hpp", "// TO" + "DO: later\n", "finish it"),
        ("tests/unit/core/bus/bus_tests.cpp", "// FIX" + "ME\n", "finish it"),
        ("src/core/bus/bus.hpp", "void f() { try { g(); } catch (...) { } }\n", "swallows"),
        ("src/core/bus/bus.hpp", "void f() { try { g(); } catch (...) { n = 1; } }\n", "swallows"),
        ("src/core/bus/bus.hpp", "std::shared_ptr<int> n_;\n", "owners"),
        ("src/core/bus/bus.hpp", "auto t = std::chrono::steady_clock::now();\n", "base::Clock"),
        ("src/core/bus/bus.hpp", "#define LIMIT 3\n", "macro"),
    ],
    "blind": [
        ("src/detect/files/look.cpp", "int f() { return ::open(p, O_RDONLY); }\n", "O_PATH"),
        ("src/detect/files/look.cpp", "int f() { return openat(d, p, O_RDWR, 0); }\n", "O_PATH"),
        ("src/detect/files/look.cpp", "auto f() { return ::read(fd, b, n); }\n", "never reads"),
        ("src/detect/files/look.cpp", "std::ifstream in(path);\n", "never reads"),
        ("src/detect/files/look.cpp", "auto p = ::mmap(a, b, c, d, e, f);\n", "never reads"),
        ("src/app/main.cpp", 'auto n = "GetSecretValue";\n', "only doctor/ tries it"),
        ("src/core/bus/bus.hpp", 'auto n = R"({"a":"GetParametersByPath"})";\n', "only doctor/"),
        ("src/core/bus/bus.hpp", "#include <fstream>\n", "core/ is pure"),
        ("src/core/bus/bus.hpp", "#include <sys/stat.h>\n", "core/ is pure"),
    ],
    "names": [
        ("src/core/bus/Bus.hpp", "#pragma once\n", "snake_case"),
        ("src/core/bus/utils.hpp", "#pragma once\n", "says nothing"),
        ("src/core/bus/bus.hpp", "namespace blindfold::inventory {}\n", "its namespace"),
        ("src/core/bus/bus.hpp", 'const char* f = "/ho' + 'me/me";\n', "machine"),
        ("tests/unit/core/bus/bus_tests.cpp", "BOOST_AUTO_TEST_SUITE(other)\n", "its suite"),
    ],
    "sizes": [("src/core/bus/bus.hpp", "//\n" * 601, "601 lines")],
    "headers": [("src/core/bus/bus.hpp", "#pragma once\nstd::string s;\n", "compile alone")],
}


def findings(lint, changed=None):
    with tempfile.TemporaryDirectory(prefix="blindfold-lint-") as folder:
        for name, text in (GOOD | (changed or {})).items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return [str(each) for each in importlib.import_module(lint).check(Tree(folder))]


class Lints(unittest.TestCase):
    def test_a_good_tree_passes(self):
        for lint in PLANTED:
            with self.subTest(lint):
                self.assertEqual(findings(lint), [])

    def test_of_symbols(self):
        with tempfile.TemporaryDirectory(prefix="blindfold-lint-") as folder:
            source = Path(folder) / "look.c"
            for call, status in (("lseek(0, 0, 0)", 0), ("read(0, 0, 0)", 1)):
                source.write_text(f"#include <unistd.h>\nlong f(void) {{ return {call}; }}\n")
                subprocess.run(
                    ["g++", "-x", "c", "-c", source, "-o", f"{folder}/look.o"], check=True
                )
                self.assertEqual(symbols.main([f"{folder}/look.o"]), status, call)


def planted(lint, file, text, words):
    def test(self):
        found = findings(lint, {file: text})
        self.assertTrue(any(words in each for each in found), f"found only {found}")

    return test


for name, violations in PLANTED.items():
    for number, violation in enumerate(violations, 1):
        setattr(Lints, f"test_{name}_{number}", planted(name, *violation))

if __name__ == "__main__":
    unittest.main()
