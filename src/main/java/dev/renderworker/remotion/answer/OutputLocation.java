package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a media render puts its output (Remotion Lambda protocol, 2.5).
 *
 * @param readable whether it is in S3 and not with another provider, whose credentials we lack
 */
public record OutputLocation(String bucket, String key, boolean readable) {

  /** The location of a render with that metadata. */
  public static OutputLocation of(RenderMetadata metadata, RenderHandle render) {
    JsonNode outName = metadata.outName();
    if (outName.isObject()) {
      return new OutputLocation(
          outName.path("bucketName").asString(""),
          outName.path("key").asString(""),
          outName.path("s3OutputProvider").isMissingNode());
    }
    String name = outName.isString() ? outName.stringValue() : "out." + defaultExtension(metadata);
    return new OutputLocation(
        render.bucketName(), "renders/" + render.renderId() + "/" + name, true);
  }

  private static String defaultExtension(RenderMetadata metadata) {
    return metadata
        .codec()
        .flatMap(codec -> codec.extensions(metadata.audioCodec()).stream().findFirst())
        .orElse("mp4");
  }

  /** The location with the URL that the function reports. */
  public RenderOutput.Location reportedAs(Optional<String> url, String region) {
    return new RenderOutput.Location(
        url.orElseGet(() -> RenderLinks.outputUrl(region, bucket, key)), bucket, key);
  }
}
