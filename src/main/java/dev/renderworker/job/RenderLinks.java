package dev.renderworker.job;

/**
 * Where people see a render in the AWS console, as the official client tells them (Remotion Lambda
 * protocol, 2.2); for whoever may see it there.
 *
 * @param rendererLogs the logs of a media render's chunks
 * @param mainLogs the log of the main function
 * @param folder the render's folder in S3
 * @param progressFile a media render's {@code progress.json}
 */
public record RenderLinks(
    String rendererLogs, String mainLogs, String folder, String progressFile) {

  /**
   * The links of a media render.
   *
   * @param request what was asked for: its chunks may be another function's
   */
  public static RenderLinks of(RenderHandle render, RenderRequest request) {
    return new RenderLinks(
        logs(
            render, request.text("rendererFunctionName").orElse(render.functionName()), "renderer"),
        logs(render, render.functionName(), "launch"),
        folder(render),
        progressFile(render));
  }

  /** The log of a still, which has one function and no progress file. */
  public static String stillLogs(RenderHandle render) {
    return logs(render, render.functionName(), "still");
  }

  /** The folder in S3 of a media render or a still. */
  public static String folder(RenderHandle render) {
    return "https://s3.console.%s/s3/buckets/%s?region=%s&prefix=renders/%s/"
        .formatted(
            consoleDomain(render.region()),
            render.bucketName(),
            render.region(),
            render.renderId());
  }

  private static String progressFile(RenderHandle render) {
    return ("https://%s.console.%s/s3/object/%s?region=%s&bucketType=general"
            + "&prefix=renders/%s/progress.json")
        .formatted(
            render.region(),
            consoleDomain(render.region()),
            render.bucketName(),
            render.region(),
            render.renderId());
  }

  private static String logs(RenderHandle render, String functionName, String method) {
    return ("https://%s.console.%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/"
            + "$252Faws$252Flambda$252F%s/log-events$3FfilterPattern$3D"
            + "$2522method$253D%s$252CrenderId$253D%s$2522")
        .formatted(
            render.region(),
            consoleDomain(render.region()),
            render.region(),
            functionName,
            method,
            render.renderId());
  }

  private static String consoleDomain(String region) {
    return region.startsWith("cn-") ? "amazonaws.cn" : "aws.amazon.com";
  }

  /** The unsigned URL that the function reports for an output (Remotion Lambda protocol, 2.5). */
  public static String outputUrl(String region, String bucket, String key) {
    String suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://s3.%s.%s/%s/%s".formatted(region, suffix, bucket, key);
  }
}
