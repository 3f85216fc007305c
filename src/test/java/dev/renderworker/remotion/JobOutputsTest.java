package dev.renderworker.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.JobId;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.WorkerId;
import dev.renderworker.worker.RenderOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobOutputsTest {
  private static final String PRINT = "0123456789abcdef0123456789abcdef";

  private final JobOutputs outputs = new JobOutputs(true);

  @Test
  void everyAttemptOfAJobHasOnePlace() {
    String key = "renders/job-a.b:c-0123456789abcdef/out.mp4";
    assertEquals(Optional.of(key), outputs.key(order(1, Map.of())));
    assertEquals(Optional.of(key), outputs.key(order(2, Map.of("overwrite", false))));
  }

  @Test
  void anotherRequestUnderTheSameIdHasAnotherPlace() {
    RenderOrder other =
        new RenderOrder(
            order(1, Map.of()).ownership(),
            new RenderRequest(Optional.empty(), RenderType.MEDIA, "c", Map.of(), "other"));
    assertEquals(Optional.of("renders/job-a.b:c-other/out.mp4"), outputs.key(other));
  }

  @Test
  void placeHasTheEndingOfItsCodecAndThePrefixOfItsExpiry() {
    assertEquals(
        Optional.of("renders/7-days-job-a.b:c-0123456789abcdef/out.webm"),
        outputs.key(order(1, Map.of("deleteAfter", "7-days", "codec", "vp9"))));
  }

  @Test
  void whatTheMessageSaysOfItsOutputApplies() {
    assertEquals(Optional.empty(), outputs.key(order(1, Map.of("outName", "a.mp4"))));
    assertEquals(Optional.empty(), outputs.key(order(1, Map.of("overwrite", true))));
    Map<String, Object> empty = new HashMap<>();
    empty.put("outName", null);
    assertEquals(outputs.key(order(1, Map.of())), outputs.key(order(1, empty)));
  }

  @Test
  void stillHasNoneForItWritesOverWhatIsThere() {
    RenderRequest still =
        new RenderRequest(Optional.empty(), RenderType.STILL, "c", Map.of(), PRINT);
    assertEquals(
        Optional.empty(), outputs.key(new RenderOrder(order(1, Map.of()).ownership(), still)));
  }

  @Test
  void noJobHasOneUnlessThatIsSwitchedOn() {
    assertEquals(Optional.empty(), new JobOutputs(false).key(order(1, Map.of())));
  }

  private static RenderOrder order(int attempt, Map<String, Object> options) {
    return new RenderOrder(
        new Ownership(new JobId("a.b:c"), new WorkerId("me"), attempt),
        new RenderRequest(Optional.empty(), RenderType.MEDIA, "c", options, PRINT));
  }
}
