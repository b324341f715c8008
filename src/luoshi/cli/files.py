"""What every command of reading does with its files: read them one after the other, say what cannot be read, deliver."""

import sys
from collections.abc import Iterator, Sequence
from os import fsencode, get_terminal_size, stat
from typing import BinaryIO

from luoshi.cli import silence
from luoshi.cli.progress import Progress
from luoshi.core.plan.model import Plan
from luoshi.core.plan.reading import read_plan
from luoshi.core.source.loaders import MAX_MB
from luoshi.core.source.text import Unreadable

STDIN = "标准输入"
PLAIN_WIDTH = 120  # columns, where the output is no terminal


class Misused(Exception):
    """Wrong arguments; `str(error)` is the Chinese sentence."""


def read_all(files: Sequence[str], failures: list[str]) -> Iterator[Plan]:
    """The plans that can be read; a sentence on stderr and in `failures` for each that cannot."""
    for plan, _ in read_with_data(files, failures):
        yield plan


def read_with_data(files: Sequence[str], failures: list[str]) -> Iterator[tuple[Plan, bytes]]:
    """The plans that can be read, each with the bytes of its file."""
    sizes = [_size(file) for file in files]
    progress = Progress(sum(sizes))
    for file, size in zip(files, sizes, strict=True):
        path = STDIN if file == "-" else fsencode(file).decode("utf-8", "replace")  # prints in any locale
        name = path.replace("\\", "/").rpartition("/")[2]
        progress.begin(name, size)
        try:
            data = _data(file, path)
            plan = _read(data, name)
        except Unreadable as error:
            progress.end()
            failures.append(str(error))
            print(error if name in str(error) else f"{path}：{error}", file=sys.stderr)
        else:
            progress.end()
            yield plan, data


def _size(file: str) -> int:
    try:
        return 0 if file == "-" else stat(file).st_size
    except OSError:
        return 0


def _data(file: str, path: str) -> bytes:
    """The bytes of a file or, for "-", of the standard input; raises Unreadable."""
    if file == "-":
        return _head(sys.stdin.buffer)
    try:
        with open(file, "rb") as stream:
            return _head(stream)
    except OSError as error:
        raise Unreadable("no-file", _sentence(path, error)) from error


def _read(data: bytes, name: str) -> Plan:
    try:
        return read_plan(data, name)
    except Unreadable:
        raise
    except Exception as error:
        # A fault of ours in one file must not cost the others theirs.
        sentence = f"读“{name}”时程序出错（{type(error).__name__}），请把这个文件发给维护人员。"
        raise Unreadable("fault", sentence) from error


def _head(stream: BinaryIO) -> bytes:
    """The whole file, or just more than the reader accepts: enough for it to say so."""
    return stream.read((MAX_MB + 1) << 20)


def _sentence(file: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"没有找到文件“{file}”，请检查路径和文件名。"
    if isinstance(error, IsADirectoryError):
        return f"“{file}”是文件夹，请给出里面的文件，例如 luoshi read {file.rstrip('/')}/*.docx。"
    if isinstance(error, PermissionError):
        return f"没有权限读取“{file}”，请检查文件权限或换一个账号。"
    return f"“{file}”打不开，请检查它是否被占用、磁盘是否完好。"


def deliver(pieces: Iterator[bytes], output: str | None) -> None:
    """Write the pieces to the file or to the standard output; raises Misused when that fails."""
    if output is None:
        try:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            silence()
            raise Misused("结果写不出去，请检查磁盘是否已满。") from error
        return
    first = next(pieces, None)
    if first is None:
        return
    try:
        with open(output, "wb") as stream:
            stream.write(first)
            stream.writelines(pieces)
    except OSError as error:
        raise Misused(f"写不了“{output}”，请检查文件夹是否存在、是否有写入权限、磁盘是否已满。") from error


def width() -> int:
    """Columns of the terminal."""
    try:
        return get_terminal_size(sys.stdout.fileno()).columns or PLAIN_WIDTH
    except (OSError, ValueError):
        return PLAIN_WIDTH
