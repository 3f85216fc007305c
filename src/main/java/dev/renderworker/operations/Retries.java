package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Has jobs tried again: the record is made ready first, then the request is sent. A crash between
 * the two leaves a lost job, which can be retried.
 */
final class Retries {
  private final OperationPorts ports;
  private final DeadLetters letters;
  private final LostJobs lostJobs;
  private final InstantSource clock;

  Retries(OperationPorts ports, DeadLetters letters, LostJobs lostJobs, InstantSource clock) {
    this.ports = ports;
    this.letters = letters;
    this.lostJobs = lostJobs;
    this.clock = clock;
  }

  RetryOutcome retry(JobId jobId) {
    return ports.archive().find(jobId).map(this::retry).orElseGet(RetryOutcome.Unknown::new);
  }

  private RetryOutcome retry(JobView job) {
    boolean wanted =
        switch (job.status()) {
          case SUCCEEDED -> false;
          case FAILED, REJECTED, CANCELLED -> true;
          case QUEUED, STARTING, RENDERING, RETRYING -> lostJobs.isLost(job);
        };
    if (!wanted) {
      return new RetryOutcome.NothingToRetry(job.status());
    }
    return switch (ports.reader().read(job.text("request").orElse(""))) {
      case ParsedMessage.Valid(var request) -> retry(job, request);
      case ParsedMessage.Invalid _ when job.flag("requestTruncated") -> fromDeadLetter(job.id());
      case ParsedMessage.Invalid(_, var violations) -> new RetryOutcome.Invalid(violations);
    };
  }

  private RetryOutcome retry(JobView job, RenderRequest request) {
    Optional<JobId> other = request.jobId().filter(id -> !id.equals(job.id()));
    if (other.isPresent()) {
      return new RetryOutcome.Invalid(
          List.of(new Violation("/jobId", "the request was for the job " + other.get())));
    }
    // The record of a lost job stays as it is: it may have a render to be followed.
    if (job.status().isFinal() && !ports.orders().queuedAgain(job, clock.instant())) {
      return new RetryOutcome.Changed();
    }
    String body = job.text("request").orElseThrow();
    var message = new OutgoingRequest(body, Optional.of(job.id()), Optional.empty(), true);
    return switch (ports.queue().send(List.of(message)).getFirst()) {
      case SendOutcome.Sent _ -> new RetryOutcome.Sent();
      case SendOutcome.Refused(var reason) -> new RetryOutcome.Refused(reason);
    };
  }

  private RetryOutcome fromDeadLetter(JobId jobId) {
    return switch (letters.redrive(new LetterSelection.OfJob(jobId), OptionalInt.empty())) {
      case RedriveOutcome.Moved(var moved) when moved > 0 -> new RetryOutcome.Sent();
      case RedriveOutcome.Moved _, RedriveOutcome.Moving _ -> new RetryOutcome.NoRequest();
    };
  }
}
