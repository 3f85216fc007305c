package dev.renderworker.local.remotion;

import dev.renderworker.local.s3.ObjectStore;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which bucket a render lives in (Remotion Lambda protocol, 8.4). */
record BucketChoice(ObjectStore store) {
  /** The bucket that the payload names, else every bucket with Remotion's prefix. */
  List<String> candidates(JsonNode payload) {
    JsonNode named = payload.path("bucketName");
    return named.isString()
        ? List.of(named.stringValue())
        : store.buckets().stream().filter(name -> name.startsWith("remotionlambda-")).toList();
  }

  static String multiple(List<String> buckets) {
    return ("You have multiple buckets (%s) in your S3 region (us-east-1) starting with"
            + " \"remotionlambda-\". This is an error, please delete buckets so that you have a"
            + " maximum of 1 bucket.")
        .formatted(String.join(",", buckets));
  }
}
