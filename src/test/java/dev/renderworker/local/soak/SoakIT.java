package dev.renderworker.local.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The soak in short; {@code scripts/soak} runs it for longer. */
class SoakIT {

  @Test
  @Timeout(value = 720, unit = TimeUnit.SECONDS)
  void everyJobEndsRightAfterTwoMinutesOfMisfortune() {
    // Of this seed, an early fault takes the answers of several starts away: orphans to be found.
    assertEquals(0, new CommandLine(new Soak()).execute("--minutes", "2", "--seed", "31"));
  }

  @Test
  @Timeout(value = 480, unit = TimeUnit.SECONDS)
  void rollingRestartsCostNoAttemptAndNoStart() {
    assertEquals(0, new CommandLine(new Soak()).execute("--restarts", "6"));
  }
}
