package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.Violation;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away what can't be rendered: the record first, then the dead letter. */
final class Rejections {
  private static final Logger log = LoggerFactory.getLogger(Rejections.class);

  private final Shift shift;

  Rejections(Shift shift) {
    this.shift = shift;
  }

  /** Records the rejection; the message is to be dead-lettered, unless it has been already. */
  Disposal reject(Rejection rejection) {
    if (!shift.insistOn(() -> shift.ledger().rejected(rejection))) {
      return new Disposal.Delete(rejection.jobId());
    }
    String why =
        rejection.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
    shift.tell(new WorkerEvent.JobEnded(JobStatus.REJECTED, Optional.of(rejection.code())));
    log.warn("Rejected as {}: {}", rejection.code(), why);
    return new Disposal.DeadLetterAndDelete(
        new DeadLetter(rejection.jobId(), 0, Optional.empty(), reason(rejection.code(), why)));
  }

  /** The dead letter of a job that has failed, without another write to its record. */
  Disposal deadLetterAgain(Job job) {
    Job.LastError error =
        job.lastError()
            .orElseGet(() -> new Job.LastError(ErrorCode.INTERNAL_ERROR, "no reason recorded"));
    return new Disposal.DeadLetterAndDelete(
        new DeadLetter(
            job.id(),
            job.state().tries().attempt(),
            job.render().map(RenderHandle::renderId),
            reason(error.code(), error.message())));
  }

  /** The dead letter of an attempt that failed for good. */
  Disposal deadLetter(Claim claim, Optional<String> renderId, Failure failure) {
    return new Disposal.DeadLetterAndDelete(
        new DeadLetter(
            claim.ownership().jobId(),
            claim.ownership().attempt(),
            renderId,
            reason(failure.code(), failure.message())));
  }

  private DeadLetter.Reason reason(ErrorCode code, String message) {
    return new DeadLetter.Reason(code, message, shift.now(), shift.me());
  }
}
