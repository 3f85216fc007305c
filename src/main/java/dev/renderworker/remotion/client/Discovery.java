package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.remotion.answer.FunctionName;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.model.Bucket;

/**
 * Finds function and bucket by the names that Remotion gives them (Remotion Lambda protocol, 8).
 */
final class Discovery {
  private static final String BUCKET_PREFIX = "remotionlambda-";

  /** The protocol is that of Remotion 4; within it a function says its version itself. */
  private static final String COMPATIBLE = FunctionName.PREFIX + "4-";

  private static final Comparator<Named> BEST_LAST =
      Comparator.comparing((Named named) -> named.parsed().versionNumbers(), Discovery::compare)
          .thenComparing(named -> named.parsed().timeout())
          .thenComparing(Named::name);

  private Discovery() {}

  /**
   * The function of the newest version that is compatible with this client, among several of it the
   * one that may run longest.
   *
   * @throws RemotionException when there is none, or the functions can't be listed
   */
  static String function(RegionClients clients) throws RemotionException {
    try {
      return clients.patient().listFunctionsPaginator().functions().stream()
          .map(FunctionConfiguration::functionName)
          .filter(name -> name.startsWith(COMPATIBLE))
          .flatMap(name -> FunctionName.parse(name).map(p -> new Named(name, p)).stream())
          .max(BEST_LAST)
          .map(Named::name)
          .orElseThrow(
              () ->
                  RemotionException.of(
                      ErrorCode.FUNCTION_MISSING,
                      "there is no function in %s whose name begins with %s"
                          .formatted(clients.region(), COMPATIBLE)));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }

  /**
   * The region's one render bucket. There has to be exactly one: of several the function would
   * refuse to choose, and without one it would make a public one.
   */
  static String bucket(RegionClients clients) throws RemotionException {
    String prefix = BUCKET_PREFIX + clients.region().replace("-", "") + "-";
    List<String> buckets = buckets(clients, prefix);
    if (buckets.size() == 1) {
      return buckets.getFirst();
    }
    throw RemotionException.of(
        ErrorCode.BUCKET_REFUSED,
        "there are %d buckets whose name begins with %s; the one to use has to be configured"
            .formatted(buckets.size(), prefix));
  }

  private static List<String> buckets(RegionClients clients, String prefix)
      throws RemotionException {
    try {
      return clients.s3().listBucketsPaginator(b -> b.prefix(prefix)).buckets().stream()
          .map(Bucket::name)
          .filter(name -> name.startsWith(prefix))
          .toList();
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int difference = Integer.compare(left.get(i), right.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private record Named(String name, FunctionName parsed) {}
}
