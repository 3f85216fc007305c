package dev.renderworker.systemd;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SystemdNotifierTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void everyMessageArrivesInTheWordsOfSystemd() {
    String path = folder.resolve("notify").toString();
    try (var systemd = new DatagramReceiver(path)) {
      var notifier = SystemdNotifier.from(Map.of("NOTIFY_SOCKET", path));

      notifier.ready();
      assertEquals(Optional.of("READY=1"), systemd.receive(SOON));
      notifier.status("7 renders in flight – idle");
      assertEquals(Optional.of("STATUS=7 renders in flight – idle"), systemd.receive(SOON));
      notifier.alive();
      assertEquals(Optional.of("WATCHDOG=1"), systemd.receive(SOON));
      notifier.stopping();
      assertEquals(Optional.of("STOPPING=1"), systemd.receive(SOON));
    }
  }

  @Test
  void abstractSocketsAreReachedToo() {
    String name = "@render-worker-test/" + UUID.randomUUID();
    try (var systemd = new DatagramReceiver(name)) {
      SystemdNotifier.from(Map.of("NOTIFY_SOCKET", name)).ready();

      assertEquals(Optional.of("READY=1"), systemd.receive(SOON));
    }
  }

  @Test
  void aNewLineInTheStatusIsNoNewMessage() {
    String path = folder.resolve("notify").toString();
    try (var systemd = new DatagramReceiver(path)) {
      SystemdNotifier.from(Map.of("NOTIFY_SOCKET", path)).status("paused\nREADY=1");

      assertEquals(Optional.of("STATUS=paused READY=1"), systemd.receive(SOON));
    }
  }

  @Test
  void reloadingCarriesTheMonotonicTime() {
    String path = folder.resolve("notify").toString();
    try (var systemd = new DatagramReceiver(path)) {
      long before = System.nanoTime() / 1000;
      SystemdNotifier.from(Map.of("NOTIFY_SOCKET", path)).reloading();
      long after = System.nanoTime() / 1000;

      String[] parts = systemd.receive(SOON).orElseThrow().split("\nMONOTONIC_USEC=", -1);
      assertEquals("RELOADING=1", parts[0]);
      long sent = Long.parseLong(parts[1]);
      assertTrue(before <= sent && sent <= after, parts[1]);
    }
  }

  @Test
  void withoutSystemdNothingHappens() {
    var notifier = SystemdNotifier.from(Map.of("WATCHDOG_USEC", "1000000"));

    assertDoesNotThrow(notifier::ready);
    assertEquals(Optional.empty(), notifier.watchdogInterval());
  }

  @Test
  void aDeadSocketDoesNotStopTheWorker() {
    var notifier = SystemdNotifier.from(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()));

    assertDoesNotThrow(notifier::ready);
  }

  @Test
  void watchdogIntervalIsReadForThisProcessOnly() {
    String me = Long.toString(ProcessHandle.current().pid());

    assertEquals(Optional.of(Duration.ofSeconds(3)), interval(me));
    assertEquals(Optional.empty(), interval("1"));
  }

  private static Optional<Duration> interval(String pid) {
    return SystemdNotifier.from(
            Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", pid))
        .watchdogInterval();
  }

  @Test
  void anAddressThatIsNoUnixSocketIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SystemdNotifier.from(Map.of("NOTIFY_SOCKET", "vsock:2:1234")));
    assertThrows(
        IllegalArgumentException.class,
        () -> SystemdNotifier.from(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))));
  }
}
