package dev.renderworker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.Violation;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a body as one strict JSON object within limits. */
final class JsonBody {
  /** As much as an SQS message can hold. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_BYTES_PER_CHAR = 3;
  private static final int MAX_NESTING = 200;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_NAME_LENGTH = 1000;

  private static final String BEYOND_LIMIT =
      "is beyond a limit: %d levels of nesting, %d digits in a number, %d characters in a name"
          .formatted(MAX_NESTING, MAX_NUMBER_LENGTH, MAX_NAME_LENGTH);

  private static final String TOO_LONG =
      "is longer than " + MAX_BYTES + " bytes; let the composition fetch large data itself";

  private static final String BAD_POINTER =
      "points to a body in S3, as the SQS Extended Client sends it, but does not say where:"
          + " s3BucketName and s3Key have to be strings";

  /** What the first element is of that which the SQS Extended Client sends for a large body. */
  private static final Set<String> EXTENDED_CLIENT_POINTERS =
      Set.of(
          "software.amazon.payloadoffloading.PayloadS3Pointer",
          "com.amazon.sqs.javamessaging.MessageS3Pointer");

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          // Told apart here, by a text of its own.
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What reading gave. */
  sealed interface Result {
    record Read(ObjectNode message) implements Result {}

    /** The body is elsewhere. */
    record Pointed(ObjectPointer pointer) implements Result {}

    record Refused(Violation violation) implements Result {}
  }

  Result read(String body) {
    if (body == null || body.isBlank()) {
      return refused("", "is empty; a render request is a JSON object");
    }
    return isTooLong(body) ? refused("", TOO_LONG) : readWhole(body);
  }

  /** Reads a body that was not sent by SQS, and is no larger than may be. */
  Result readWhole(String body) {
    try (JsonParser parser = mapper.createParser(body)) {
      return read(parser);
    }
  }

  private static boolean isTooLong(String body) {
    return body.length() > MAX_BYTES
        || (body.length() > MAX_BYTES / MAX_BYTES_PER_CHAR
            && body.getBytes(UTF_8).length > MAX_BYTES);
  }

  private Result read(JsonParser parser) {
    try {
      parser.nextToken();
      JsonNode value = mapper.readTree(parser);
      return parser.nextToken() == null
          ? object(value)
          : refused("", "has something after its end; a body is one JSON object");
    } catch (JacksonException e) {
      return new Result.Refused(violation(e, parser));
    }
  }

  private static Result object(JsonNode value) {
    if (value instanceof ObjectNode message) {
      return new Result.Read(message);
    }
    if (value instanceof ArrayNode array
        && EXTENDED_CLIENT_POINTERS.contains(array.path(0).asString(""))) {
      return pointed(array.path(1));
    }
    return refused("", "has to be a JSON object, not " + JsonKind.of(value));
  }

  private static Result pointed(JsonNode place) {
    JsonNode bucket = place.path("s3BucketName");
    JsonNode key = place.path("s3Key");
    return bucket.isString() && key.isString()
        ? new Result.Pointed(new ObjectPointer(bucket.stringValue(), key.stringValue()))
        : refused("", BAD_POINTER);
  }

  private static Violation violation(JacksonException e, JsonParser parser) {
    String pointer = parser.streamReadContext().pathAsPointer().toString();
    return switch (e) {
      case StreamConstraintsException _ -> new Violation(pointer, BEYOND_LIMIT);
      // Of databind's checks only that for a repeated name is on.
      case DatabindException _ -> new Violation(pointer, "is given more than once");
      case UnexpectedEndOfInputException _ -> new Violation("", "is no JSON: it ends too early");
      default -> new Violation("", "is no JSON: unexpected text at " + place(e.getLocation()));
    };
  }

  private static String place(TokenStreamLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static Result refused(String pointer, String reason) {
    return new Result.Refused(new Violation(pointer, reason));
  }
}
