package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The renders that this worker follows, so that a wish to cancel one reaches it at once. The looks
 * at a render can be far apart, and the record is not read for every one of them.
 */
final class Followed {
  private final Map<JobId, ProgressLog> logs = new ConcurrentHashMap<>();

  void begin(JobId job, ProgressLog log) {
    logs.put(job, log);
  }

  /** The job may be followed anew by then, which stays. */
  void end(JobId job, ProgressLog log) {
    logs.remove(job, log);
  }

  /** People want this job cancelled. What is not followed hears of it from its record. */
  void hear(JobId job) {
    ProgressLog log = logs.get(job);
    if (log != null) {
      Thread.ofVirtual().name("cancel").start(log::heedRecord);
    }
  }
}
