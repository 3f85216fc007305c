package dev.renderworker.http;

import dev.renderworker.operations.JobView;
import java.util.Map;

/** Where else a person can look at a job. */
@FunctionalInterface
public interface JobLinks {

  /** Addresses by what is there, such as {@code mainLogs}; none for a job without a render. */
  Map<String, String> of(JobView job);
}
