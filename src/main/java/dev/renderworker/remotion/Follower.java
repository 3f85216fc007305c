package dev.renderworker.remotion;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.worker.Sighting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Looks at started renders, and tells them to end. */
final class Follower {
  private final ClientPool pool;
  private final ProgressReader reader;
  private final RenderJudge judge;
  private final InstantSource clock;

  Follower(ClientPool pool, ProgressReader reader, RenderJudge judge, InstantSource clock) {
    this.pool = pool;
    this.reader = reader;
    this.judge = judge;
    this.clock = clock;
  }

  Sighting look(RenderHandle render, Instant startedAt) {
    return switch (reader.read(render)) {
      case ProgressReader.Reading.Seen seen ->
          judge.judge(seen.progress(), clock.instant(), () -> output(render, seen.progress()));
      case ProgressReader.Reading.Nothing nothing ->
          judge.withoutProgress(render, startedAt, clock.instant(), nothing.why());
      case ProgressReader.Reading.Failed failed -> new Sighting.Unseen(failed.failure());
    };
  }

  private OutputProbe output(RenderHandle render, RenderProgress progress) {
    return progress
        .metadata()
        .map(known -> OutputLocation.of(known, render))
        .map(location -> OutputProbe.look(pool.in(render.region()).s3(), location))
        .orElseGet(OutputProbe.Unknown::new);
  }

  /** Only the file's existence matters to the render (Remotion Lambda protocol, 7). */
  Optional<Failure> cancel(RenderHandle render) {
    S3Client s3 = pool.in(render.region()).s3();
    try {
      s3.putObject(
          p ->
              p.bucket(render.bucketName())
                  .key("renders/" + render.renderId() + "/cancel.json")
                  .contentType("application/json"),
          RequestBody.fromString("{\"cancelledAt\":" + clock.millis() + "}"));
      return Optional.empty();
    } catch (SdkException e) {
      return Optional.of(AwsFailures.of(e));
    }
  }
}
