"""File systems of the tests' own, in a mount namespace of their own."""

import ctypes
import os
import subprocess

CLONE_NEWNS = 0x00020000


def enter_namespace():
    """Whatever the tests mount is seen by them and their children only, and ends with them."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


class Mounts:
    """Undoes what it mounted, last first."""

    def __init__(self):
        self._mounted = []

    def _mount(self, target, *arguments):
        subprocess.run(["mount", *map(str, arguments), str(target)], check=True)
        self._mounted.append(target)
        return target

    def tmpfs(self, target):
        return self._mount(target, "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs")

    def ramfs(self, target):
        self._mount(target, "-t", "ramfs", "ramfs")
        os.chmod(target, 0o755)
        return target

    def ext4(self, target, image):
        """On a loop device of its own; `image` is the file to make."""
        with open(image, "wb") as file:
            file.truncate(16 * 1024 * 1024)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
        return self._mount(target, "-o", "loop", image)

    def bind(self, source, target):
        return self._mount(target, "--bind", source)

    def unanswered(self, target):
        """A file system that answers nothing, until the descriptor that this returns is closed:
        from then on every look at it fails. FUSE with nobody behind it."""
        device = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other"
        subprocess.run(["mount", "-i", "-t", "fuse", "-o", options, "nobody", str(target)],
                       pass_fds=[device], check=True)
        self._mounted.append(target)
        return device

    def unmount(self, target):
        subprocess.run(["umount", str(target)], check=True)
        self._mounted.remove(target)

    def close(self):
        for target in reversed(self._mounted):
            subprocess.run(["umount", "-l", str(target)], check=False)
        self._mounted.clear()
