import contextlib


class DeadlineExceeded(Exception): ...


@contextlib.contextmanager
def deadline(seconds):
    yield
