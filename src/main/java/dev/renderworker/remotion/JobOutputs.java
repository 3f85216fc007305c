package dev.renderworker.remotion;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.request.Codec;
import dev.renderworker.worker.RenderOrder;
import java.util.Optional;

/**
 * Gives each job one place for its output. The function writes nothing over another output, so of
 * two renders of a job only the one that ends first leaves one (Remotion Lambda protocol, 2.5).
 *
 * @param on whether a job has such a place; else each render has its own
 */
record JobOutputs(boolean on) {
  private static final int FINGERPRINT = 16;

  /**
   * The key in the render's bucket; empty where the render's own applies, or what the request says.
   *
   * <p>It begins as a render's does, for the bucket's rules that delete after some days go by that.
   * A job id that comes again with another request gets another place.
   */
  Optional<String> key(RenderOrder order) {
    RenderRequest request = order.request();
    boolean decided =
        request.type() == RenderType.STILL
            || request.options().get("outName") != null
            || Boolean.TRUE.equals(request.options().get("overwrite"));
    return on && !decided ? Optional.of(keyOf(order)) : Optional.empty();
  }

  private static String keyOf(RenderOrder order) {
    RenderRequest request = order.request();
    String print = request.fingerprint();
    return "renders/%sjob-%s-%s/out.%s"
        .formatted(
            request.text("deleteAfter").map(days -> days + "-").orElse(""),
            order.ownership().jobId(),
            print.substring(0, Math.min(FINGERPRINT, print.length())),
            extension(request));
  }

  private static String extension(RenderRequest request) {
    return Codec.named(request.text("codec").orElse("h264"))
        .flatMap(codec -> codec.extensions(request.text("audioCodec")).stream().findFirst())
        .orElse("mp4");
  }
}
