package dev.renderworker.http;

import dev.renderworker.http.EndedJobs.Ended;
import dev.renderworker.job.JobStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the ends of jobs, for people: by steps of the last hour, and over the day. */
final class LastHour {
  private static final int STEPS = 30;
  private static final Duration STEP = Duration.ofMinutes(2);

  private LastHour() {}

  /** Numbers of jobs in each step, the oldest first; the last step is the one under way. */
  static List<Map<String, Object>> steps(Collection<Ended> ends, Instant now) {
    Instant end = Instant.ofEpochSecond(now.getEpochSecond() / STEP.toSeconds() * STEP.toSeconds());
    Instant begin = end.minus(STEP.multipliedBy(STEPS - 1L));
    int[] succeeded = new int[STEPS];
    int[] failed = new int[STEPS];
    for (Ended ended : ends) {
      long step =
          ended.at().isBefore(begin) ? -1 : Duration.between(begin, ended.at()).dividedBy(STEP);
      if (step >= 0 && step < STEPS) {
        succeeded[(int) step] += ended.status() == JobStatus.SUCCEEDED ? 1 : 0;
        failed[(int) step] += isFailure(ended.status()) ? 1 : 0;
      }
    }
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      steps.add(
          Map.of(
              "at", begin.plus(STEP.multipliedBy(step)).toString(),
              "succeeded", succeeded[step],
              "failed", failed[step]));
    }
    return steps;
  }

  /** What ended since midnight UTC, and what it cost. */
  static Map<String, Object> today(Collection<Ended> ends, Instant now) {
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    List<Ended> today = ends.stream().filter(ended -> !ended.at().isBefore(midnight)).toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("since", midnight.toString());
    fields.put("costUsd", today.stream().map(Ended::cost).reduce(BigDecimal.ZERO, BigDecimal::add));
    fields.put(
        "succeeded", today.stream().filter(ended -> ended.status() == JobStatus.SUCCEEDED).count());
    fields.put("failed", today.stream().filter(ended -> isFailure(ended.status())).count());
    return fields;
  }

  private static boolean isFailure(JobStatus status) {
    return status == JobStatus.FAILED || status == JobStatus.REJECTED;
  }
}
