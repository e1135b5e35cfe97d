"""What both clients' tests share: where the server is, and pictures to upload."""

import os
import struct
import zlib

URL = os.environ["KITTIWAKE_URL"]
HOST = URL.split("//")[1]
PASSWORD = os.environ["KITTIWAKE_PASSWORD"]


def picture(width=48, height=48, colour=(10, 92, 115)):
    """The bytes of a PNG in one colour."""
    row = b"\0" + bytes(colour) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(row * height)) + _chunk(b"IEND", b"")


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
