package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.request.InputProps;
import dev.renderworker.remotion.request.Payloads;
import dev.renderworker.remotion.request.RenderTarget;
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

  Parcel pack(StartRequest start, RenderTarget target, S3Client s3) throws RemotionException {
    RenderType type = start.render().type();
    InputProps props = InputProps.of(start.render().options());
    if (!props.areLargeFor(type)) {
      Parcel inline = new Parcel(payload(start, target, props.inline()), Optional.empty());
      if (!InputProps.makeTooLarge(inline.size(), type)) {
        return inline;
      }
    }
    return packApart(start, target, s3, props);
  }

  private Parcel packApart(StartRequest start, RenderTarget target, S3Client s3, InputProps props)
      throws RemotionException {
    String bucket = target.bucketName().orElseThrow();
    String hash = propsStore.newHash();
    Parcel parcel =
        new Parcel(payload(start, target, InputProps.uploaded(hash, bucket)), Optional.of(hash));
    if (start.render().type() == RenderType.MEDIA && parcel.size() > LARGEST_LAUNCH) {
      throw RemotionException.of(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "the request is %d bytes even without its input props; the function takes %d"
              .formatted(parcel.size(), LARGEST_LAUNCH));
    }
    propsStore.put(s3, bucket, hash, props);
    return parcel;
  }

  private SdkBytes payload(StartRequest start, RenderTarget target, Map<String, Object> props) {
    return SdkBytes.fromUtf8String(
        payloads.render(start.render(), target, props, start.correlation()));
  }

  /** Clears away what a payload left in the bucket that no render will use. */
  void discard(Parcel parcel, RenderTarget target, S3Client s3) {
    parcel
        .propsHash()
        .ifPresent(hash -> propsStore.delete(s3, target.bucketName().orElseThrow(), hash));
  }
}
