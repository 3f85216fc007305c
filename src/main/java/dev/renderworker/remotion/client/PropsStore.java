package dev.renderworker.remotion.client;

import dev.renderworker.remotion.request.InputProps;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts large input props where the function reads them. The render deletes them when it ends, so
 * each attempt has an object of its own (Remotion Lambda protocol, 3.2).
 */
final class PropsStore {
  private static final Logger log = LoggerFactory.getLogger(PropsStore.class);
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int HASH_LENGTH = 10;

  private final RandomGenerator random;

  PropsStore(RandomGenerator random) {
    this.random = random;
  }

  /** Stores props under a {@link #newHash()}. */
  void put(S3Client s3, String bucket, String hash, InputProps props) throws RemotionException {
    try {
      s3.putObject(
          p -> p.bucket(bucket).key(key(hash)).contentType("application/json"),
          RequestBody.fromBytes(props.bytes()));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }

  /** The hash by which a payload names its props. */
  String newHash() {
    return random
        .ints(HASH_LENGTH, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /** Deletes props that no render will read. */
  void delete(S3Client s3, String bucket, String hash) {
    try {
      s3.deleteObject(d -> d.bucket(bucket).key(key(hash)));
    } catch (SdkException e) {
      log.warn("Input props {} stay in bucket {}: they could not be deleted", key(hash), bucket, e);
    }
  }

  private static String key(String hash) {
    return "input-props/" + hash + ".json";
  }
}
