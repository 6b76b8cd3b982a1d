"""Protocol Buffers by hand: the few that Flight SQL's messages need."""

PACKAGE = "type.googleapis.com/arrow.flight.protocol.sql."


def varint(number: int) -> bytes:
    encoded = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        encoded.append(low | (0x80 if number else 0))
        if not number:
            return bytes(encoded)


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def packed(message: str, *contents: bytes) -> bytes:
    """google.protobuf.Any of a Flight SQL message whose fields 1, 2, .. are bytes or texts."""
    body = b"".join(field(number, content) for number, content in enumerate(contents, 1))
    return field(1, (PACKAGE + message).encode()) + field(2, body)


def parsed(message: bytes) -> dict[int, list]:
    """The fields of a message by their number: numbers as they are, everything else as bytes."""
    fields: dict[int, list] = {}
    position = 0

    def number() -> int:
        nonlocal position
        value = shift = 0
        while True:
            byte, position = message[position], position + 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while position < len(message):
        tag = number()
        kind = tag & 7
        if kind == 0:
            content = number()
        else:
            length = number() if kind == 2 else {1: 8, 5: 4}[kind]
            content, position = message[position : position + length], position + length
        fields.setdefault(tag >> 3, []).append(content)
    return fields


def first_field(message: bytes) -> bytes:
    return parsed(message)[1][0]


def unpacked(any_bytes: bytes) -> bytes:
    """The message in a google.protobuf.Any."""
    return parsed(any_bytes)[2][0]
