package dev.renderworker.local.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.renderworker.local.wire.Request;
import java.io.ByteArrayOutputStream;

/**
 * Undoes the {@code aws-chunked} encoding of an upload: chunks of {@code size;signature CRLF data
 * CRLF}, an empty chunk, then trailers, which are not looked at.
 */
final class AwsChunked {
  private final byte[] encoded;
  private int position;

  private AwsChunked(byte[] encoded) {
    this.encoded = encoded;
  }

  /** The content of an upload, whether it is encoded or not. */
  static byte[] content(Request request) {
    boolean chunked = request.header("X-Amz-Content-Sha256").orElse("").startsWith("STREAMING-");
    return chunked ? new AwsChunked(request.body()).decode() : request.body();
  }

  private byte[] decode() {
    ByteArrayOutputStream content = new ByteArrayOutputStream(encoded.length);
    for (int size = nextSize(); size > 0; size = nextSize()) {
      content.write(encoded, position, size);
      position += size + 2;
    }
    return content.toByteArray();
  }

  private int nextSize() {
    int end = position;
    while (encoded[end] != '\r') {
      end++;
    }
    String line = new String(encoded, position, end - position, ISO_8859_1);
    position = end + 2;
    int extension = line.indexOf(';');
    return Integer.parseInt(extension < 0 ? line : line.substring(0, extension), 16);
  }
}
