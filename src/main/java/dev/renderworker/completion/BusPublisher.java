package dev.renderworker.completion;

import dev.renderworker.worker.ServiceUnavailableException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Puts events on an EventBridge bus; rules match the body's fields as {@code detail}. */
final class BusPublisher implements Publisher {
  static final String SOURCE = "render-worker";
  static final String DETAIL_TYPE = "Render Job Ended";

  private final EventBridgeClient events;
  private final CompletionTarget bus;

  BusPublisher(EventBridgeClient events, CompletionTarget bus) {
    this.events = events;
    this.bus = bus;
  }

  @Override
  public void publish(CompletionEvent event) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus.arn())
            .source(SOURCE)
            .detailType(DETAIL_TYPE)
            .detail(event.body())
            .build();
    // The call succeeds also where its entry was refused.
    events.putEvents(put -> put.entries(entry)).entries().stream()
        .filter(result -> result.errorCode() != null)
        .findFirst()
        .ifPresent(
            refused -> {
              throw new ServiceUnavailableException(
                  "Could not tell of the end of %s: %s: %s"
                      .formatted(event.jobId(), refused.errorCode(), refused.errorMessage()),
                  null);
            });
  }

  @Override
  public void close() {
    events.close();
  }
}
