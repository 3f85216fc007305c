package dev.renderworker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares values that have to agree; passes over what has a mistake of its own. */
final class Consistency {
  private static final int BEATS_BEFORE_STALE = 3;
  private static final Pattern SQS_HOST =
      Pattern.compile("https://sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?/.*");
  private static final Pattern PARTITION = Pattern.compile("arn:(aws[a-z-]*):.*");

  private final Values values;
  private final List<String> mistakes = new ArrayList<>();

  private Consistency(Values values) {
    this.values = values;
  }

  static List<String> mistakes(Values values) {
    Consistency consistency = new Consistency(values);
    consistency.checkNumbers();
    consistency.checkNames();
    return consistency.mistakes;
  }

  private void checkNumbers() {
    compare(Variable.RETRY_BACKOFF_MAX_SECONDS, 1, Variable.RETRY_BACKOFF_SECONDS);
    compare(Variable.PROGRESS_MAX_INTERVAL_MS, 1, Variable.PROGRESS_MIN_INTERVAL_MS);
    compare(Variable.VISIBILITY_TIMEOUT_SECONDS, 1, Variable.HEARTBEAT_SECONDS);
    compare(Variable.STALE_AFTER_SECONDS, BEATS_BEFORE_STALE, Variable.HEARTBEAT_SECONDS);
  }

  private void compare(Variable larger, int times, Variable smaller) {
    String allowed = (times == 1 ? "" : times + " times ") + smaller;
    require(
        larger,
        smaller,
        (high, low) -> Long.parseLong(high) >= times * Long.parseLong(low),
        "allowed: at least " + allowed);
  }

  private void checkNames() {
    require(
        Variable.WORKERS_TABLE,
        Variable.JOBS_TABLE,
        (workers, jobs) -> !workers.equals(jobs),
        "allowed: another table than JOBS_TABLE");
    require(
        Variable.SQS_QUEUE_URL,
        Variable.AWS_REGION,
        (url, region) -> {
          Matcher host = SQS_HOST.matcher(url);
          return !host.matches() || host.group(1).equals(region);
        },
        "allowed: a queue in AWS_REGION");
    require(
        Variable.REMOTION_ROLE_ARN,
        Variable.AWS_REGION,
        (arn, region) -> {
          Matcher partition = PARTITION.matcher(arn);
          return partition.matches() && partition.group(1).equals(partition(region));
        },
        "allowed: a role in the partition of AWS_REGION");
  }

  private static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  private void require(
      Variable one, Variable other, BiPredicate<String, String> agree, String allowed) {
    String first = values.find(one).orElse(null);
    String second = values.find(other).orElse(null);
    if (first != null && second != null && !agree.test(first, second)) {
      mistakes.add(
          "%s is \"%s\" and %s is \"%s\"; %s".formatted(one, first, other, second, allowed));
    }
  }
}
