package dev.renderworker.job;

import java.util.regex.Pattern;

/**
 * The key of a job: chosen by the producer, else the SQS message id.
 *
 * @param value 1 to 128 characters: letters, digits and {@code . _ : -}, the first a letter or
 *     digit
 */
public record JobId(String value) {
  /** What a job id looks like, as a regular expression. */
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

  private static final Pattern VALID = Pattern.compile(PATTERN);

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException when it is no valid job id
   */
  public JobId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("a job id has to match " + PATTERN);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
