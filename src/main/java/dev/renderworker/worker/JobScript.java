package dev.renderworker.worker;

import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;

/**
 * One delivery, from parse to finish.
 *
 * <ol>
 *   <li>Parse: what breaks the contract is rejected.
 *   <li>Claim: one conditional write makes the job this worker's.
 *   <li>Start, or find the render of an earlier start.
 *   <li>Follow the render to its end.
 *   <li>Finish: write the end to the record, and say what is to become of the message.
 *   <li>Announce: before the message is deleted, tell whoever waits for the job.
 * </ol>
 */
final class JobScript {
  private final Shift shift;
  private final JobRules rules;
  private final Rejections rejections;
  private final Claims claims;
  private final Attempts attempts;
  private final Announcer announcer;
  private final Set<JobId> atWork = ConcurrentHashMap.newKeySet();

  JobScript(Shift shift, JobRules rules, Rejections rejections, Claims claims, Attempts attempts) {
    this.shift = shift;
    this.rules = rules;
    this.rejections = rejections;
    this.claims = claims;
    this.attempts = attempts;
    this.announcer = new Announcer(shift, rules);
  }

  /**
   * Runs the delivery to its end here.
   *
   * @throws FencedException when the job was taken over meanwhile
   * @throws ServiceUnavailableException when queue or tables refuse; the message comes back
   */
  Disposal run(Delivery delivery) {
    ParsedMessage message;
    try {
      message = shift.ports().reader().read(delivery.body());
    } catch (ServiceUnavailableException e) {
      return unread(delivery, e);
    }
    return switch (message) {
      case ParsedMessage.Valid(var request) ->
          alone(jobId(delivery, request.jobId()), delivery, request);
      case ParsedMessage.Invalid(var jobId, var violations) ->
          rejections.reject(
              new Rejection(
                  jobId(delivery, jobId),
                  delivery,
                  ErrorCode.INVALID_MESSAGE,
                  violations,
                  shift.now()));
    };
  }

  /**
   * A body that lies elsewhere could not be fetched. The queue would move the message away at its
   * next receive, without a word in the record.
   */
  private Disposal unread(Delivery delivery, ServiceUnavailableException why) {
    if (!rules.isLast(delivery.trail().receiveCount())) {
      throw why;
    }
    return rejections.reject(
        new Rejection(
            jobId(delivery, Optional.empty()),
            delivery,
            ErrorCode.POISON_MESSAGE,
            List.of(
                new Violation("", "could not be read in all its deliveries: " + why.getMessage())),
            shift.now()));
  }

  /**
   * Tells of a job's end.
   *
   * @return for how long to hide the message, to tell again; empty when it may be deleted
   */
  Optional<Duration> announce(JobId job, Delivery delivery) {
    return announcer.announce(job, delivery);
  }

  /** The producer's id, else that of the job which a redriven message had, else the message's. */
  private static JobId jobId(Delivery delivery, Optional<JobId> given) {
    return given
        .or(() -> delivery.trail().redrivenJob())
        .orElseGet(() -> new JobId(delivery.messageId()));
  }

  /** Two messages of one job never run side by side in one process. */
  private Disposal alone(JobId id, Delivery delivery, RenderRequest request) {
    if (!atWork.add(id)) {
      ClaimRule rule = rules.claimRule();
      return new Disposal.Hide(rule.leaveAlone(delivery.trail().receiveCount()).delay());
    }
    try {
      MDC.put("jobId", id.value());
      return perform(id, delivery, request);
    } finally {
      atWork.remove(id);
    }
  }

  private Disposal perform(JobId id, Delivery delivery, RenderRequest request) {
    return switch (claims.claim(id, delivery, request)) {
      case Claimed.Settled(var disposal) -> disposal;
      case Claimed.ToStart(var claim) when poison(claim) -> poisoned(claim, Optional.empty());
      case Claimed.ToSeek(var claim, _) when poison(claim) -> poisoned(claim, Optional.empty());
      case Claimed.ToFollow(var claim, var render) when poison(claim) ->
          poisoned(claim, Optional.of(render));
      case Claimed.ToStart(var claim) -> attempts.start(claim);
      case Claimed.ToSeek(var claim, var leftBy) -> attempts.seek(claim, leftBy);
      case Claimed.ToFollow(var claim, var render) -> attempts.follow(claim, render);
    };
  }

  private boolean poison(Claim claim) {
    MDC.put("attempt", Integer.toString(claim.ownership().attempt()));
    return rules.isLast(claim.delivery().trail().receiveCount());
  }

  private Disposal poisoned(Claim claim, Optional<RenderHandle> render) {
    String why =
        "Delivered %d times without an end: workers crashed or were killed."
            .formatted(claim.delivery().trail().receiveCount());
    return attempts.end(
        claim, new Ending.Failed(new Failure.OfJob(ErrorCode.POISON_MESSAGE, why), render));
  }
}
