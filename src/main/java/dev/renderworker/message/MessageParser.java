package dev.renderworker.message;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.PointedText;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads message bodies by the message contract. A body is data from outside: whatever it holds, the
 * answer is a value and never an exception. Safe for use by many threads.
 */
public final class MessageParser {
  private static final int MAX_VIOLATIONS = 50;
  private static final int MAX_TEXT = 500;

  private final RequestSchema schema = RequestSchema.load();
  private final JsonBody json = new JsonBody();
  private final Function<RenderRequest, List<Violation>> rules;
  private final Function<ObjectPointer, PointedText> bodies;

  /** Reads as the other one, but no body that lies elsewhere: only the worker may fetch it. */
  public MessageParser(Function<RenderRequest, List<Violation>> rules) {
    this(rules, pointer -> new PointedText.Refused("is read by the worker only: " + pointer));
  }

  /**
   * Loads the schema.
   *
   * @param rules what the schema can't say, such as which options go together; asked only about a
   *     request that satisfies the schema; gives no violations where all is well
   * @param bodies reads a body that lies in S3, to which a message of the SQS Extended Client only
   *     points; what it throws comes out of {@link #parse}
   */
  public MessageParser(
      Function<RenderRequest, List<Violation>> rules, Function<ObjectPointer, PointedText> bodies) {
    this.rules = requireNonNull(rules, "rules");
    this.bodies = requireNonNull(bodies, "bodies");
  }

  /**
   * Reads one body.
   *
   * @param body as received; null counts as empty
   */
  public ParsedMessage parse(String body) {
    return switch (json.read(body)) {
      case JsonBody.Result.Refused(Violation violation) ->
          invalid(Optional.empty(), List.of(violation));
      case JsonBody.Result.Pointed(ObjectPointer pointer) -> parse(bodies.apply(pointer));
      case JsonBody.Result.Read(ObjectNode message) -> parse(message);
    };
  }

  private ParsedMessage parse(PointedText body) {
    return switch (body) {
      case PointedText.Refused(String reason) ->
          invalid("the object that the body points to " + reason);
      case PointedText.Found(String text) ->
          switch (json.readWhole(text)) {
            case JsonBody.Result.Refused(Violation violation) ->
                invalid(Optional.empty(), List.of(violation));
            case JsonBody.Result.Pointed _ -> invalid("points to another body in S3");
            case JsonBody.Result.Read(ObjectNode message) -> parse(message);
          };
    };
  }

  private static ParsedMessage invalid(String reason) {
    return invalid(Optional.empty(), List.of(new Violation("", reason)));
  }

  private ParsedMessage parse(ObjectNode message) {
    PlainValues plain = new PlainValues();
    Map<String, Object> fields = plain.of(message);
    List<Violation> violations = new ArrayList<>(plain.violations());
    violations.addAll(schema.check(message, MAX_VIOLATIONS + 1));
    if (!violations.isEmpty()) {
      return invalid(jobId(fields, violations), violations);
    }
    RenderRequest request = request(fields);
    List<Violation> broken = rules.apply(request);
    return broken.isEmpty() ? new ParsedMessage.Valid(request) : invalid(request.jobId(), broken);
  }

  private static ParsedMessage invalid(Optional<JobId> jobId, List<Violation> violations) {
    boolean all = violations.size() <= MAX_VIOLATIONS;
    List<Violation> listed = new ArrayList<>();
    violations.stream()
        .limit(all ? MAX_VIOLATIONS : MAX_VIOLATIONS - 1)
        .map(MessageParser::printable)
        .forEach(listed::add);
    if (!all) {
      listed.add(new Violation("", "has more violations than these"));
    }
    return new ParsedMessage.Invalid(jobId, listed);
  }

  /** Names in a body can be anything, and violations go to places that take only text. */
  private static Violation printable(Violation violation) {
    return new Violation(
        Printable.of(violation.pointer(), MAX_TEXT), Printable.of(violation.reason(), MAX_TEXT));
  }

  /** The schema says what a job id looks like, so one that it does not object to is valid. */
  private static Optional<JobId> jobId(Map<String, Object> fields, List<Violation> violations) {
    return fields.get("jobId") instanceof String id
            && violations.stream().noneMatch(violation -> violation.pointer().equals("/jobId"))
        ? Optional.of(new JobId(id))
        : Optional.empty();
  }

  private static RenderRequest request(Map<String, Object> fields) {
    Map<String, Object> options = new LinkedHashMap<>(fields);
    Optional<JobId> jobId = Optional.ofNullable((String) options.remove("jobId")).map(JobId::new);
    RenderType type =
        RenderType.STILL.wireName().equals(options.remove("type"))
            ? RenderType.STILL
            : RenderType.MEDIA;
    return new RenderRequest(
        jobId,
        type,
        (String) options.get("composition"),
        Collections.unmodifiableMap(options),
        Fingerprint.of(type, options));
  }
}
