package dev.renderworker.local;

import dev.renderworker.local.wire.Handler;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts, faults and sessions for other processes; JSON over HTTP.
 *
 * <ul>
 *   <li>{@code GET /counts}: calls by {@code service.Operation}; {@code DELETE /counts} begins anew
 *   <li>{@code GET /renders}: launched, running, finished, routines, launches by job
 *   <li>{@code POST /faults} with a body as {@link FaultJson} reads it: puts a fault in force
 *   <li>{@code GET /faults}, {@code DELETE /faults}, {@code DELETE /faults/ID}
 *   <li>{@code GET /faults/ID/held?calls=N&millis=M}: waits until it holds N more calls
 *   <li>{@code POST /faults/ID/release}, {@code POST /faults/ID/discard}
 *   <li>{@code POST /sessions/expire}: ends every session
 *   <li>{@code POST /version} with {@code {"version":"4.0.530"}}: upgrades the function in place
 * </ul>
 */
final class Control implements Handler {
  private static final Pattern FAULT =
      Pattern.compile("/faults/(\\d+)(?:/(held|release|discard))?");

  private final LocalAws aws;
  private final JsonMapper json = JsonMapper.shared();

  Control(LocalAws aws) {
    this.aws = aws;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    Matcher fault = FAULT.matcher(request.path());
    if (fault.matches()) {
      Optional<InjectedFault> found = aws.faults().find(Integer.parseInt(fault.group(1)));
      return found.isPresent()
          ? fault(found.get(), request, fault.group(2))
          : ok(404, Map.of("error", "no such fault"));
    }
    try {
      return answer(request);
    } catch (JacksonException | IllegalArgumentException e) {
      return ok(400, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Response answer(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /counts" -> ok(200, aws.counts().all());
      case "DELETE /counts" -> {
        aws.counts().reset();
        yield done();
      }
      case "GET /renders" -> ok(200, renders());
      case "POST /faults" ->
          ok(201, described(aws.faults().inject(FaultJson.read(json.readTree(request.body())))));
      case "GET /faults" -> ok(200, aws.faults().all().stream().map(Control::described).toList());
      case "DELETE /faults" -> {
        aws.faults().clear();
        yield done();
      }
      case "POST /sessions/expire" -> {
        aws.sessions().expireAll();
        yield done();
      }
      case "POST /version" -> {
        aws.function().version(json.readTree(request.body()).path("version").stringValue());
        yield done();
      }
      default -> ok(404, Map.of("error", "unknown: " + request.method() + " " + request.path()));
    };
  }

  private Response fault(InjectedFault fault, Request request, String verb)
      throws InterruptedException {
    switch (verb) {
      case "held" -> {
        int calls = Integer.parseInt(request.query().getOrDefault("calls", "1"));
        long millis = Long.parseLong(request.query().getOrDefault("millis", "10000"));
        boolean held = fault.awaitHeld(calls, Duration.ofMillis(millis));
        return ok(held ? 200 : 408, described(fault));
      }
      case "release" -> fault.release();
      case "discard" -> fault.discard();
      case null, default -> aws.faults().remove(fault);
    }
    return done();
  }

  private static Map<String, Object> described(InjectedFault fault) {
    return Map.of(
        "id", fault.id(),
        "service", fault.fault().calls().service(),
        "operation", fault.fault().calls().operation(),
        "hits", fault.hits(),
        "holding", fault.holding());
  }

  private Map<String, Object> renders() {
    var renders = aws.renders();
    return Map.of(
        "launched", renders.launched(),
        "running", renders.running(),
        "finished", renders.finished(),
        "routines", renders.routines(),
        "startsByJob", renders.startsByJob());
  }

  private Response done() {
    return ok(200, Map.of());
  }

  private Response ok(int status, Object answer) {
    return Response.json(
        status, json.writeValueAsString(answer instanceof List<?> list ? list : answer));
  }
}
