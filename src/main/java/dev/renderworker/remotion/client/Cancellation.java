package dev.renderworker.remotion.client;

import dev.renderworker.job.RenderHandle;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Tells renders to end. */
final class Cancellation {
  private final ClientPool pool;
  private final InstantSource clock;

  Cancellation(ClientPool pool, InstantSource clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** Only the file's existence matters to the render (Remotion Lambda protocol, 7). */
  void ask(RenderHandle render) throws RemotionException {
    String key = "renders/" + render.renderId() + "/cancel.json";
    try {
      pool.in(render.region())
          .s3()
          .putObject(
              p -> p.bucket(render.bucketName()).key(key).contentType("application/json"),
              RequestBody.fromString("{\"cancelledAt\":" + clock.millis() + "}"));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }
}
