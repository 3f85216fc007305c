package dev.renderworker.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LostRuleTest {
  private static final Instant NOW = Instant.parse("2030-11-20T12:00:00Z");
  private static final Duration RETENTION = Duration.ofDays(4);
  private static final QueueState EMPTY = new QueueState(0, 0, 0, RETENTION);
  private static final QueueState SOME_HIDDEN = new QueueState(0, 3, 0, RETENTION);
  private static final QueueState SOME_WAIT = new QueueState(1, 3, 0, RETENTION);
  private static final QueueState SOME_DELAYED = new QueueState(0, 0, 1, RETENTION);

  private final LostRule rule = new LostRule(Duration.ofSeconds(45), Duration.ofMinutes(2));

  private static JobView job(String status, Duration quiet, Map<String, Object> more) {
    Map<String, Object> attributes = new HashMap<>(more);
    attributes.put("jobId", "job-1");
    attributes.put("status", status);
    attributes.put("updatedAt", NOW.minus(quiet).toString());
    return new JobView(attributes);
  }

  private boolean lost(String status, String quiet, QueueState queue) {
    return rule.lost(job(status, Duration.parse(quiet), Map.of()), Optional.empty(), queue, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED,true",
    "STARTING,true",
    "RENDERING,true",
    "RETRYING,true",
    "SUCCEEDED,false",
    "CANCELLED,false",
    "FAILED,false",
    "REJECTED,false"
  })
  void onlyJobThatHasNotEndedCanBeLost(String status, boolean lost) {
    assertEquals(lost, lost(status, "P1D", EMPTY));
  }

  @ParameterizedTest
  @CsvSource({"PT1M59S,false", "PT2M,false", "PT2M1S,true"})
  void emptyQueueIsBelievedAfterTwoMinutes(String quiet, boolean lost) {
    assertEquals(lost, lost("QUEUED", quiet, EMPTY));
  }

  @ParameterizedTest
  @CsvSource({"PT1H2M,false", "PT1H2M1S,true"})
  void hiddenMessageWouldHaveComeBackByThen(String quiet, boolean lost) {
    assertEquals(lost, lost("QUEUED", quiet, SOME_HIDDEN));
  }

  @ParameterizedTest
  @CsvSource({"P4D,false", "P4DT1S,true"})
  void messageThatWaitsCanBeItsOwnUntilTheQueueWouldHaveDroppedIt(String quiet, boolean lost) {
    assertEquals(lost, lost("QUEUED", quiet, SOME_WAIT));
    assertEquals(lost, lost("QUEUED", quiet, SOME_DELAYED));
  }

  @ParameterizedTest
  @CsvSource({"PT44S,false", "PT1M59S,false", "PT2M1S,true"})
  void jobIsNotLostWhileItsOwnerLivesOrHasJustDied(String sinceBeat, boolean lost) {
    JobView job = job("RENDERING", Duration.ofDays(1), Map.of("owner", "anna"));
    Optional<Instant> beat = Optional.of(NOW.minus(Duration.parse(sinceBeat)));

    assertEquals(lost, rule.lost(job, beat, EMPTY, NOW));
  }

  @Test
  void retryIsNotLateBeforeItsTime() {
    Map<String, Object> soon = Map.of("retryAt", NOW.minusSeconds(60).toString());

    assertEquals(
        false, rule.lost(job("RETRYING", Duration.ofHours(1), soon), Optional.empty(), EMPTY, NOW));
  }
}
