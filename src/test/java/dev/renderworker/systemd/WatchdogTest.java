package dev.renderworker.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WatchdogTest {
  private static final Optional<String> FED = Optional.of("WATCHDOG=1");
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private DatagramReceiver systemd;
  private Watchdog watchdog;

  @BeforeEach
  void listen() {
    systemd = new DatagramReceiver(folder.resolve("notify").toString());
    watchdog = watching("60000000");
  }

  @AfterEach
  void close() {
    watchdog.close();
    systemd.close();
  }

  private Watchdog watching(String micros) {
    return new Watchdog(
        SystemdNotifier.from(
            Map.of("NOTIFY_SOCKET", folder.resolve("notify").toString(), "WATCHDOG_USEC", micros)));
  }

  @Test
  void isFedWhileEveryLoopMakesProgress() {
    Pulse poller = watchdog.register("poller");
    Pulse follower = watchdog.register("follower");

    watchdog.look();
    assertEquals(FED, systemd.receive(SOON));
    poller.beat();
    follower.beat();
    watchdog.look();
    assertEquals(FED, systemd.receive(SOON));
  }

  @Test
  void oneStuckLoopStarvesItAndIsNamed() {
    Pulse poller = watchdog.register("poller");
    watchdog.register("follower");
    watchdog.look();
    assertEquals(FED, systemd.receive(SOON));

    poller.beat();
    watchdog.look();

    assertEquals(Optional.of("STATUS=No progress: follower"), systemd.receive(SOON));
  }

  @Test
  void aSlowLoopIsForgivenOnceItGoesOn() {
    Pulse poller = watchdog.register("poller");
    watchdog.look();
    watchdog.look();
    poller.beat();
    watchdog.look();

    assertEquals(FED, systemd.receive(SOON));
    assertEquals(Optional.of("STATUS=No progress: poller"), systemd.receive(SOON));
    assertEquals(FED, systemd.receive(SOON));
  }

  @Test
  void aLoopThatWaitsForWorkIsNotStuck() {
    Pulse follower = watchdog.register("follower");
    follower.rest();
    watchdog.look();
    watchdog.look();
    assertEquals(FED, systemd.receive(SOON));
    assertEquals(FED, systemd.receive(SOON));

    follower.beat();
    watchdog.look();
    watchdog.look();
    assertEquals(FED, systemd.receive(SOON));
    assertEquals(Optional.of("STATUS=No progress: follower"), systemd.receive(SOON));
  }

  @Test
  void feedsByItselfOnceStarted() {
    try (var started = watching("40000")) {
      started.start();

      assertEquals(FED, systemd.receive(SOON));
      assertEquals(FED, systemd.receive(SOON));
    }
  }
}
