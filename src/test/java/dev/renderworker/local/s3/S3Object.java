package dev.renderworker.local.s3;

import java.time.Instant;

/** What lies under a key. */
public interface S3Object {
  /** The content now; not to be changed. */
  byte[] bytes();

  /** When the content was written. */
  Instant lastModified();

  /** The media type. */
  String contentType();
}
