package dev.renderworker.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Plays systemd: a Unix datagram socket, bound to a name. */
final class DatagramReceiver implements AutoCloseable {
  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int LARGEST = 4096;

  private final int descriptor;

  DatagramReceiver(String name) {
    var three = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    descriptor = (int) call("socket", three, (int) UnixAddress.AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = new UnixAddress(name).in(arena);
      var bind = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
      if (call("bind", bind, descriptor, address, (int) address.byteSize()) != 0) {
        throw new IllegalStateException("could not bind " + name);
      }
    }
  }

  /** The next message; empty when none comes within the time. */
  Optional<String> receive(Duration atMost) {
    try (Arena arena = Arena.ofConfined()) {
      limit(atMost, arena);
      MemorySegment buffer = arena.allocate(LARGEST);
      var recv = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
      long size = call("recv", recv, descriptor, buffer, buffer.byteSize(), 0);
      return size < 0
          ? Optional.empty()
          : Optional.of(
              new String(
                  buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    }
  }

  private void limit(Duration atMost, Arena arena) {
    MemorySegment timeval =
        arena.allocateFrom(JAVA_LONG, atMost.toSeconds(), atMost.toNanosPart() / 1000L);
    var setsockopt =
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    call(
        "setsockopt",
        setsockopt,
        descriptor,
        SOL_SOCKET,
        SO_RCVTIMEO,
        timeval,
        (int) timeval.byteSize());
  }

  @Override
  public void close() {
    call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), descriptor);
  }

  @SuppressWarnings("restricted")
  private static long call(String name, FunctionDescriptor descriptor, Object... arguments) {
    Linker linker = Linker.nativeLinker();
    MethodHandle function =
        linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    try {
      return ((Number) function.invokeWithArguments(arguments)).longValue();
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }
}
