package dev.renderworker.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is: sd_notify(3). Where systemd did not start the process, as on a
 * terminal, nothing happens. A message that can't be sent is logged and forgotten: systemd draws
 * its own conclusions, by its time limits.
 *
 * <p>Safe for use by several threads.
 */
public final class SystemdNotifier {
  private static final Logger log = LoggerFactory.getLogger(SystemdNotifier.class);

  private final Optional<UnixDatagram> socket;
  private final Optional<Duration> watchdogInterval;

  private SystemdNotifier(Optional<UnixDatagram> socket, Optional<Duration> watchdogInterval) {
    this.socket = socket;
    this.watchdogInterval = watchdogInterval;
  }

  /**
   * Reads {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}.
   *
   * @throws IllegalArgumentException when one of them is not as systemd sets it
   */
  public static SystemdNotifier from(Map<String, String> environment) {
    var socket =
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .map(UnixAddress::new)
            .map(UnixDatagram::new);
    return new SystemdNotifier(socket, socket.flatMap(_ -> watchdogInterval(environment)));
  }

  private static Optional<Duration> watchdogInterval(Map<String, String> environment) {
    String me = Long.toString(ProcessHandle.current().pid());
    return environment.getOrDefault("WATCHDOG_PID", me).equals(me)
        ? Optional.ofNullable(environment.get("WATCHDOG_USEC"))
            .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
        : Optional.empty();
  }

  /**
   * Within which time systemd wants to hear {@link #alive} again, and else kills the process; empty
   * where it does not watch.
   */
  public Optional<Duration> watchdogInterval() {
    return watchdogInterval;
  }

  /** The service can do its work; also ends {@link #reloading}. */
  public void ready() {
    send("READY=1");
  }

  /**
   * What the service is doing, as {@code systemctl status} shows it.
   *
   * @param text one line; control characters become blanks, since a new line would be a new message
   */
  public void status(String text) {
    send("STATUS=" + text.replaceAll("\\p{Cntrl}+", " "));
  }

  /** The service takes over a changed configuration, until {@link #ready}. */
  public void reloading() {
    // On Linux, nanoTime is CLOCK_MONOTONIC, which systemd compares with.
    send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
  }

  /** The service has begun to stop. */
  public void stopping() {
    send("STOPPING=1");
  }

  /** The service is not stuck: feeds the watchdog. */
  void alive() {
    send("WATCHDOG=1");
  }

  private void send(String message) {
    socket.ifPresent(datagram -> send(datagram, message));
  }

  private static void send(UnixDatagram socket, String message) {
    try {
      socket.send(message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      log.warn("Could not tell systemd {}: {}", message, e.getMessage());
    }
  }
}
