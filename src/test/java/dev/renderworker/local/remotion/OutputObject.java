package dev.renderworker.local.remotion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.s3.StoredObject;
import java.time.Instant;

/** What a render leaves as its video: a few bytes that say whose they are. */
final class OutputObject {
  private OutputObject() {}

  static StoredObject of(Render render, Instant now) {
    return new StoredObject(bytes(render), "video/" + render.request().videoExtension(), now);
  }

  static int size(Render render) {
    return bytes(render).length;
  }

  static String url(Render render) {
    return url(render.deployment().function().region(), render.outputBucket(), render.outputKey());
  }

  static String url(String region, String bucket, String key) {
    return "https://s3." + region + ".amazonaws.com/" + bucket + "/" + key;
  }

  private static byte[] bytes(Render render) {
    String composition = render.request().text("composition");
    return "stand-in for %s of render %s\n".formatted(composition, render.id()).getBytes(UTF_8);
  }
}
