package dev.renderworker.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * Sends datagrams to a Unix socket through the C library of Linux: the JDK opens no such sockets.
 *
 * <p>The numbers are those of the kernel's interface, the same on x86-64 and arm64.
 */
final class UnixDatagram {
  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = CALL_STATE.byteOffset(PathElement.groupElement("errno"));

  private final UnixAddress address;
  private final MethodHandle socket;
  private final MethodHandle sendto;
  private final MethodHandle close;

  UnixDatagram(UnixAddress address) {
    this.address = address;
    this.socket = function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    this.sendto =
        function(
            "sendto",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    this.close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  /** The jar's manifest allows native access: without it the JVM warns. */
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /**
   * Sends one datagram, by a socket of its own.
   *
   * @throws IOException when nobody listens, or the process may not speak to it
   */
  void send(byte[] message) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long descriptor = call(socket, state, UnixAddress.AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      try {
        MemorySegment target = address.in(arena);
        MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, message);
        call(
            sendto,
            state,
            (int) descriptor,
            bytes,
            bytes.byteSize(),
            MSG_NOSIGNAL,
            target,
            (int) target.byteSize());
      } finally {
        call(close, state, (int) descriptor);
      }
    }
  }

  private static long call(MethodHandle function, MemorySegment state, Object... arguments)
      throws IOException {
    long result = ((Number) invoke(function.bindTo(state), arguments)).longValue();
    if (result < 0) {
      throw new IOException("errno " + state.get(JAVA_INT, ERRNO));
    }
    return result;
  }

  private static Object invoke(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a C function throws nothing checked", e);
    }
  }
}
