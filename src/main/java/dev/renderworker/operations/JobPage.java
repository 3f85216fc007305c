package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A part of the list of jobs.
 *
 * @param jobs newest first, without what is long: history, request, errors
 * @param next where the next page begins; empty when this was the last one
 */
public record JobPage(List<JobView> jobs, Optional<JobCursor> next) {
  /** Rejects null. */
  public JobPage {
    jobs = List.copyOf(jobs);
    requireNonNull(next, "next");
  }
}
