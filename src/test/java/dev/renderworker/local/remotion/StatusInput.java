package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionConfiguration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code status} computes from.
 *
 * @param renderId the render
 * @param bucket its bucket
 * @param progress its progress file
 * @param function the function that answers: its timeout is the one that counts
 * @param now the time of the answer
 */
record StatusInput(
    String renderId,
    String bucket,
    ObjectNode progress,
    FunctionConfiguration function,
    Instant now) {
  JsonNode metadata() {
    return progress.path("renderMetadata");
  }

  boolean isDone() {
    return progress.path("postRenderData").isObject();
  }

  int frames() {
    int first = metadata().path("frameRange").path(0).asInt(0);
    int last = metadata().path("frameRange").path(1).asInt(0);
    int step = Math.max(1, metadata().path("everyNthFrame").asInt(1));
    return (last - first) / step + 1;
  }

  /** What the renderer functions have run so far, all together. */
  long billedMillis() {
    long since = now.toEpochMilli() - metadata().path("startedDate").asLong(now.toEpochMilli());
    return progress.path("lambdasInvoked").asLong(0) * since;
  }

  int chunksDone() {
    return progress.path("chunks").size();
  }

  boolean allChunksDone() {
    return metadata().isObject() && chunksDone() == metadata().path("totalChunks").asInt(0);
  }

  /** Whether the time since the start is more than so many timeouts and 20 s. */
  boolean isLaterThan(int timeouts) {
    long deadline =
        metadata().path("startedDate").asLong(0)
            + timeouts * function.timeout().toMillis()
            + 20_000;
    return metadata().isObject() && now.toEpochMilli() > deadline;
  }

  String outputBucket() {
    return metadata().path("outName").path("bucketName").asString(bucket);
  }

  String outputKey() {
    StartRequest described = new StartRequest((ObjectNode) metadata(), bucket, metadata());
    return described.outputKey(renderId, described.videoExtension());
  }
}
