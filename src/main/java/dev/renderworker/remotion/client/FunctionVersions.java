package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.remotion.answer.FunctionAnswer;
import dev.renderworker.remotion.request.Payloads;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The Remotion version of each function, from the function itself: every request has to carry it
 * exactly (Remotion Lambda protocol, 2.6).
 */
final class FunctionVersions {
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final Remembered<String> known;

  FunctionVersions(InstantSource clock) {
    this.known = new Remembered<>(LIFETIME, clock);
  }

  String of(RegionClients clients, String function) throws RemotionException {
    return known.get(key(clients, function), () -> ask(clients, function));
  }

  /** Asks again, after a function has said that the version is another. */
  String otherThan(String stale, RegionClients clients, String function) throws RemotionException {
    known.forget(key(clients, function), stale);
    return of(clients, function);
  }

  /** Asks the function without a look at what is known. */
  String ask(RegionClients clients, String function) throws RemotionException {
    FunctionAnswer answer =
        FunctionCall.patiently(
            clients.patient(), function, SdkBytes.fromUtf8String(Payloads.info()));
    return switch (answer) {
      case FunctionAnswer.Success success when success.body().path("version").isString() ->
          success.body().path("version").stringValue();
      case FunctionAnswer.Success _ -> throw unusable(function, "it tells no version");
      case FunctionAnswer.Refused refused -> throw unusable(function, refused.message());
      case FunctionAnswer.Crashed crashed -> throw unusable(function, crashed.message());
      case FunctionAnswer.Unreadable unreadable -> throw unusable(function, unreadable.reason());
    };
  }

  private static RemotionException unusable(String function, String why) {
    return RemotionException.of(
        ErrorCode.FUNCTION_UNUSABLE, function + " can't be used as a render function: " + why);
  }

  private static String key(RegionClients clients, String function) {
    return clients.region() + " " + function;
  }
}
