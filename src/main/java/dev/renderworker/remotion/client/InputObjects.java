package dev.renderworker.remotion.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.PointedText;
import dev.renderworker.remotion.request.InputBuckets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads what requests point to, from the allowed buckets only. */
record InputObjects(InputBuckets buckets) {

  /**
   * Reads one object.
   *
   * @param limit in bytes
   * @throws RemotionException when nobody can say whether it is there
   */
  PointedText read(S3Client s3, ObjectPointer pointer, int limit) throws RemotionException {
    Optional<String> refusal = buckets.refusal(pointer);
    if (refusal.isPresent()) {
      return new PointedText.Refused(refusal.get());
    }
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(g -> g.bucket(pointer.bucket()).key(pointer.key()))) {
      byte[] bytes = object.readNBytes(limit + 1);
      if (bytes.length > limit) {
        object.abort();
        return new PointedText.Refused("is larger than " + limit + " bytes: " + pointer);
      }
      return new PointedText.Found(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchKeyException _) {
      return new PointedText.Refused("does not exist: " + pointer);
    } catch (CharacterCodingException _) {
      return new PointedText.Refused("is no UTF-8 text: " + pointer);
    } catch (IOException e) {
      throw RemotionException.of(
          ErrorCode.SERVICE_UNAVAILABLE, "reading " + pointer + " broke off: " + e.getMessage());
    } catch (SdkException e) {
      return refusedOrFailed(pointer, new RemotionException(AwsFailures.of(e), e));
    }
  }

  /** The bucket is the message's choice. */
  private static PointedText refusedOrFailed(ObjectPointer pointer, RemotionException failed)
      throws RemotionException {
    if (failed.failure().code() == ErrorCode.BUCKET_REFUSED) {
      return new PointedText.Refused(
          "is in no bucket of this region: %s: %s".formatted(pointer, failed.failure().message()));
    }
    throw failed;
  }
}
