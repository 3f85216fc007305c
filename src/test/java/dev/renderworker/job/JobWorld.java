package dev.renderworker.job;

import dev.renderworker.job.Crew.Desk;
import dev.renderworker.job.Hold.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A job, its record, its messages, its renders and the workers: a small model of all that the rules
 * decide about, in which every decision is made by the rules themselves.
 */
final class JobWorld {
  static final int WORKERS = 3;
  static final int MAX_ATTEMPTS = 3;
  private static final Duration STALE_AFTER = Duration.ofSeconds(45);

  /** A start later than this after its claim is preceded by a write to the record. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** How long after the claim the render of an unanswered start may still appear. */
  private static final Duration LATE_LAUNCH = Duration.ofMinutes(6);

  private static final Failure.OfJob CANCELLED =
      new Failure.OfJob(ErrorCode.RENDER_CANCELLED, "cancelled");

  private final ClaimRule claimRule = new ClaimRule(STALE_AFTER);
  private final RetryRule retryRule =
      new RetryRule(MAX_ATTEMPTS, new RetryBackoff(Duration.ofSeconds(10), Duration.ofMinutes(15)));
  private final Random random = new Random(1);
  private final RecordModel record = new RecordModel();
  private final RenderModel renders = new RenderModel();
  private final Invariants invariants = new Invariants();
  private final List<Message> messages = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final Crew crew = new Crew(WORKERS, STALE_AFTER, now);

  JobWorld() {
    send(true);
  }

  /** Lets it happen, where it can, and checks what must hold whatever happens. */
  void happen(Event event) {
    Optional<Job> before = record.job();
    apply(event);
    invariants.check(before, record.job(), renders.launched());
  }

  private void apply(Event event) {
    switch (event) {
      case Event.Send(var same) -> send(same);
      case Event.Receive(var worker, var message) ->
          receive(crew.desk(worker), messages.get(message % messages.size()));
      case Event.Work(var worker) -> awake(worker).ifPresent(hold -> work(worker, hold));
      case Event.LaunchUnanswered(var worker, var launched) ->
          starting(worker, hold -> unanswered(worker, hold, launched));
      case Event.Refuse(var worker, var failure) ->
          starting(worker, hold -> failed(crew.desk(worker), hold, failure));
      case Event.Succeed(var worker) -> renderEnds(worker, Optional.empty());
      case Event.Fail(var worker, var failure) -> renderEnds(worker, Optional.of(failure));
      case Event.Cancelled(var worker) -> {
        if (record.job().filter(Job::cancelRequested).isPresent()) {
          renderEnds(worker, Optional.of(CANCELLED));
        }
      }
      case Event.Stop(var worker) -> stop(crew.desk(worker));
      case Event.Kill(var worker) -> crew.replace(crew.desk(worker), now);
      case Event.Freeze(var worker, var frozen) -> crew.freeze(crew.desk(worker), frozen, now);
      case Event.AskForCancel _ -> record.askForCancel();
      case Event.Pass(var time) -> {
        now = now.plus(time);
        crew.beat(now);
      }
    }
  }

  private void send(boolean sameRequest) {
    messages.add(new Message("message-" + messages.size(), sameRequest ? "same" : "other"));
  }

  private void receive(Desk desk, Message message) {
    // A worker works on a job once at a time.
    if (desk.frozen() || desk.hold().isPresent()) {
      return;
    }
    ClaimRule.Arrival arrival = message.arrive(now);
    Optional<Job> job = record.job();
    ClaimDecision decision = new ClaimDecision.Start(Tries.NONE.next());
    if (job.isPresent()) {
      boolean alive = job.get().state().owner().filter(this::alive).isPresent();
      decision = claimRule.decide(job.get(), arrival, alive, now);
      invariants.check(job.get(), arrival, alive, decision, now);
    }
    perform(desk, message, decision);
  }

  private boolean alive(WorkerId owner) {
    return crew.alive(owner, now);
  }

  private void perform(Desk desk, Message message, ClaimDecision decision) {
    switch (decision) {
      case ClaimDecision.Start(var tries) -> {
        var own = new Ownership(RecordModel.ID, desk.id(), tries.attempt());
        desk.take(new Hold(own, tries, message, now, new Stage.Claimed()));
        record.claim(desk.hold().orElseThrow(), now);
      }
      case ClaimDecision.Follow(var render) -> takeOver(desk, message, new Stage.Following(render));
      case ClaimDecision.SeekOrphan _ -> takeOver(desk, message, new Stage.Seeking());
      case ClaimDecision.LeaveAlone _ -> {}
      case ClaimDecision.Acknowledge _, ClaimDecision.Conflict _ -> message.delete();
      case ClaimDecision.DeadLetterAgain _ -> deadLetter(message);
      case ClaimDecision.Cancel _ -> {
        record.end(JobStatus.CANCELLED, now);
        message.delete();
      }
    }
  }

  private void takeOver(Desk desk, Message message, Stage stage) {
    Job.State seen = record.job().orElseThrow().state();
    var own = new Ownership(RecordModel.ID, desk.id(), seen.tries().attempt());
    Instant at = seen.times().started().orElse(seen.times().updated());
    desk.take(new Hold(own, seen.tries(), message, at, stage));
    record.takeOver(desk.hold().orElseThrow(), now);
  }

  private void deadLetter(Message message) {
    record.deadLettered(message);
    message.delete();
  }

