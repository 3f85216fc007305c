package dev.renderworker.remotion.answer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * What Lambda charges in a region, as Remotion reckons it (Remotion Lambda protocol, 12.4); in USD,
 * in China in CNY.
 *
 * @param request of one invocation
 * @param gigabyteSecond of memory
 * @param diskGigabyteSecond of ephemeral storage above 512 MB
 */
record LambdaPrice(BigDecimal request, BigDecimal gigabyteSecond, BigDecimal diskGigabyteSecond) {
  /** What Remotion reckons with, whatever the function has. */
  private static final int DISK_IN_MB = 10_240;

  private static final int FREE_DISK_IN_MB = 512;
  private static final BigDecimal MB_MILLIS_PER_GB_SECOND = BigDecimal.valueOf(1024 * 1000);
  private static final int PRECISION = 15;

  private static final Map<String, LambdaPrice> BY_REGION =
      Map.ofEntries(
          price("af-south-1", "0.00000027", "0.0000176800", "0.0000000404"),
          price("ap-east-1", "0.00000028", "0.0000183000", "0.0000000407"),
          usual("ap-northeast-1", "0.0000000370"),
          usual("ap-northeast-3", "0.0000000370"),
          usual("ap-southeast-1", "0.0000000370"),
          usual("ap-southeast-2", "0.0000000370"),
          usual("ap-southeast-4", "0.0000000370"),
          usual("us-west-1", "0.0000000370"),
          usual("ap-northeast-2", "0.0000000352"),
          usual("ap-south-1", "0.0000000352"),
          price("ap-southeast-5", "0.00000018", "0.0000120000", "0.0000000333"),
          usual("ca-central-1", "0.0000000340"),
          usual("eu-west-1", "0.0000000340"),
          usual("eu-central-1", "0.0000000367"),
          price("eu-central-2", "0.00000022", "0.0000146667", "0.0000000441"),
          usual("eu-north-1", "0.0000000323"),
          price("eu-south-1", "0.00000023", "0.0000156138", "0.0000000357"),
          usual("eu-west-2", "0.0000000358"),
          usual("eu-west-3", "0.0000000358"),
          usual("sa-east-1", "0.0000000586"),
          usual("us-east-1", "0.0000000309"),
          usual("us-east-2", "0.0000000309"),
          usual("us-west-2", "0.0000000309"),
          price("cn-north-1", "0.00000136", "0.0000908000", "0.0000002303"),
          price("cn-northwest-1", "0.00000136", "0.0000908000", "0.0000002049"));

  private static Map.Entry<String, LambdaPrice> usual(String region, String disk) {
    return price(region, "0.00000020", "0.0000133334", disk);
  }

  private static Map.Entry<String, LambdaPrice> price(
      String region, String request, String gigabyteSecond, String disk) {
    return Map.entry(
        region,
        new LambdaPrice(
            new BigDecimal(request), new BigDecimal(gigabyteSecond), new BigDecimal(disk)));
  }

  /** The price in a region; empty for one that Remotion does not run in. */
  static Optional<LambdaPrice> in(String region) {
    return Optional.ofNullable(BY_REGION.get(region));
  }

  /** Of the currency that a region is billed in, before an amount. */
  static String currencySymbol(String region) {
    return region.startsWith("cn-") ? "¥" : "$";
  }

  /** Memory for a time. */
  BigDecimal ofMemory(int megabytes, long millis) {
    return gigabyteSecond.multiply(gigabyteSeconds(megabytes, millis));
  }

  /**
   * Everything that a number of invocations cost together.
   *
   * @param millis the sum of their times
   */
  BigDecimal of(int megabytes, long millis, int invocations) {
    return ofMemory(megabytes, millis)
        .add(diskGigabyteSecond.multiply(gigabyteSeconds(DISK_IN_MB - FREE_DISK_IN_MB, millis)))
        .add(request.multiply(BigDecimal.valueOf(invocations)));
  }

  private static BigDecimal gigabyteSeconds(int megabytes, long millis) {
    return BigDecimal.valueOf(megabytes)
        .multiply(BigDecimal.valueOf(millis))
        .divide(MB_MILLIS_PER_GB_SECOND, PRECISION, RoundingMode.HALF_UP);
  }
}
