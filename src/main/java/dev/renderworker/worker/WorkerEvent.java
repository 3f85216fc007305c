package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that has happened in a worker, for whoever counts. Names no job. */
public sealed interface WorkerEvent {

  /**
   * A render was asked for.
   *
   * @param sinceReceived from the receive of its message until the function was asked
   */
  record Started(Duration sinceReceived) implements WorkerEvent {}

  /** The render of a start that was never answered was found. */
  record OrphanAdopted() implements WorkerEvent {}

  /** A job was taken over from a worker that is gone or has let it go. */
  record TakenOver() implements WorkerEvent {}

  /**
   * The end of an attempt has been recorded.
   *
   * @param code why, where it did not end as wished
   */
  record AttemptEnded(How how, Optional<ErrorCode> code) implements WorkerEvent {
    /** How an attempt can end. */
    public enum How {
      /** With its output. */
      SUCCEEDED,
      /** By someone's wish. */
      CANCELLED,
      /** Without an output; another attempt follows. */
      RETRYING,
      /** Without an output, and the job with it. */
      FAILED,
      /** Before anything was started; nothing is charged. */
      PUT_BACK,
      /** For this worker only, which stops: another one goes on. */
      HANDED_OVER
    }
  }

  /**
   * The end of a job has been recorded.
   *
   * @param status a final one
   * @param code why, where it has no output
   */
  record JobEnded(JobStatus status, Optional<ErrorCode> code) implements WorkerEvent {}

  /** A render has its output, and the record says so since then. */
  record Rendered(RenderType type, RenderOutput.Work work, Instant recordedAt)
      implements WorkerEvent {}

  /**
   * Messages in flight were to be kept invisible for longer.
   *
   * @param kept how many were
   * @param failed how many were not
   * @param margin what the one nearest to its end had left
   */
  record Extended(int kept, int failed, Duration margin) implements WorkerEvent {}

  /** The end of a job was to be told to the completion target. */
  record Announced(Outcome outcome) implements WorkerEvent {
    /** How that went. */
    public enum Outcome {
      /** The target has it. */
      SENT,
      /** The target did not take it; tried again when the message comes back. */
      POSTPONED,
      /** The target did not take it, time after time; only the job's record tells. */
      GIVEN_UP
    }
  }
}
