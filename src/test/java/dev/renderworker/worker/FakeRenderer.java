package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The render function, scripted a job; what has no script starts, and is done at the first look.
 */
final class FakeRenderer implements Renderer {
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Queue<Supplier<Optional<Failure>>> checks = new ConcurrentLinkedQueue<>();
  private final Queue<Failure> cancelRefusals = new ConcurrentLinkedQueue<>();
  private final Queue<Instant> leftBy = new ConcurrentLinkedQueue<>();
  private final Journal journal;

  FakeRenderer(Journal journal) {
    this.journal = journal;
  }

  /** What happens to one job; each answer is given once, then the usual one. */
  static final class Script {
    private final Queue<Supplier<StartOutcome>> starts = new ConcurrentLinkedQueue<>();
    private final Queue<Supplier<Sighting>> sightings = new ConcurrentLinkedQueue<>();
    private final Queue<Supplier<Sighting>> earlier = new ConcurrentLinkedQueue<>();
    private final Queue<OrphanSearch> orphans = new ConcurrentLinkedQueue<>();
    private volatile Runnable onTheWay = () -> {};

    /** Runs between each decision to start and the last question before the request leaves. */
    Script onTheWay(Runnable action) {
      onTheWay = action;
      return this;
    }

    Script starts(StartOutcome outcome) {
      return starts(() -> outcome);
    }

    Script starts(Supplier<StartOutcome> outcome) {
      starts.add(outcome);
      return this;
    }

    Script fails(Failure failure) {
      return starts(new StartOutcome.NotStarted(failure));
    }

    Script shows(Sighting sighting) {
      return shows(() -> sighting);
    }

    Script shows(Supplier<Sighting> sighting) {
      sightings.add(sighting);
      return this;
    }

    /** The next look waits for the latch, and then sees the end. */
    Script doneAfter(CountDownLatch latch) {
      return shows(
          () -> {
            Until.opened(latch);
            return done();
          });
    }

    Script earlierOutput(Sighting sighting) {
      earlier.add(() -> sighting);
      return this;
    }

    Script orphan(OrphanSearch search) {
      orphans.add(search);
      return this;
    }
  }

  Script job(String id) {
    return scripts.computeIfAbsent(id, _ -> new Script());
  }

  /** What the next check finds; once these are used up, all is well. */
  void checkFinds(Supplier<Optional<Failure>> finding) {
    checks.add(finding);
  }

  /** The next cancel is refused. */
  void cancelRefused(Failure why) {
    cancelRefusals.add(why);
  }

  /** By when, for each search in order, the start had left for sure. */
  List<Instant> leftBy() {
    return List.copyOf(leftBy);
  }

  static RenderHandle render(JobId id, int attempt) {
    return render(id + "/" + attempt);
  }

  static RenderHandle render(String renderId) {
    return new RenderHandle(renderId, "bucket", "function", "us-east-1");
  }

  static Sighting done() {
    return new Sighting.Done(output());
  }

  static RenderOutput output() {
    return new RenderOutput(
        new RenderOutput.Location("https://bucket/out.mp4", "bucket", "out.mp4"),
        1,
        new RenderOutput.Cost(BigDecimal.ONE, Optional.empty(), "$1"),
        new RenderOutput.Work(1, 1, 1, Optional.of(TestTime.START)));
  }

  @Override
  public StartOutcome start(RenderOrder order, BooleanSupplier stillOurs) {
    JobId id = order.ownership().jobId();
    RenderHandle render = render(id, order.ownership().attempt());
    job(id.value()).onTheWay.run();
    if (!stillOurs.getAsBoolean()) {
      return new StartOutcome.NotStarted(
          new Failure.Throttled(ErrorCode.SERVICE_UNAVAILABLE, "withheld"));
    }
    journal.note("renderer start", render.renderId());
    return next(job(id.value()).starts, () -> new StartOutcome.Started(render));
  }

  @Override
  public OrphanSearch findOrphan(RenderOrder order, Instant since, Instant leftBy) {
    JobId id = order.ownership().jobId();
    journal.note("renderer findOrphan", render(id, order.ownership().attempt()).renderId());
    this.leftBy.add(leftBy);
    OrphanSearch found = job(id.value()).orphans.poll();
    return found == null ? new OrphanSearch.None() : found;
  }

  @Override
  public Sighting look(RenderOrder order, RenderHandle render, Instant startedAt) {
    journal.note("renderer look", render.renderId());
    String id = render.renderId().split("/", 2)[0];
    return next(job(id).sightings, FakeRenderer::done);
  }

  @Override
  public Sighting earlierOutput(RenderOrder order, RenderHandle render, Failure.OfJob exists) {
    journal.note("renderer earlierOutput", render.renderId());
    return next(job(order.ownership().jobId().value()).earlier, () -> new Sighting.Ended(exists));
  }

  @Override
  public Optional<Failure> cancel(RenderHandle render) {
    journal.note("renderer cancel", render.renderId());
    return Optional.ofNullable(cancelRefusals.poll());
  }

  @Override
  public Optional<Failure> check() {
    journal.note("renderer check", "");
    return next(checks, Optional::empty);
  }

  private static <T> T next(Queue<Supplier<T>> scripted, Supplier<T> usual) {
    Supplier<T> next = scripted.poll();
    return next == null ? usual.get() : next.get();
  }
}
