package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.PointedText;
import dev.renderworker.remotion.request.InputBuckets;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the input props of a request that only says where they are. */
record PointedProps(InputObjects objects) {
  /** Of this size they still fit into a still's payload. */
  static final int LARGEST = 5 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** The text of the props: it goes to the composition as it is. */
  String read(S3Client s3, ObjectPointer pointer) throws RemotionException {
    return switch (objects.read(s3, pointer, LARGEST)) {
      case PointedText.Refused(var reason) -> throw unreadable(reason);
      case PointedText.Found(var text) when !isObject(text) ->
          throw unreadable("is no JSON object: " + pointer);
      case PointedText.Found(var text) -> text;
    };
  }

  private static RemotionException unreadable(String reason) {
    return RemotionException.of(
        ErrorCode.INPUT_PROPS_UNREADABLE, "the object of " + InputBuckets.OPTION + " " + reason);
  }

  /** Without a tree: the text can be large. */
  private static boolean isObject(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException _) {
      return false;
    }
  }
}