  /** A worker that is about to start; a late one looks first whether the job is still its own. */
  private void starting(int worker, Consumer<Hold> act) {
    awake(worker)
        .filter(hold -> hold.stage() instanceof Stage.Claimed)
        .ifPresent(
            hold -> {
              boolean late = !now.isBefore(hold.at().plus(SOON));
              if (late) {
                write(crew.desk(worker), hold, () -> record.startingNow(now));
              }
              crew.desk(worker)
                  .hold()
                  .map(still -> late ? still.begunAt(now) : still)
                  .ifPresent(act);
            });
  }

  private Optional<Hold> awake(int worker) {
    Desk desk = crew.desk(worker);
    return desk.frozen() ? Optional.empty() : desk.hold();
  }

  private void launched(int worker, Hold hold) {
    RenderHandle render = renders.launch(hold.own().attempt());
    crew.desk(worker).take(hold.in(new Stage.Launched(render)));
  }

  private void unanswered(int worker, Hold hold, boolean launched) {
    if (launched) {
      launched(worker, hold);
    }
    crew.desk(worker).take(hold.in(new Stage.Seeking()));
  }

  private void work(int worker, Hold hold) {
    Desk desk = crew.desk(worker);
    switch (hold.stage()) {
      case Stage.Claimed _ -> starting(worker, current -> launched(worker, current));
      case Stage.Launched(var render) -> adopt(desk, hold, render);
      case Stage.Seeking _ -> seek(desk, hold);
      case Stage.Following _ -> {}
    }
  }

  private void adopt(Desk desk, Hold hold, RenderHandle render) {
    write(
        desk,
        hold,
        () -> {
          record.rendering(render, now);
          desk.take(hold.in(new Stage.Following(render)));
        });
  }

  private void seek(Desk desk, Hold hold) {
    renders
        .of(hold.own().attempt())
        .ifPresentOrElse(render -> adopt(desk, hold, render), () -> foundNothing(desk, hold));
  }

  private void foundNothing(Desk desk, Hold hold) {
    if (now.isAfter(hold.at().plus(LATE_LAUNCH))) {
      failed(desk, hold, new Failure.OfJob(ErrorCode.START_UNCERTAIN, "no render"));
    }
  }

  private void renderEnds(int worker, Optional<Failure.OfJob> how) {
    awake(worker)
        .ifPresent(
            hold -> {
              if (hold.stage() instanceof Stage.Following(var render)) {
                ended(crew.desk(worker), hold, renders.end(render, how));
              }
            });
  }

  private void ended(Desk desk, Hold hold, Optional<Failure.OfJob> failure) {
    if (failure.isEmpty()) {
      write(desk, hold, () -> end(desk, hold, JobStatus.SUCCEEDED));
    } else if (failure.get().code() == ErrorCode.RENDER_CANCELLED
        && record.job().orElseThrow().cancelRequested()) {
      write(desk, hold, () -> end(desk, hold, JobStatus.CANCELLED));
    } else {
      failed(desk, hold, failure.get());
    }
  }

  private void end(Desk desk, Hold hold, JobStatus end) {
    record.end(end, now);
    hold.message().delete();
    desk.drop();
  }

  private void failed(Desk desk, Hold hold, Failure failure) {
    Instant receivedAt = hold.message().receivedAt();
    NextStep step = retryRule.after(failure, hold.tries(), receivedAt, now, random);
    invariants.check(failure, hold.tries(), receivedAt, step);
    write(
        desk,
        hold,
        () -> {
          switch (step) {
            case NextStep.Retry retry -> record.retrying(failure, retry, now);
            case NextStep.PutBack _ -> record.putBack(now);
            case NextStep.GiveUp _ -> {
              record.failed(JobStatus.FAILED, failure, now);
              deadLetter(hold.message());
            }
          }
          desk.drop();
        });
  }

  private void stop(Desk desk) {
    desk.hold()
        .ifPresent(
            hold ->
                write(
                    desk,
                    hold,
                    () -> {
                      if (hold.stage() instanceof Stage.Claimed) {
                        record.putBack(now);
                      } else {
                        record.release(now);
                      }
                    }));
    crew.leave(desk, now);
  }

  /** Writes as the owner, or lets go of what is no longer the worker's. */
  private void write(Desk desk, Hold hold, Runnable write) {
    if (record.belongsTo(hold.own())) {
      write.run();
    } else {
      desk.drop();
    }
  }

  /**
   * Nothing bad happens any more: everyone is awake, every message comes again and again, every
   * render ends well.
   */
  void calm(int rounds) {
    for (int worker = 0; worker < WORKERS; worker++) {
      happen(new Event.Freeze(worker, false));
    }
    for (int round = 0; round < rounds; round++) {
      happen(new Event.Pass(Duration.ofHours(1)));
      for (int message = 0; message < messages.size(); message++) {
        if (!messages.get(message).isGone()) {
          happen(new Event.Receive(message % WORKERS, message));
        }
      }
      for (int worker = 0; worker < WORKERS; worker++) {
        happen(new Event.Work(worker));
        happen(new Event.Work(worker));
        happen(new Event.Cancelled(worker));
        happen(new Event.Succeed(worker));
      }
    }
  }

  /** Whether the job and all of its messages have come to an end. */
  boolean ended() {
    return record.job().filter(job -> job.status().isFinal()).isPresent()
        && messages.stream().allMatch(Message::isGone)
        && crew.desks().stream().allMatch(desk -> desk.hold().isEmpty());
  }

  @Override
  public String toString() {
    return record.job() + ", " + renders.launched() + " renders";
  }
}
