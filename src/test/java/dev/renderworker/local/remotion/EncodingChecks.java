package dev.renderworker.local.remotion;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the functions of the chunks and the last steps of a launch refuse about the encoding, in the
 * function's words (Remotion Lambda protocol, 2.3 and 2.4). Written from that table, apart from the
 * worker's own rules, so that the two can be held against each other.
 */
final class EncodingChecks {
  private static final int MOST_FUNCTIONS = 200;
  private static final Set<String> TRANSPARENT = Set.of("yuva420p", "yuva444p10le");

  private static final Map<String, int[]> CRF =
      Map.of(
          "h264", new int[] {1, 51},
          "h265", new int[] {0, 51},
          "vp8", new int[] {4, 63},
          "vp9", new int[] {0, 63});

  /** By codec and audio codec; the codec alone stands for its default audio codec. */
  private static final Map<String, Set<String>> EXTENSIONS =
      Map.ofEntries(
          Map.entry("h264", Set.of("mp4", "mkv", "mov")),
          Map.entry("h264 aac", Set.of("mp4", "mkv", "mov")),
          Map.entry("h264 mp3", Set.of("mp4", "mkv", "mov")),
          Map.entry("h264 pcm-16", Set.of("mkv", "mov")),
          Map.entry("h265", Set.of("mp4", "mkv", "hevc")),
          Map.entry("h265 aac", Set.of("mp4", "mkv", "hevc")),
          Map.entry("h265 pcm-16", Set.of("mkv")),
          Map.entry("vp8", Set.of("webm")),
          Map.entry("vp8 opus", Set.of("webm")),
          Map.entry("vp8 pcm-16", Set.of("mkv")),
          Map.entry("vp9", Set.of("webm")),
          Map.entry("vp9 opus", Set.of("webm")),
          Map.entry("vp9 pcm-16", Set.of("mkv")),
          Map.entry("prores", Set.of("mov", "mkv", "mxf")),
          Map.entry("prores aac", Set.of("mov", "mkv", "mxf")),
          Map.entry("prores pcm-16", Set.of("mov", "mkv", "mxf")),
          Map.entry("gif", Set.of("gif")),
          Map.entry("mp3", Set.of("mp3")),
          Map.entry("mp3 mp3", Set.of("mp3")),
          Map.entry("mp3 pcm-16", Set.of("wav")),
          Map.entry("aac", Set.of("aac", "3gp", "m4a", "m4b", "mpg", "mpeg")),
          Map.entry("aac aac", Set.of("aac", "3gp", "m4a", "m4b", "mpg", "mpeg")),
          Map.entry("aac pcm-16", Set.of("wav")),
          Map.entry("wav", Set.of("wav")),
          Map.entry("wav pcm-16", Set.of("wav")));

  private final JsonNode start;
  private final String codec;

  private EncodingChecks(JsonNode start) {
    this.start = start;
    this.codec = start.path("codec").asString("");
  }

  /** The first refusal of a start, if there is one. */
  static Optional<String> firstRefusal(JsonNode start) {
    EncodingChecks checks = new EncodingChecks(start);
    return Stream.of(
            checks.audioAndName(),
            checks.crf(),
            checks.bitrates(),
            checks.onlyWith("proResProfile", "prores"),
            checks.onlyWith("x264Preset", "h264"),
            checks.onlyWith("numberOfGifLoops", "gif"),
            checks.pixelFormat(),
            checks.numbers(),
            checks.spread())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> audioAndName() {
    String audio = start.path("audioCodec").isString() ? " " + text("audioCodec") : "";
    Set<String> extensions = EXTENSIONS.get(codec + audio);
    if (extensions == null) {
      return Optional.of("Audio codec" + audio + " is not supported for codec " + codec);
    }
    String name = text("outName");
    boolean fits = name.isEmpty() || extensions.contains(name.substring(name.lastIndexOf('.') + 1));
    return refuseUnless(
        fits, "When using the " + codec + " codec, the output filename must end in");
  }

  private Optional<String> crf() {
    if (!start.path("crf").isNumber()) {
      return Optional.empty();
    }
    double crf = start.path("crf").doubleValue();
    int[] range = CRF.getOrDefault(codec, new int[] {0, 0});
    return refuseUnless(range[0] <= crf && crf <= range[1], "CRF must be between")
        .or(() -> refuseUnless(!start.hasNonNull("videoBitrate"), "\"crf\" and \"videoBitrate\""));
  }

  private Optional<String> bitrates() {
    boolean allEndRight =
        Stream.of("audioBitrate", "videoBitrate", "encodingMaxRate", "encodingBufferSize")
            .filter(start::hasNonNull)
            .allMatch(field -> text(field).matches(".+[KkM]"));
    return refuseUnless(allEndRight, "bitrate must end in K, k or M")
        .or(
            () ->
                refuseUnless(
                    !start.hasNonNull("encodingMaxRate") || start.hasNonNull("encodingBufferSize"),
                    "\"encodingMaxRate\" can not be set without also setting"));
  }

  private Optional<String> onlyWith(String field, String only) {
    return refuseUnless(
        !start.hasNonNull(field) || codec.equals(only), field + " can only be set with " + only);
  }

  private Optional<String> pixelFormat() {
    String format = text("pixelFormat");
    boolean codecTakesIt = !format.equals("yuva420p") || Set.of("vp8", "vp9").contains(codec);
    boolean imagesHaveIt = !TRANSPARENT.contains(format) || text("imageFormat").equals("png");
    return refuseUnless(codecTakesIt, "Pixel format was set to 'yuva420p' but codec")
        .or(() -> refuseUnless(imagesHaveIt, "Pixel format was set to a transparent one"));
  }

  private Optional<String> numbers() {
    return Stream.of(
            within("jpegQuality", 0, 100),
            within("scale", Double.MIN_VALUE, 16),
            within("everyNthFrame", 1, Integer.MAX_VALUE),
            within("concurrencyPerLambda", 1, Integer.MAX_VALUE),
            within("gopSize", 1, Integer.MAX_VALUE),
            within("concurrency", 1, MOST_FUNCTIONS))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> within(String field, double least, double most) {
    JsonNode number = start.path(field);
    return refuseUnless(
        !number.isNumber() || (least <= number.doubleValue() && number.doubleValue() <= most),
        field + " must be from " + least + " to " + most);
  }

  private Optional<String> spread() {
    return refuseUnless(
            !(start.hasNonNull("concurrency") && start.hasNonNull("framesPerLambda")),
            "Both 'framesPerLambda' and 'concurrency' were set")
        .or(
            () ->
                refuseUnless(
                    Frames.of(start).chunks() <= MOST_FUNCTIONS,
                    "Too many functions: this render would cause too many to spawn"));
  }

  private String text(String field) {
    return start.path(field).asString("");
  }

  private static Optional<String> refuseUnless(boolean fine, String message) {
    return fine ? Optional.empty() : Optional.of(message);
  }
}
