package dev.renderworker.remotion;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.worker.RenderOrder;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.S3Client;

/** Packs payloads, with the props inside where they fit and in the bucket where not. */
final class Parcels {
  /** The function refuses to launch what is longer than this. */
  private static final int LARGEST_LAUNCH = 262_144;

  private final Payloads payloads;
  private final PropsStore propsStore;

  Parcels(Payloads payloads, PropsStore propsStore) {
    this.payloads = payloads;
    this.propsStore = propsStore;
  }

  Parcel pack(RenderOrder order, RenderTarget target, S3Client s3) throws CallFailedException {
    RenderType type = order.request().type();
    InputProps props = InputProps.of(order.request().options());
    if (!props.areLargeFor(type)) {
      Parcel inline = new Parcel(payload(order, target, props.inline()), Optional.empty());
      if (!InputProps.makeTooLarge(inline.size(), type)) {
        return inline;
      }
    }
    return packApart(order, target, s3, props);
  }

  private Parcel packApart(RenderOrder order, RenderTarget target, S3Client s3, InputProps props)
      throws CallFailedException {
    String bucket = target.bucketName().orElseThrow();
    String hash = propsStore.newHash();
    Parcel parcel =
        new Parcel(payload(order, target, InputProps.uploaded(hash, bucket)), Optional.of(hash));
    if (order.request().type() == RenderType.MEDIA && parcel.size() > LARGEST_LAUNCH) {
      throw CallFailedException.of(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "the request is %d bytes even without its input props; the function takes %d"
              .formatted(parcel.size(), LARGEST_LAUNCH));
    }
    propsStore.put(s3, bucket, hash, props);
    return parcel;
  }

  private SdkBytes payload(RenderOrder order, RenderTarget target, Map<String, Object> props) {
    RenderRequest request = order.request();
    return SdkBytes.fromUtf8String(
        payloads.render(request, target, props, correlation(order.ownership())));
  }

  private static Map<String, String> correlation(Ownership ownership) {
    return Map.of(
        "jobId", ownership.jobId().value(), "attempt", Integer.toString(ownership.attempt()));
  }

  /** Clears away what a payload left in the bucket that no render will use. */
  void discard(Parcel parcel, RenderTarget target, S3Client s3) {
    parcel
        .propsHash()
        .ifPresent(hash -> propsStore.delete(s3, target.bucketName().orElseThrow(), hash));
  }
}
