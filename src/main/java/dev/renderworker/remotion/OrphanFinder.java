package dev.renderworker.remotion;

import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderType;
import dev.renderworker.worker.OrphanSearch;
import dev.renderworker.worker.RenderOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.core.JacksonException;

/**
 * Finds the render of a start whose answer was lost, by the job id and attempt that the start
 * carried and the render's progress shows (Remotion Lambda protocol, 14.2 and 14.4).
 */
final class OrphanFinder {
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final String FOLDER = "renders/";
  private static final String FILE = "/progress.json";

  private final Targets targets;
  private final Duration lateLaunch;
  private final InstantSource clock;

  OrphanFinder(Targets targets, Duration lateLaunch, InstantSource clock) {
    this.targets = targets;
    this.lateLaunch = lateLaunch;
    this.clock = clock;
  }

  /** A still is over when its answer comes, and carries nothing to find it by. */
  OrphanSearch find(RenderOrder order, Instant since) {
    if (order.request().type() == RenderType.STILL) {
      return new OrphanSearch.None();
    }
    try {
      Optional<RenderHandle> found = search(order, since);
      return found
          .<OrphanSearch>map(OrphanSearch.Found::new)
          .orElseGet(
              () ->
                  clock.instant().isBefore(since.plus(lateLaunch).plus(SKEW))
                      ? new OrphanSearch.NotYet()
                      : new OrphanSearch.None());
    } catch (CallFailedException e) {
      return new OrphanSearch.Unknown(targets.blame(e.failure(), order.request()));
    } catch (SdkException e) {
      return new OrphanSearch.Unknown(targets.blame(AwsFailures.of(e), order.request()));
    }
  }

  private Optional<RenderHandle> search(RenderOrder order, Instant since)
      throws CallFailedException {
    String bucket = targets.bucket(order.request());
    RegionClients clients = targets.clients(order.request());
    String prefix = FOLDER + order.request().text("deleteAfter").map(d -> d + "-").orElse("");
    return clients
        .s3()
        .listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .filter(object -> object.key().endsWith(FILE))
        .filter(object -> !object.lastModified().isBefore(since.minus(SKEW)))
        .map(OrphanFinder::renderId)
        .flatMap(id -> match(order.ownership(), clients, bucket, id).stream())
        .findFirst();
  }

  private static String renderId(S3Object progress) {
    String key = progress.key();
    return key.substring(FOLDER.length(), key.length() - FILE.length());
  }

  private static Optional<RenderHandle> match(
      Ownership ownership, RegionClients clients, String bucket, String renderId) {
    return metadata(clients.s3(), bucket, renderId)
        .filter(known -> known.correlatesTo(ownership.jobId().value(), ownership.attempt()))
        .map(
            known ->
                new RenderHandle(
                    renderId,
                    bucket,
                    known.json().path("functionName").asString(""),
                    clients.region()));
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
