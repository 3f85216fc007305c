package dev.renderworker.remotion.request;

import dev.renderworker.job.RenderRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which settings of the encoder go together. */
final class EncodingRules {
  private static final Set<String> NEED_PNG = Set.of("yuva420p", "yuva444p10le");
  private static final List<String> BITRATES =
      List.of("audioBitrate", "videoBitrate", "encodingMaxRate", "encodingBufferSize");
  private static final Pattern BITRATE = Pattern.compile("\\d+(\\.\\d+)?[KkM]");

  private final RenderRequest request;
  private final Map<String, Object> options;
  private final Violations violations;

  private EncodingRules(RenderRequest request, Violations violations) {
    this.request = request;
    this.options = request.options();
    this.violations = violations;
  }

  static void check(RenderRequest request, Violations violations) {
    EncodingRules rules = new EncodingRules(request, violations);
    rules.bitrates();
    rules.codec(request.text("codec").orElse(Payloads.DEFAULT_CODEC));
  }

  private void bitrates() {
    for (String name : BITRATES) {
      Object value = options.get(name);
      violations.addIf(
          value != null && !(value instanceof String text && BITRATE.matcher(text).matches()),
          "/" + name,
          "has to be a string such as 512K, 512k or 5M");
    }
    violations.addIf(
        isSet("encodingMaxRate") && !isSet("encodingBufferSize"),
        "/encodingMaxRate",
        "needs encodingBufferSize as well");
    violations.addIf(
        isSet("crf") && isSet("videoBitrate"), "/crf", "can't be set together with videoBitrate");
  }

  private void codec(String name) {
    Optional<Codec> known = Codec.named(name);
    violations.addIf(known.isEmpty(), "/codec", "is not a codec that the function renders");
    known.ifPresent(
        codec -> {
          crf(codec);
          audioCodec(codec);
          outName(codec);
          imageFormat(codec);
          pixelFormat(codec);
          onlyFor(codec, Codec.PRORES, "proResProfile");
          onlyFor(codec, Codec.H264, "x264Preset");
          onlyFor(codec, Codec.GIF, "numberOfGifLoops");
        });
  }

  private void crf(Codec codec) {
    Optional<Double> crf = number("crf").filter(value -> !codec.crf().allows(value));
    if (crf.isEmpty()) {
      return;
    }
    violations.add(
        "/crf",
        codec.crf().equals(Codec.Crf.NONE)
            ? "has no meaning for codec " + codec.wireName()
            : "has to be from %d to %d for codec %s"
                .formatted(codec.crf().lowest(), codec.crf().highest(), codec.wireName()));
  }

  private void audioCodec(Codec codec) {
    Optional<String> refused =
        request.text("audioCodec").filter(audio -> !codec.audioCodecs().contains(audio));
    violations.addIf(
        refused.isPresent(),
        "/audioCodec",
        codec.audioCodecs().isEmpty()
            ? "has to be absent: codec " + codec.wireName() + " has no sound"
            : "has to be one of " + codec.audioCodecs() + " for codec " + codec.wireName());
  }

  private void outName(Codec codec) {
    List<String> allowed = codec.extensions(request.text("audioCodec"));
    request
        .text("outName")
        .filter(_ -> !allowed.isEmpty())
        .filter(name -> !allowed.contains(extension(name)))
        .ifPresent(
            _ ->
                violations.add(
                    "/outName",
                    "has to end in one of %s for codec %s and its audio codec"
                        .formatted(allowed, codec.wireName())));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private void imageFormat(Codec codec) {
    violations.addIf(
        codec.hasPictures() && request.text("imageFormat").filter("none"::equals).isPresent(),
        "/imageFormat",
        "none goes with codecs without pictures only, not with " + codec.wireName());
  }

  private void pixelFormat(Codec codec) {
    Optional<String> format = request.text("pixelFormat");
    violations.addIf(
        format.filter("yuva420p"::equals).isPresent()
            && !codec.equals(Codec.VP8)
            && !codec.equals(Codec.VP9),
        "/pixelFormat",
        "yuva420p goes with codec vp8 or vp9 only");
    violations.addIf(
        format.filter(NEED_PNG::contains).isPresent()
            && request.text("imageFormat").filter("png"::equals).isEmpty(),
        "/imageFormat",
        "has to be png for a pixelFormat with transparency");
  }

  private void onlyFor(Codec codec, Codec only, String option) {
    violations.addIf(
        !codec.equals(only) && isSet(option),
        "/" + option,
        "goes with codec " + only.wireName() + " only");
  }

  private boolean isSet(String option) {
    return options.get(option) != null;
  }

  private Optional<Double> number(String option) {
    return options.get(option) instanceof Number value
        ? Optional.of(value.doubleValue())
        : Optional.empty();
  }
}
