package dev.renderworker.remotion;

import static java.util.Objects.requireNonNull;

import dev.renderworker.remotion.client.RemotionDefaults;
import dev.renderworker.remotion.request.InputBuckets;
import java.time.Duration;

/**
 * How the worker uses Remotion.
 *
 * @param defaults what applies to renders whose message does not say otherwise
 * @param inputBuckets the buckets that messages may point into
 * @param lateLaunch how long after a render should have been over its start may still come: AWS can
 *     deliver the launch late, up to the function's maximum event age (Remotion Lambda protocol,
 *     10.4)
 * @param oneOutputPerJob whether all renders of a job have the same place for their output, and
 *     only the first to end leaves one; where its message does not say where
 */
public record RemotionSettings(
    RemotionDefaults defaults,
    InputBuckets inputBuckets,
    Duration lateLaunch,
    boolean oneOutputPerJob) {
  /** Rejects null and a negative duration. */
  public RemotionSettings {
    requireNonNull(defaults, "defaults");
    requireNonNull(inputBuckets, "inputBuckets");
    if (lateLaunch.isNegative()) {
      throw new IllegalArgumentException("lateLaunch: not below zero, not " + lateLaunch);
    }
  }
}
