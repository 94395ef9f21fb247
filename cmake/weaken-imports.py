#!/usr/bin/env python3
"""Makes every import of an ELF shared object weak.

The dynamic linker refuses to load an object that needs a symbol which does not
exist, before any of the object's code can run, and names the symbol in mangled
C++. A weak import that does not exist is null instead: the object is loaded and
can say in words what is wrong (checks/Host.cpp).

Changes the binding of the undefined entries of .dynsym in place; nothing moves.
"""
import struct
import sys

SHT_DYNSYM = 11
STB_GLOBAL, STB_WEAK = 1, 2
SHN_UNDEF = 0


def weaken(data):
    if data[:4] != b"\x7fELF" or data[4] != 2:
        sys.exit("weaken-imports: not a 64-bit ELF file")
    order = "<" if data[5] == 1 else ">"
    section_table = struct.unpack_from(order + "Q", data, 0x28)[0]
    entry_size, entries = struct.unpack_from(order + "HH", data, 0x3A)
    for section in range(entries):
        header = section_table + section * entry_size
        kind = struct.unpack_from(order + "I", data, header + 4)[0]
        if kind != SHT_DYNSYM:
            continue
        begin, size = struct.unpack_from(order + "QQ", data, header + 24)
        symbol_size = struct.unpack_from(order + "Q", data, header + 56)[0]
        for symbol in range(begin, begin + size, symbol_size):
            info = data[symbol + 4]
            where = struct.unpack_from(order + "H", data, symbol + 6)[0]
            if where == SHN_UNDEF and info >> 4 == STB_GLOBAL:
                data[symbol + 4] = STB_WEAK << 4 | info & 15


def main():
    path = sys.argv[1]
    with open(path, "rb") as file:
        data = bytearray(file.read())
    weaken(data)
    with open(path, "wb") as file:
        file.write(data)


main()
