package dev.renderworker.local.remotion;

import dev.renderworker.local.s3.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a launch refuses before the composition is known. The texts are those that the real function
 * gave when each field of a good start was left out (Remotion Lambda protocol, 2.3 and 19.1).
 */
final class LaunchChecks {
  private static final List<String> PRIVACIES = List.of("public", "private", "no-acl");
  private static final int SHORTEST_TIMEOUT = 7000;

  private final ObjectStore store;
  private final List<String> compositions;

  LaunchChecks(ObjectStore store, List<String> compositions) {
    this.store = store;
    this.compositions = compositions;
  }

  Optional<RenderError> firstFailure(Render render) {
    StartRequest start = render.request();
    return Stream.<Function<StartRequest, Optional<RenderError>>>of(
            this::inputProps,
            LaunchChecks::timeout,
            LaunchChecks::envVariables,
            this::composition,
            LaunchChecks::strictProps,
            LaunchChecks::codec,
            LaunchChecks::audioCodec,
            LaunchChecks::concurrency,
            LaunchChecks::framesPerLambda,
            LaunchChecks::frameRange,
            LaunchChecks::privacy,
            LaunchChecks::counts,
            LaunchChecks::encoding)
        .map(check -> check.apply(start))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> output(render));
  }

  /** As {@link #firstFailure}, for the fields that a still has. */
  Optional<RenderError> firstStillFailure(Render render) {
    StartRequest start = render.request();
    return inputProps(start)
        .or(() -> timeout(start))
        .or(() -> envVariables(start))
        .or(() -> composition(start))
        .or(() -> strictProps(start))
        .or(() -> privacy(start));
  }

  private Optional<RenderError> inputProps(StartRequest start) {
    JsonNode inputProps = start.json().path("inputProps");
    if (start.isAbsentOrNull("inputProps")) {
      String what = start.isAbsent("inputProps") ? "undefined" : "null";
      return typeError("Cannot read properties of " + what + " (reading 'type')");
    }
    Optional<String> text = StartRequest.propsText(inputProps, start.bucket(), store);
    if (text.isEmpty()) {
      return error(
          "Failed to parse input props that were serialized: NoSuchKey: The specified key does not"
              + " exist.\n    at Z.handleError (/var/task/index.js:55:47562)");
    }
    return unparsable(text.get());
  }

  private static Optional<RenderError> unparsable(String props) {
    try {
      JsonMapper.shared().readTree(props);
      return Optional.empty();
    } catch (JacksonException _) {
      return failure(
          "SyntaxError", "Expected property name or '}' in JSON at position 1 (line 1 column 2)");
    }
  }

  private static Optional<RenderError> timeout(StartRequest start) {
    JsonNode timeout = start.json().path("timeoutInMilliseconds");
    if (start.isAbsentOrNull("timeoutInMilliseconds")) {
      String what = timeout.isNull() ? "null" : "undefined";
      return error("Timed out after " + what + "ms while setting up the headless browser.");
    }
    if (!timeout.isNumber()) {
      return typeError("'timeoutInMilliseconds' should be a number, but is: " + timeout);
    }
    return timeout.longValue() < SHORTEST_TIMEOUT
        ? typeError(
            "'timeoutInMilliseconds' should be bigger or equal than 7000, but is " + timeout)
        : Optional.empty();
  }

  private static Optional<RenderError> envVariables(StartRequest start) {
    return start.isAbsent("envVariables")
        ? typeError("Cannot read properties of undefined (reading 'length')")
        : Optional.empty();
  }

  private Optional<RenderError> composition(StartRequest start) {
    String id =
        start.isAbsent("composition")
            ? "undefined"
            : start.json().path("composition").asString("null");
    boolean known = compositions.contains(id) || Simulation.named(id).isPresent();
    return known
        ? Optional.empty()
        : error(
            "Error: Could not find composition with ID %s. Available compositions: %s"
                .formatted(id, String.join(", ", compositions)));
  }

  private static Optional<RenderError> strictProps(StartRequest start) {
    JsonNode title = start.props().path("title");
    boolean bad = start.text("composition").equals("strict") && title.asString("").isEmpty();
    return bad
        ? error("Error: Prop \"title\" must be a non-empty string, got " + title)
        : Optional.empty();
  }

  private static Optional<RenderError> codec(StartRequest start) {
    JsonNode codec = start.json().path("codec");
    if (codec.isNull()) {
      return typeError(
          "The \"codec\" prop renderMediaOnLambda must be a string, but you passed a value of type"
              + " object.");
    }
    boolean known =
        List.of(
                "h264",
                "h265",
                "vp8",
                "vp9",
                "av1",
                "mp3",
                "aac",
                "wav",
                "prores",
                "h264-mkv",
                "h264-ts",
                "gif")
            .contains(codec.asString("h264"));
    return known
        ? Optional.empty()
        : error(
            "The \"codec\" prop renderMediaOnLambda must be one of h264, h265, vp8, vp9, av1, mp3,"
                + " aac, wav, prores, h264-mkv, h264-ts, gif, but you passed "
                + codec.asString("")
                + ".");
  }

  private static Optional<RenderError> audioCodec(StartRequest start) {
    return start.isAbsent("audioCodec")
        ? error("Audio codec undefined is not supported for codec " + start.text("codec"))
        : Optional.empty();
  }

  private static Optional<RenderError> concurrency(StartRequest start) {
    return start.isAbsent("concurrency")
        ? typeError("'concurrency' needs to be a number, passed undefined")
        : Optional.empty();
  }

  private static Optional<RenderError> framesPerLambda(StartRequest start) {
    JsonNode frames = start.json().path("framesPerLambda");
    return frames.isInt() && frames.intValue() < Math.min(5, Frames.of(start.json()).count())
        ? typeError("The framesPerLambda needs to be at least 5, but is " + frames)
        : Optional.empty();
  }

  private static Optional<RenderError> frameRange(StartRequest start) {
    return start.isAbsent("frameRange")
        ? typeError(
            "Frame range must be a number or a tuple of numbers, but got object of type undefined")
        : Optional.empty();
  }

  private static Optional<RenderError> privacy(StartRequest start) {
    if (start.isAbsentOrNull("privacy")) {
      return typeError("Privacy must be a string");
    }
    return PRIVACIES.contains(start.text("privacy"))
        ? Optional.empty()
        : typeError("Privacy must be either \"private\", \"public\" or \"no-acl\"");
  }

  private static Optional<RenderError> counts(StartRequest start) {
    return start.isAbsentOrNull("everyNthFrame") || start.isAbsent("concurrencyPerLambda")
        ? failure("RangeError", "Invalid array length")
        : Optional.empty();
  }

  private static Optional<RenderError> encoding(StartRequest start) {
    return EncodingChecks.firstRefusal(start.json()).flatMap(LaunchChecks::error);
  }

  private Optional<RenderError> output(Render render) {
    boolean overwrite = render.request().json().path("overwrite").asBoolean(false);
    return !overwrite && store.find(render.outputBucket(), render.outputKey()).isPresent()
        ? Optional.of(outputExists(render))
        : Optional.empty();
  }

  static RenderError outputExists(Render render) {
    return RenderError.ofMain(
        "TypeError",
        ("Output file \"%s\" in bucket \"%s\" in region \"%s\" already exists. Delete it before"
                + " re-rendering, or set the 'overwrite' option in renderMediaOnLambda() to overwrite"
                + " it.\"")
            .formatted(
                render.outputKey(),
                render.outputBucket(),
                render.deployment().function().region()));
  }

  private static Optional<RenderError> typeError(String message) {
    return failure("TypeError", message);
  }

  private static Optional<RenderError> error(String message) {
    return failure("Error", message);
  }

  private static Optional<RenderError> failure(String name, String message) {
    return Optional.of(RenderError.ofMain(name, message));
  }
}
