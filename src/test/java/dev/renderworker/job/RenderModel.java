package dev.renderworker.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/** The renders of the model's job: what they may never be is checked as they are launched. */
final class RenderModel {
  private final Map<Integer, RenderHandle> byAttempt = new HashMap<>();
  private final List<RenderHandle> open = new ArrayList<>();
  private final Map<RenderHandle, Optional<Failure.OfJob>> ends = new HashMap<>();
  private boolean succeeded;

  RenderHandle launch(int attempt) {
    Assertions.assertFalse(succeeded, "a start after success");
    Assertions.assertEquals(List.of(), open, "a start while another render lives");
    var render = new RenderHandle("render-" + attempt, "bucket", "function", "us-east-1");
    Assertions.assertNull(byAttempt.put(attempt, render), "attempt " + attempt + " starts twice");
    open.add(render);
    return render;
  }

  /** The render that a start of that attempt has launched. */
  Optional<RenderHandle> of(int attempt) {
    return Optional.ofNullable(byAttempt.get(attempt));
  }

  /**
   * A render ends so, unless it has ended before: everyone who follows it sees the same end.
   *
   * @param end why it fails; empty where its output is there
   * @return how it has ended
   */
  Optional<Failure.OfJob> end(RenderHandle render, Optional<Failure.OfJob> end) {
    open.remove(render);
    Optional<Failure.OfJob> earlier = ends.putIfAbsent(render, end);
    Optional<Failure.OfJob> real = earlier == null ? end : earlier;
    succeeded = succeeded || real.isEmpty();
    return real;
  }

  int launched() {
    return byAttempt.size();
  }
}
