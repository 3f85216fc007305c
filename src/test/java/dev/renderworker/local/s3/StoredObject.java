package dev.renderworker.local.s3;

import java.time.Instant;

/** An object as it was put. */
public final class StoredObject implements S3Object {
  private final byte[] bytes;
  private final String contentType;
  private final Instant lastModified;

  /** An object put at that time. */
  public StoredObject(byte[] bytes, String contentType, Instant lastModified) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.lastModified = lastModified;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public Instant lastModified() {
    return lastModified;
  }

  @Override
  public String contentType() {
    return contentType;
  }
}
