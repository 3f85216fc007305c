package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderHandle;

/**
 * Where a person looks at a render in the AWS console (Remotion Lambda protocol, 2.2).
 *
 * @param rendererLogs the logs of the chunks
 * @param mainLogs the log of the main function
 * @param folder the render's folder in S3
 * @param progressFile its {@code progress.json}
 */
public record RenderLinks(
    String rendererLogs, String mainLogs, String folder, String progressFile) {

  /** The links of a render; they work for whoever may see it in the console. */
  public static RenderLinks of(RenderHandle render) {
    String region = render.region();
    String folder = "renders/" + render.renderId() + "/";
    return new RenderLinks(
        logs(render, "renderer"),
        logs(render, "launch"),
        "https://s3.console.%s/s3/buckets/%s?region=%s&prefix=%s"
            .formatted(consoleDomain(region), render.bucketName(), region, folder),
        "https://%s.console.%s/s3/object/%s?region=%s&bucketType=general&prefix=%sprogress.json"
            .formatted(region, consoleDomain(region), render.bucketName(), region, folder));
  }

  private static String logs(RenderHandle render, String method) {
    return ("https://%s.console.%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/"
            + "$252Faws$252Flambda$252F%s/log-events$3FfilterPattern$3D"
            + "$2522method$253D%s$252CrenderId$253D%s$2522")
        .formatted(
            render.region(),
            consoleDomain(render.region()),
            render.region(),
            render.functionName(),
            method,
            render.renderId());
  }

  private static String consoleDomain(String region) {
    return region.startsWith("cn-") ? "amazonaws.cn" : "aws.amazon.com";
  }

  /** The unsigned URL that the function reports for an output (Remotion Lambda protocol, 2.5). */
  static String outputUrl(String region, String bucket, String key) {
    String suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://s3.%s.%s/%s/%s".formatted(region, suffix, bucket, key);
  }
}
