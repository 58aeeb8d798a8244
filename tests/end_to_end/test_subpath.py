"""Why: kubelet never updates a file that is mounted by subPath; who waits for it waits for good."""

from harness.world import directory, mount


def bound_file(world, volume, mounting):
    folder = world.store("application")
    (folder / "password").touch()
    mounting.bind((volume.folder / "password").resolve(), folder / "password")
    return folder


def test_is_said_in_the_detail_and_never_rotates(world, volumes, mounting):
    volume = volumes()
    volume.write(password=world.value)
    folder = bound_file(world, volume, mounting)
    configuration = world.configure(mount("database", folder, ["password"]),
                                    world.barrier.requirement())
    found = world.once(configuration).requirement("database")
    assert found["presence"] == "present"
    assert "subPath" in found["detail"]
    agent = world.start(configuration)
    volume.rotate("password", world.value, 3)
    world.barrier.pass_through(agent)
    assert agent.events("database") == []


def test_a_volume_mounted_whole_says_nothing_of_it(world, volumes, mounting):
    volume = volumes()
    volume.write(password=world.value)
    whole = world.store("whole")
    mounting.bind(volume.folder, whole)
    found = world.once(world.configure(mount("database", whole, ["password"]))).requirement(
        "database")
    assert "subPath" not in (found["detail"] or "")


def test_a_file_bound_into_a_directory_is_present(world, volumes, mounting):
    volume = volumes()
    volume.write(password=world.value)
    folder = bound_file(world, volume, mounting)
    finished = world.once(world.configure(directory("database", folder, ["password"])))
    assert finished.status == 0
