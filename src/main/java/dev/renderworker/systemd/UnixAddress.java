package dev.renderworker.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The address of a Unix socket.
 *
 * @param name an absolute path, or {@code @} and a name without a file
 */
record UnixAddress(String name) {
  static final short AF_UNIX = 1;

  /** The size of {@code sun_path}: unix(7). A path needs a byte less, for the NUL at its end. */
  private static final int PATH = 108;

  /** Rejects what is no path and no abstract name, and what is too long for a socket. */
  UnixAddress {
    if (!name.startsWith("/") && !name.startsWith("@")) {
      throw new IllegalArgumentException("no Unix socket: " + name);
    }
    if (name.getBytes(StandardCharsets.UTF_8).length >= PATH) {
      throw new IllegalArgumentException("too long for a Unix socket: " + name);
    }
  }

  /** The address as a {@code sockaddr_un}; its size is part of it. */
  MemorySegment in(Arena arena) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = path[0] == '@';
    if (isAbstract) {
      path[0] = 0;
    }
    long family = ValueLayout.JAVA_SHORT.byteSize();
    MemorySegment address = arena.allocate(family + path.length + (isAbstract ? 0 : 1));
    address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
    MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, family, path.length);
    return address;
  }
}
