package dev.renderworker.remotion.client;

import dev.renderworker.remotion.answer.OutputLocation;
import java.time.Instant;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a look for an output in the bucket shows. */
public sealed interface OutputProbe {

  /** There is one. */
  record Present(long sizeInBytes, Instant lastModified) implements OutputProbe {}

  /** There is none. */
  record Absent() implements OutputProbe {}

  /** We may not look, or can't. */
  record Unknown() implements OutputProbe {}

  /** Looks. Without the right to list the bucket a missing object looks like a forbidden one. */
  static OutputProbe look(S3Client s3, OutputLocation location) {
    if (!location.readable()) {
      return new Unknown();
    }
    try {
      HeadObjectResponse head = s3.headObject(h -> h.bucket(location.bucket()).key(location.key()));
      return new Present(head.contentLength(), head.lastModified());
    } catch (S3Exception e) {
      return e.statusCode() == 404 ? new Absent() : new Unknown();
    } catch (SdkException _) {
      return new Unknown();
    }
  }
}
