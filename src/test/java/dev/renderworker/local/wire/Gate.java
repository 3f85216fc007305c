package dev.renderworker.local.wire;

import dev.renderworker.local.wire.Fault.When;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Stands before a service: counts each call, lets its faults strike, then lets it through. */
public final class Gate implements Handler {
  private final AwsService service;
  private final CallCounts counts;
  private final Faults faults;
  private final Runnable beforeEachCall;

  /**
   * A gate before a service.
   *
   * @param beforeEachCall brings the service's state up to date
   */
  public Gate(AwsService service, CallCounts counts, Faults faults, Runnable beforeEachCall) {
    this.service = service;
    this.counts = counts;
    this.faults = faults;
    this.beforeEachCall = beforeEachCall;
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    String operation = service.operation(request);
    counts.count(service.name(), operation);
    List<InjectedFault> striking = faults.striking(service.name(), operation, request);
    Optional<Response> refused = strike(striking, When.BEFORE);
    if (refused.isPresent()) {
      return refused.get();
    }
    beforeEachCall.run();
    Response answer = service.answer(request);
    striking.forEach(injected -> injected.answered(answer));
    return strike(striking, When.AFTER).orElse(answer);
  }

  private Optional<Response> strike(List<InjectedFault> striking, When when)
      throws IOException, InterruptedException {
    for (InjectedFault injected : striking) {
      if (injected.fault().when() == when) {
        Optional<Response> refused = strike(injected);
        if (refused.isPresent()) {
          return refused;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Response> strike(InjectedFault injected)
      throws IOException, InterruptedException {
    return switch (injected.fault().effect()) {
      case Fault.Delay(var duration) -> {
        Thread.sleep(duration);
        yield Optional.empty();
      }
      case Fault.Refuse(var refusal) -> Optional.of(service.error(service.refusal(refusal)));
      case Fault.Fail(var error) -> Optional.of(service.error(error));
      case Fault.Drop() -> throw new DroppedConnectionException();
      case Fault.Repeat() -> injected.first();
      case Fault.Hold() -> {
        injected.hold();
        yield Optional.empty();
      }
    };
  }
}
