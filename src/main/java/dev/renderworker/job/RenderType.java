package dev.renderworker.job;

/** What a job renders: the message field {@code type}. */
public enum RenderType {
  /** A video, audio or GIF, by {@code renderMediaOnLambda()}. */
  MEDIA,
  /** One frame as an image, by {@code renderStillOnLambda()}. */
  STILL;

  /** The value as messages and records write it. */
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
