package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random histories of a job, with every decision made by the rules. */
class JobHistoryTest {
  /** As many as the rounds of attempts and waits that a history can leave behind need. */
  private static final int ROUNDS = 20;

  @Property(tries = 2000)
  void noHistoryBreaksAnInvariantAndEveryJobEnds(@ForAll("histories") List<Event> history) {
    JobWorld world = new JobWorld();
    history.forEach(world::happen);
    world.calm(ROUNDS);
    assertTrue(world.ended(), world::toString);
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    return event().list().ofMaxSize(80);
  }

  /** Steps forward are the likeliest, so that a history gets far enough to be interesting. */
  private static Arbitrary<Event> event() {
    Arbitrary<Integer> worker = Arbitraries.integers().between(0, JobWorld.WORKERS - 1);
    Arbitrary<Integer> message = Arbitraries.integers().between(0, 3);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(worker, message).as(Event.Receive::new)),
        Tuple.of(12, worker.map(Event.Work::new)),
        Tuple.of(2, Combinators.combine(worker, either).as(Event.LaunchUnanswered::new)),
        Tuple.of(2, Combinators.combine(worker, failure()).as(Event.Refuse::new)),
        Tuple.of(1, worker.map(Event.Succeed::new)),
        Tuple.of(5, Combinators.combine(worker, failureOfJob()).as(Event.Fail::new)),
        Tuple.of(1, worker.map(Event.Cancelled::new)),
        Tuple.of(2, worker.map(Event.Stop::new)),
        Tuple.of(2, worker.map(Event.Kill::new)),
        Tuple.of(3, Combinators.combine(worker, either).as(Event.Freeze::new)),
        Tuple.of(1, either.map(Event.Send::new)),
        Tuple.of(1, Arbitraries.just(new Event.AskForCancel())),
        Tuple.of(4, time().map(Event.Pass::new)));
  }

  private static Arbitrary<Duration> time() {
    return Arbitraries.of(1L, 8L, 30L, 60L, 400L, 4000L, 50_000L).map(Duration::ofSeconds);
  }

  private static Arbitrary<Failure> failure() {
    Arbitrary<ErrorCode> code = Arbitraries.of(ErrorCode.class);
    return Arbitraries.oneOf(
        code.map(c -> new Failure.OfEnvironment(c, "broken")),
        code.map(c -> new Failure.Throttled(c, "slow down")),
        failureOfJob());
  }

  private static Arbitrary<Failure.OfJob> failureOfJob() {
    // Passing ones mostly: they are what rounds of attempts are made of.
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(ErrorCode.class)),
            Tuple.of(
                4,
                Arbitraries.of(
                    ErrorCode.FLAKY_RENDER,
                    ErrorCode.BROWSER_CRASHED,
                    ErrorCode.CONCURRENCY_LIMIT)))
        .map(code -> new Failure.OfJob(code, "failed"));
  }
}
