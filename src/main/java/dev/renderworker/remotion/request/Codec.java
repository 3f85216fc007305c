package dev.renderworker.remotion.request;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a codec of the function goes together with (Remotion Lambda protocol, 2.4).
 *
 * @param wireName as messages call it
 * @param crf the quality range
 * @param audio the audio codecs that go with it, its default first
 */
public record Codec(String wireName, Crf crf, List<Audio> audio) {
  static final Codec H264 =
      codec(
          "h264",
          new Crf(1, 51),
          audio("aac", "mp4", "mkv", "mov"),
          audio("mp3", "mp4", "mkv", "mov"),
          audio("pcm-16", "mkv", "mov"));
  static final Codec VP8 =
      codec("vp8", new Crf(4, 63), audio("opus", "webm"), audio("pcm-16", "mkv"));
  static final Codec VP9 =
      codec("vp9", new Crf(0, 63), audio("opus", "webm"), audio("pcm-16", "mkv"));
  static final Codec PRORES =
      codec(
          "prores",
          Crf.NONE,
          audio("pcm-16", "mov", "mkv", "mxf"),
          audio("aac", "mov", "mkv", "mxf"));
  static final Codec GIF = codec("gif", Crf.NONE);

  private static final Set<String> SOUND_ONLY = Set.of("mp3", "aac", "wav");

  private static final List<Codec> ALL =
      List.of(
          H264,
          codec("h265", new Crf(0, 51), audio("aac", "mp4", "mkv", "hevc"), audio("pcm-16", "mkv")),
          VP8,
          VP9,
          PRORES,
          GIF,
          codec("mp3", Crf.NONE, audio("mp3", "mp3"), audio("pcm-16", "wav")),
          codec(
              "aac",
              Crf.NONE,
              audio("aac", "aac", "3gp", "m4a", "m4b", "mpg", "mpeg"),
              audio("pcm-16", "wav")),
          codec("wav", Crf.NONE, audio("pcm-16", "wav")));

  private static Codec codec(String wireName, Crf crf, Audio... audio) {
    return new Codec(wireName, crf, List.of(audio));
  }

  private static Audio audio(String codec, String... extensions) {
    return new Audio(codec, List.of(extensions));
  }

  /** The codec that messages call by that name. */
  public static Optional<Codec> named(String name) {
    return ALL.stream().filter(codec -> codec.wireName().equals(name)).findAny();
  }

  boolean hasPictures() {
    return !SOUND_ONLY.contains(wireName);
  }

  List<String> audioCodecs() {
    return audio.stream().map(Audio::codec).toList();
  }

  /**
   * The file extensions that go with it, the default first.
   *
   * @param audioCodec empty for the codec's default
   * @return none when the codec does not go with that audio codec
   */
  public List<String> extensions(Optional<String> audioCodec) {
    if (audio.isEmpty()) {
      return audioCodec.isEmpty() ? List.of(wireName()) : List.of();
    }
    String wanted = audioCodec.orElse(audio.getFirst().codec());
    return audio.stream()
        .filter(candidate -> candidate.codec().equals(wanted))
        .findAny()
        .map(Audio::extensions)
        .orElse(List.of());
  }

  /** The quality range; {@link #NONE} where the codec has no such setting. */
  public record Crf(int lowest, int highest) {
    static final Crf NONE = new Crf(0, 0);

    boolean allows(double value) {
      return lowest <= value && value <= highest;
    }
  }

  /** An audio codec and the file extensions that it then allows, the default first. */
  public record Audio(String codec, List<String> extensions) {}
}
