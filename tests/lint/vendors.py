"""A library's headers are included in one folder only. A header of a library
that is not named here is refused."""

import re

# Prefix of the header's name -> the folder, or the wing, that may include it.
HOMES = {
    "uv.h": "platform/loop",
    "sys/epoll.h": "platform/loop",
    "sys/inotify.h": "platform/loop",
    "sodium": "platform/secret",
    "linux/landlock.h": "platform/sandbox",
    "linux/capability.h": "platform/sandbox",
    "sys/capability.h": "platform/sandbox",
    "sys/prctl.h": "platform/sandbox",
    "fmt/": "platform/log",
    "spdlog/": "platform/log",
    "boost/json": "platform/json",
    "expat": "platform/xml",
    "gnutls/": "platform/tls",
    "curl/": "platform/http",
    "microhttpd.h": "platform/http",
    "yaml-cpp/": "core/manifest",
    "CLI/": "app",
}
# The C library and the kernel.
SYSTEM = re.compile(
    r"^(arpa/inet|dirent|errno|fcntl|fnmatch|glob|grp|limits|malloc|netdb|net/if|netinet/\w+|poll|pthread"
    r"|pwd|sched|signal|spawn|stdlib|string|syslog|termios|time|unistd|sys/\w+|linux/\w+|asm/\w+)\.h$"
)
STANDARD = re.compile(r"^[a-z_]+$")


def home(name):
    return next((folder for prefix, folder in HOMES.items() if name.startswith(prefix)), None)


def check(tree):
    for source in tree.src:
        for include in source.includes:
            if include.quoted:
                continue
            folder = home(include.name)
            if folder and not f"{source.folder}/".startswith(f"{folder}/"):
                yield source.finding(include.line, f"only {folder}/ includes <{include.name}>")
            if not folder and not SYSTEM.match(include.name) and not STANDARD.match(include.name):
                yield source.finding(
                    include.line,
                    f"<{include.name}> has no folder yet: name one in tests/lint/vendors.py",
                )
