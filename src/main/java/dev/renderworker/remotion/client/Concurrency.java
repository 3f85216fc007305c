package dev.renderworker.remotion.client;

import dev.renderworker.check.Finding;

/**
 * How many functions the account may run at once, and how many renders are to share them.
 *
 * @param quota of the region, less what other functions have reserved
 */
record Concurrency(int quota, int renders) {
  /** One function that leads, and at least one that renders (Remotion Lambda protocol, 1). */
  private static final int LEAST_OF_A_RENDER = 2;

  Finding finding(String check) {
    String facts =
        "%d functions at once in this account and region, %d for each of %d renders"
            .formatted(quota, quota / renders, renders);
    if (quota >= renders * LEAST_OF_A_RENDER) {
      return new Finding.Passed(check, facts);
    }
    return new Finding.Weak(
        check,
        facts + ": a render takes at least " + LEAST_OF_A_RENDER + ", so Lambda will throttle.",
        "Set MAX_CONCURRENT_RENDERS to %d or less, or raise Lambda's quota \"Concurrent executions\":%n"
                .formatted(Math.max(1, quota / LEAST_OF_A_RENDER))
            + "  aws service-quotas request-service-quota-increase --service-code lambda"
            + " --quota-code L-B99A9384 --desired-value 1000");
  }
}
