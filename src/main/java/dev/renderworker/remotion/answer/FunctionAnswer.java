package dev.renderworker.remotion.answer;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What an invocation of the function gave, read in the order of the official client. */
public sealed interface FunctionAnswer {

  /** The routine did what it was asked. */
  record Success(JsonNode body) implements FunctionAnswer {}

  /** The routine answered with an error, as {@code start} and {@code info} do. */
  record Refused(String message, String stack) implements FunctionAnswer {}

  /** The routine threw, as {@code status} does, or the function itself broke down. */
  record Crashed(String errorType, String message) implements FunctionAnswer {}

  /** No answer of Remotion's. */
  record Unreadable(String reason) implements FunctionAnswer {}

  /**
   * Reads an answer (Remotion Lambda protocol, 1.2).
   *
   * @param functionError the word that Lambda puts beside the payload of an invocation that threw
   */
  static FunctionAnswer read(Optional<String> functionError, byte[] payload) {
    Optional<JsonNode> body = parse(payload);
    if (functionError.isPresent()) {
      JsonNode error = body.orElse(Json.EMPTY);
      return new Crashed(
          error.path("errorType").asString(functionError.get()),
          error.path("errorMessage").asString("the function failed: " + functionError.get()));
    }
    if (payload.length == 0) {
      return new Unreadable("the function answered nothing");
    }
    if (body.isEmpty()) {
      return new Unreadable("the function answered with something that is not JSON");
    }
    return switch (body.get().path("type").asString("")) {
      case "success" -> new Success(body.get());
      case "error" ->
          new Refused(
              body.get().path("message").asString(""), body.get().path("stack").asString(""));
      default -> new Unreadable("the function answered with something that is not Remotion's");
    };
  }

  private static Optional<JsonNode> parse(byte[] payload) {
    try {
      return Optional.of(Json.MAPPER.readTree(payload)).filter(node -> !node.isMissingNode());
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** The mapper, and an object without fields. */
  final class Json {
    private static final ObjectMapper MAPPER = new JsonMapper();
    private static final JsonNode EMPTY = MAPPER.createObjectNode();

    private Json() {}
  }
}
