package dev.renderworker.remotion.client;

import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A payload on its way to the function.
 *
 * @param propsHash under which its input props are in the bucket, if they are
 */
record Parcel(SdkBytes payload, Optional<String> propsHash) {
  int size() {
    return payload.asByteArrayUnsafe().length;
  }
}
