package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.answer.Faults;
import dev.renderworker.remotion.answer.FunctionAnswer;
import dev.renderworker.remotion.answer.FunctionName;
import dev.renderworker.remotion.answer.ProgressFile;
import dev.renderworker.remotion.answer.RenderMetadata;
import dev.renderworker.remotion.answer.StatusAnswer;
import dev.renderworker.remotion.request.Payloads;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads how far a render is: from the bucket, which is cheap and takes no Lambda concurrency; from
 * the function where the bucket is closed to us or the function has a name of its own (Remotion
 * Lambda protocol, 5.1 and 5.4).
 */
final class ProgressReader {
  private static final ObjectMapper JSON = new JsonMapper();
  private static final int FORBIDDEN = 403;

  private static final Pattern NOTHING_THERE =
      Pattern.compile("NoSuchKey|specified key does not exist|No render with ID");

  private final ClientPool pool;
  private final FunctionVersions versions;

  private final InstantSource clock;

  ProgressReader(ClientPool pool, FunctionVersions versions, InstantSource clock) {
    this.pool = pool;
    this.versions = versions;
    this.clock = clock;
  }

  ProgressReading read(RenderHandle render, RenderRequest request) {
    RegionClients clients = pool.in(render.region());
    Optional<ProgressReading> fromBucket =
        FunctionName.parse(render.functionName()).isPresent()
            ? fromBucket(clients.s3(), render)
            : Optional.empty();
    return fromBucket.orElseGet(() -> fromFunction(clients, render, request));
  }

  /** The progress file's content. */
  static JsonNode file(S3Client s3, String bucket, String renderId) {
    return content(object(s3, bucket, renderId));
  }

  private static ResponseBytes<GetObjectResponse> object(
      S3Client s3, String bucket, String renderId) {
    return s3.getObjectAsBytes(g -> g.bucket(bucket).key("renders/" + renderId + "/progress.json"));
  }

  private static JsonNode content(ResponseBytes<GetObjectResponse> object) {
    return JSON.readTree(object.asByteArrayUnsafe());
  }

  /** Empty when we may not read there. */
  private Optional<ProgressReading> fromBucket(S3Client s3, RenderHandle render) {
    try {
      return Optional.of(seen(object(s3, render.bucketName(), render.renderId()), render));
    } catch (NoSuchKeyException _) {
      return Optional.of(new ProgressReading.Nothing("the render's progress.json is gone"));
    } catch (SdkException e) {
      return e instanceof S3Exception answer && answer.statusCode() == FORBIDDEN
          ? Optional.empty()
          : Optional.of(new ProgressReading.Failed(AwsFailures.of(e)));
    } catch (JacksonException _) {
      return Optional.of(new ProgressReading.Nothing("the render's progress.json is not JSON"));
    }
  }

  private ProgressReading seen(ResponseBytes<GetObjectResponse> object, RenderHandle render) {
    JsonNode file = content(object);
    return RenderMetadata.in(file).filter(RenderMetadata::isOfStill).isPresent()
        ? new ProgressReading.Nothing("a still has no progress: it is finished when it is answered")
        : new ProgressReading.Seen(
            ProgressFile.read(file, render, clock.instant()),
            Optional.ofNullable(object.response().lastModified()));
  }

  private ProgressReading fromFunction(
      RegionClients clients, RenderHandle render, RenderRequest request) {
    try {
      String version = versions.of(clients, render.functionName());
      FunctionAnswer answer = status(clients, render, version, request);
      if (isWorthASecondTry(answer)) {
        String current = currentVersion(answer, version, clients, render);
        answer = status(clients, render, current, request);
      }
      return reading(answer, render);
    } catch (RemotionException e) {
      return new ProgressReading.Failed(e.failure());
    }
  }

  private static FunctionAnswer status(
      RegionClients clients, RenderHandle render, String version, RenderRequest request)
      throws RemotionException {
    return FunctionCall.patiently(
        clients.patient(),
        render.functionName(),
        SdkBytes.fromUtf8String(Payloads.status(render, version, Payloads.statusOptions(request))));
  }

  /**
   * One answer that was thrown may be a leftover of another invocation in the same environment
   * (Remotion Lambda protocol, 19.14).
   */
  private static boolean isWorthASecondTry(FunctionAnswer answer) {
    return answer instanceof FunctionAnswer.Crashed crashed
        && !NOTHING_THERE.matcher(crashed.errorType() + crashed.message()).find();
  }

  private String currentVersion(
      FunctionAnswer answer, String sent, RegionClients clients, RenderHandle render)
      throws RemotionException {
    return isMismatch(answer) ? versions.otherThan(sent, clients, render.functionName()) : sent;
  }

  private static boolean isMismatch(FunctionAnswer answer) {
    return answer instanceof FunctionAnswer.Crashed crashed
        && crashed.message().startsWith("Version mismatch");
  }

  private static ProgressReading reading(FunctionAnswer answer, RenderHandle render) {
    return switch (answer) {
      case FunctionAnswer.Success success ->
          new ProgressReading.Seen(StatusAnswer.read(success.body(), render), Optional.empty());
      case FunctionAnswer.Crashed crashed when isMismatch(answer) ->
          new ProgressReading.Failed(Faults.of(ErrorCode.VERSION_MISMATCH, crashed.message()));
      case FunctionAnswer.Crashed crashed -> new ProgressReading.Nothing(crashed.message());
      case FunctionAnswer.Refused refused -> new ProgressReading.Nothing(refused.message());
      case FunctionAnswer.Unreadable unreadable -> new ProgressReading.Nothing(unreadable.reason());
    };
  }
}
