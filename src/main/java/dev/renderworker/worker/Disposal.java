package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import java.time.Duration;

/** What happens to the message when the worker lets it go; the record is written before. */
sealed interface Disposal {

  /** The job has ended, here or before. */
  record Delete(JobId job) implements Disposal {}

  record Hide(Duration delay) implements Disposal {}

  record DeadLetterAndDelete(DeadLetter letter) implements Disposal {}
}
