package dev.renderworker.jobtable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * A message body as the record keeps it.
 *
 * @param text the body, or its beginning
 * @param truncated whether there was more
 */
record RequestText(String text, boolean truncated) {
  /** A DynamoDB item takes 400 KB, and each update of a large one costs by its whole size. */
  private static final int MAX_BYTES = 100 * 1024;

  static RequestText of(String body) {
    // In UTF-8, a char takes at most three bytes.
    if (body.length() <= MAX_BYTES / 3) {
      return new RequestText(body, false);
    }
    ByteBuffer room = ByteBuffer.allocate(MAX_BYTES);
    CharBuffer rest = CharBuffer.wrap(body);
    // Stops before a character that does not fit whole.
    UTF_8.newEncoder().encode(rest, room, true);
    return rest.hasRemaining()
        ? new RequestText(body.substring(0, rest.position()), true)
        : new RequestText(body, false);
  }
}
