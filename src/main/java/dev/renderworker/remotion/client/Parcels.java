package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.remotion.request.InputProps;
import dev.renderworker.remotion.request.Payloads;
import dev.renderworker.remotion.request.RenderTarget;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.S3Client;

/** Packs payloads, with the props inside where they fit and in the bucket where not. */
final class Parcels {
  /** The function refuses to launch what is longer than this. */
  private static final int LARGEST_LAUNCH = 262_144;

  /** Props from S3 can be large; of so many at once the memory of a small host can hold copies. */
  private static final int LARGE_AT_ONCE = 4;

  private final Payloads payloads;
  private final PropsStore propsStore;
  private final PointedProps pointedProps;
  private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

  Parcels(Payloads payloads, PropsStore propsStore, PointedProps pointedProps) {
    this.payloads = payloads;
    this.propsStore = propsStore;
    this.pointedProps = pointedProps;
  }

  Parcel pack(StartRequest start, RenderTarget target, S3Client s3) throws RemotionException {
    Optional<ObjectPointer> pointer = InputBuckets.pointer(start.render());
    Map<String, Object> options = start.render().options();
    if (pointer.isEmpty()) {
      return pack(start, target, s3, InputProps.of(options));
    }
    large.acquireUninterruptibly();
    try {
      String json = pointedProps.read(s3, pointer.get());
      return pack(start, target, s3, InputProps.of(json, options));
    } finally {
      large.release();
    }
  }

  private Parcel pack(StartRequest start, RenderTarget target, S3Client s3, InputProps props)
      throws RemotionException {
    RenderType type = start.render().type();
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
        payloads.render(start.placedIn(target), target, props, start.correlation()));
  }

  /** Clears away what a payload left in the bucket that no render will use. */
  void discard(Parcel parcel, RenderTarget target, S3Client s3) {
    parcel
        .propsHash()
        .ifPresent(hash -> propsStore.delete(s3, target.bucketName().orElseThrow(), hash));
  }
}
