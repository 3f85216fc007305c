package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RetryBackoff;
import dev.renderworker.job.RetryRule;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Real workers on fakes. Closing it stops them, and checks that every permit has come back. */
final class Bench implements AutoCloseable {
  static final Duration STALE_AFTER = Duration.ofSeconds(45);
  private static final Duration LONG = Duration.ofHours(6);

  final TestTime time = new TestTime();
  final Journal journal = new Journal();
  final FakeQueue queue = new FakeQueue(time, journal, LONG);
  final InMemoryLedger ledger = new InMemoryLedger(journal);
  final FakeRegistry registry = new FakeRegistry(journal);
  final RecordingObserver observer = new RecordingObserver();
  final FakeRenderer renderer = new FakeRenderer(journal);
  private final List<Running> workers = new ArrayList<>();
  private Optional<FakeNotices> notices = Optional.empty();
  private MessageReader reader = Bodies::read;
  private int cap = 20;
  private int maxReceiveCount = 20;
  private Optional<Failure> paused = Optional.empty();
  private Duration heartbeat = Duration.ofSeconds(10);

  /** A worker on a thread of its own. */
  record Running(Worker worker, StopSignal signal, Thread thread, int cap) {

    /** Asks the worker to stop, and waits until it has. */
    void stop() {
      signal.stop();
      join();
    }

    void join() {
      Until.holds("the worker ends", () -> !thread.isAlive());
      Until.holds("no message is held", () -> worker.inFlight() == 0);
      Until.holds("every permit is back", () -> worker.permits() == cap);
    }
  }

  Bench cap(int messages) {
    cap = messages;
    return this;
  }

  Bench maxReceiveCount(int count) {
    maxReceiveCount = count;
    return this;
  }

  /** The workers begin paused. */
  Bench pausedBy(Failure why) {
    paused = Optional.of(why);
    return this;
  }

  Bench heartbeat(Duration interval) {
    heartbeat = interval;
    return this;
  }

  /** Somebody is told of each job's end. */
  void notices() {
    notices = Optional.of(new FakeNotices(journal));
  }

  Bench reader(MessageReader other) {
    reader = other;
    return this;
  }

  Ports ports() {
    return new Ports(
        reader,
        queue,
        new Records(ledger, registry),
        renderer,
        new Audience(observer, notices.map(CompletionNotices.class::cast)));
  }

  JobRules rules() {
    return new JobRules(
        new ClaimRule(STALE_AFTER),
        new RetryRule(3, new RetryBackoff(Duration.ofSeconds(10), Duration.ofMinutes(15))),
        new PollPace(Duration.ofSeconds(1), Duration.ofSeconds(10)),
        maxReceiveCount);
  }

  /** Who works on these fakes, by a random that always draws the lowest. */
  Shift shift(StopSignal stop) {
    return new Shift(new WorkerId("me"), ports(), time, stop, () -> 0);
  }

  Running start() {
    return start("worker-" + (workers.size() + 1));
  }

  Running start(String owner) {
    StopSignal stop = time.stopSignal();
    var settings = new WorkerSettings(cap, LONG, heartbeat, Duration.ofSeconds(5));
    var worker =
        new Worker(new WorkerId(owner), ports(), new Worker.Rules(settings, rules()), time, stop);
    paused.ifPresent(worker::pause);
    var running = new Running(worker, stop, Thread.ofPlatform().start(worker::run), cap);
    workers.add(running);
    return running;
  }

  /** Whether the thread is parked in a join. */
  static boolean waits(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("join"));
  }

  /** Returns once the job's record says so. */
  void awaitStatus(String job, JobStatus status) {
    Until.holds(job + " is " + status, () -> ledger.is(job, status));
  }

  void awaitEntry(String entry) {
    Until.holds(entry, () -> journal.has(entry));
  }

  /** Returns once the queue has deleted the message. */
  void awaitDeleted(String messageId) {
    Until.holds(messageId + " is deleted", () -> !queue.holds(messageId));
  }

  /** Returns once no worker holds a message. */
  void awaitIdle() {
    Until.holds("all is let go", () -> workers.stream().allMatch(w -> w.worker().inFlight() == 0));
  }

  @Override
  public void close() {
    workers.forEach(running -> running.signal().stop());
    workers.forEach(Running::join);
    assertFalse(journal.entries().isEmpty(), "a test of nothing");
  }
}
