package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's heart: receives messages and runs each job on a virtual thread of its own.
 *
 * <p>Two lifetimes: the stop signal ends the receiving and hands over what is in flight; heartbeat
 * and visibility are kept until the last message has been let go.
 */
public final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final Shift shift;
  private final WorkerSettings settings;
  private final InFlight inFlight = new InFlight();
  private final Gate gate = new Gate();
  private final StopSignal released = new StopSignal();
  private final Vitals vitals = new Vitals();
  private final Followed followed = new Followed();
  private final Heartbeat heartbeat;
  private final Throttle throttle;
  private final Capacity capacity;
  private final VisibilityKeeper keeper;
  private final MessageHandler handler;

  /**
   * Wires a worker; nothing runs yet.
   *
   * @param me never used by another process, nor by this one after a restart
   * @param stop ends {@link #run}
   */
  public Worker(WorkerId me, Ports ports, Rules rules, InstantSource clock, StopSignal stop) {
    this.shift = new Shift(me, ports, clock, stop, new Random());
    this.settings = rules.settings();
    this.heartbeat =
        new Heartbeat(shift, followed, inFlight, gate, rules.jobs().claimRule().staleAfter());
    this.throttle = new Throttle(shift, gate, settings.maxConcurrentRenders());
    this.capacity = new Capacity(settings.maxConcurrentRenders(), throttle::limit, stop);
    this.keeper =
        new VisibilityKeeper(
            ports.queue(), inFlight, settings.visibilityTimeout(), ports.audience().observer());
    this.handler = new MessageHandler(shift, script(rules.jobs()), gate, inFlight, capacity);
  }

  /** What a worker goes by. */
  public record Rules(WorkerSettings settings, JobRules jobs) {}

  private JobScript script(JobRules rules) {
    var rejections = new Rejections(shift);
    var follower = new Follower(shift, rules.pollPace(), vitals, followed);
    return new JobScript(
        shift,
        rules,
        rejections,
        new Claims(shift, rules.claimRule(), rejections),
        new Attempts(
            shift,
            new Starter(shift, follower, throttle, gate, heartbeat),
            follower,
            new Finisher(shift, rules.retryRule(), rejections, gate),
            throttle));
  }

  /**
   * Works until the stop signal, then hands over what is in flight and returns.
   *
   * @throws ServiceUnavailableException when the workers table refuses the first heartbeat
   */
  public void run() {
    heartbeat.beat();
    Thread beating =
        new Recurring("heartbeat", settings.heartbeat(), released, heartbeat::beat).start();
    new Recurring("visibility", VisibilityKeeper.TICK, released, this::keepVisible).start();
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());
    try {
      var pause = new Pause(shift, gate, heartbeat::beat);
      new ReceiveLoop(shift, capacity, inFlight, keeper, pause)
          .run(handler, threads, vitals::received);
    } finally {
      handOver(threads);
      leave(beating);
    }
  }

  private void keepVisible() {
    vitals.ticked();
    keeper.extendDue();
  }

  private void handOver(ExecutorService threads) {
    // Whatever ended the receiving: those who follow a render hear of it by the signal only.
    shift.stop().stop();
    log.info("Stopping: handing over {} messages", inFlight.size());
    threads.shutdown();
    try {
      if (!threads.awaitTermination(settings.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      released.stop();
    }
  }

  /** A beat that is under way ends first: after the leave it would make this worker live again. */
  private void leave(Thread beating) {
    try {
      beating.join(LAST_WAIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try {
      shift.ports().registry().leave(shift.me());
    } catch (ServiceUnavailableException e) {
      log.warn("Could not leave the workers table; the entry goes stale by itself", e);
    }
  }

  /** Takes no new job until a probe finds the environment mended. */
  public void pause(Failure why) {
    gate.close(why);
  }

  /** Signs of life of the loops. */
  public Vitals vitals() {
    return vitals;
  }

  /** How many messages are in flight. */
  public int inFlight() {
    return inFlight.size();
  }

  /** How many more messages would be held at once. */
  public int free() {
    return Math.max(0, throttle.limit() - inFlight.size());
  }

  /** How many jobs are taken at once: the configured cap, or fewer while Lambda is throttling. */
  public int limit() {
    return throttle.limit();
  }

  /** Permits that neither a message nor a receive under way has: fewer than are free, at times. */
  int permits() {
    return capacity.free();
  }

  /** Why the worker is paused; empty when it is not. */
  public Optional<Failure> pausedBy() {
    return gate.closedBy();
  }

  /** How many extensions of a visibility have failed so far. */
  public long failedExtensions() {
    return keeper.failures();
  }
}
