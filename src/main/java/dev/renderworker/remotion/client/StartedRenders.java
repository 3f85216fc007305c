package dev.renderworker.remotion.client;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.answer.RenderMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.core.JacksonException;

/**
 * Finds the render of a start whose answer was lost, by the correlation that the start carried and
 * the render's progress shows (Remotion Lambda protocol, 14.2 and 14.4).
 */
final class StartedRenders {
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final String FOLDER = "renders/";
  private static final String FILE = "/progress.json";

  private final Targets targets;

  StartedRenders(Targets targets) {
    this.targets = targets;
  }

  Optional<RenderHandle> find(RenderRequest request, Map<String, String> correlation, Instant since)
      throws RemotionException {
    try {
      return search(request, correlation, since);
    } catch (RemotionException e) {
      throw new RemotionException(targets.blame(e.failure(), request), e);
    } catch (SdkException e) {
      throw new RemotionException(targets.blame(AwsFailures.of(e), request), e);
    }
  }

  private Optional<RenderHandle> search(
      RenderRequest request, Map<String, String> correlation, Instant since)
      throws RemotionException {
    String bucket = targets.bucket(request);
    RegionClients clients = targets.clients(request);
    String prefix = FOLDER + request.text("deleteAfter").map(d -> d + "-").orElse("");
    return clients
        .s3()
        .listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .filter(object -> object.key().endsWith(FILE))
        .filter(object -> !object.lastModified().isBefore(since.minus(SKEW)))
        .map(StartedRenders::renderId)
        .flatMap(id -> match(correlation, clients, bucket, id).stream())
        .findFirst();
  }

  private static String renderId(S3Object progress) {
    String key = progress.key();
    return key.substring(FOLDER.length(), key.length() - FILE.length());
  }

  private static Optional<RenderHandle> match(
      Map<String, String> correlation, RegionClients clients, String bucket, String renderId) {
    return metadata(clients.s3(), bucket, renderId)
        .filter(known -> known.carries(correlation))
        .map(known -> new RenderHandle(renderId, bucket, known.functionName(), clients.region()));
  }

  /** Empty also for a render that was deleted since it was listed. */
  private static Optional<RenderMetadata> metadata(S3Client s3, String bucket, String renderId) {
    try {
      return RenderMetadata.in(ProgressReader.file(s3, bucket, renderId));
    } catch (NoSuchKeyException | JacksonException _) {
      return Optional.empty();
    }
  }
}
