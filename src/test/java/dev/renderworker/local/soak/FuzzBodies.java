package dev.renderworker.local.soak;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Message bodies as nobody should send them: requests and payloads gone wrong, JSON, and noise. */
final class FuzzBodies {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String RECORDED = "/goldens/client-requests/";
  private static final int DEEPEST = 6;

  /** One in so many bodies is long, or deep. */
  private static final int EXTREME = 500;

  private static final int LONG = 100_000;

  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "0.1",
          "\"\"",
          "[]",
          "{}",
          "\"h264\"",
          "\"hello\"",
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "\\",
          "\\u0000",
          "\\ud800",
          "9999999999999999999",
          "\t",
          "\uFEFF",
          "\u2028",
          "\uD83C\uDFAC",
          "\"jobId\":\"a b\"",
          "\"type\":\"still\"",
          "\"inputProps\":null",
          "\"composition\":7",
          "\"serveUrl\":\"file:///etc/passwd\"");

  private final RandomGenerator random;
  private final List<String> requests;
  private final List<String> payloads;
  private int made;

  FuzzBodies(RandomGenerator random) {
    this.random = random;
    List<String> options = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (JsonNode recorded : MAPPER.readTree(golden("index.json"))) {
      options.add(recorded.path("options").toString());
      String payload = recorded.path("payload").asString("");
      if (!payload.isEmpty()) {
        sent.add(golden(payload));
      }
    }
    requests = List.copyOf(options);
    payloads = List.copyOf(sent);
  }

  private static String golden(String name) {
    try (InputStream recorded = FuzzBodies.class.getResourceAsStream(RECORDED + name)) {
      return new String(recorded.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The next body, at least one character that SQS allows. */
  String next() {
    made++;
    String body =
        switch (random.nextInt(8)) {
          case 0 -> request();
          case 1, 2, 3 -> mutated(request());
          case 4 -> mutated(oneOf(payloads));
          case 5, 6 -> json(0);
          default -> noise(1 + random.nextInt(200));
        };
    if (random.nextInt(EXTREME) == 0) {
      body = extreme(body);
    }
    String allowed = allowed(body);
    return allowed.isEmpty() ? " " : allowed;
  }

  /** What the client takes, under a job id and with props that no other has. */
  private String request() {
    String options = oneOf(requests);
    return "{\"jobId\":\"fuzz-%d\",\"extraStartFields\":{\"fuzz\":%d},".formatted(made, made)
        + options.substring(1);
  }

  private String mutated(String text) {
    StringBuilder body = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0 && !body.isEmpty(); i--) {
      mutate(body);
    }
    return body.toString();
  }

  private void mutate(StringBuilder body) {
    int from = random.nextInt(body.length());
    int to = Math.min(body.length(), from + 1 + random.nextInt(12));
    switch (random.nextInt(6)) {
      case 0 -> body.setCharAt(from, (char) (32 + random.nextInt(95)));
      case 1 -> body.insert(from, oneOf(TOKENS));
      case 2 -> body.delete(from, to);
      case 3 -> body.insert(from, body.substring(from, to));
      case 4 -> body.replace(from, to, oneOf(TOKENS));
      default -> body.setLength(from);
    }
  }

  private String json(int depth) {
    int some = depth < DEEPEST ? random.nextInt(5) : 0;
    return switch (random.nextInt(depth < DEEPEST ? 8 : 5)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(20)));
      case 2 -> random.nextBoolean() ? "null" : Boolean.toString(random.nextBoolean());
      case 3, 4 -> MAPPER.writeValueAsString(noise(random.nextInt(20)));
      case 5 ->
          random
              .ints(some)
              .mapToObj(_ -> json(depth + 1))
              .collect(Collectors.joining(",", "[", "]"));
      default ->
          random
              .ints(some)
              .mapToObj(_ -> name() + ":" + json(depth + 1))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private String name() {
    return random.nextBoolean()
        ? oneOf(List.of("\"composition\"", "\"codec\"", "\"inputProps\"", "\"type\"", "\"crf\""))
        : MAPPER.writeValueAsString(noise(1 + random.nextInt(8)));
  }

  private String noise(int length) {
    int most = random.nextBoolean() ? 0x7f : Character.MAX_CODE_POINT + 1;
    return random.ints(length, 1, most).mapToObj(Character::toString).collect(Collectors.joining());
  }

  private String extreme(String body) {
    return switch (random.nextInt(3)) {
      case 0 -> body.repeat(Math.max(1, LONG / Math.max(1, body.length())));
      case 1 -> "[".repeat(LONG);
      default -> "{\"composition\":\"" + "x".repeat(LONG) + "\"}";
    };
  }

  /** SQS takes only what XML 1.0 can hold. */
  private static String allowed(String body) {
    return body.codePoints()
        .filter(FuzzBodies::isAllowed)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static boolean isAllowed(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
