package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.answer.Faults;
import dev.renderworker.remotion.request.RenderTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds where a request is to be sent: what its message says, else the settings, else AWS. */
final class Targets {
  private static final Duration DISCOVERED_FOR = Duration.ofMinutes(10);

  private final RemotionDefaults defaults;
  private final ClientPool pool;
  private final FunctionVersions versions;
  private final Remembered<String> functions;
  private final Remembered<String> buckets;

  Targets(
      RemotionDefaults defaults, ClientPool pool, FunctionVersions versions, InstantSource clock) {
    this.defaults = defaults;
    this.pool = pool;
    this.versions = versions;
    this.functions = new Remembered<>(DISCOVERED_FOR, clock);
    this.buckets = new Remembered<>(DISCOVERED_FOR, clock);
  }

  RegionClients clients(RenderTarget target) {
    return pool.in(target.region());
  }

  RenderTarget of(RenderRequest request) throws RemotionException {
    RegionClients clients = clients(request);
    String function = function(request.text("functionName"), clients);
    String version = versions.of(clients, function);
    return new RenderTarget(clients.region(), function, version, Optional.of(bucket(request)));
  }

  RegionClients clients(RenderRequest request) {
    return pool.in(request.text("region").orElse(defaults.region()));
  }

  /** Whether function and bucket of requests that say nothing answer. */
  void check() throws RemotionException {
    RegionClients clients = pool.in(defaults.region());
    try {
      versions.ask(
          clients, present(defaults.functionName(), functions, clients, Discovery::function));
      String bucket = present(defaults.bucketName(), buckets, clients, Discovery::bucket);
      clients.s3().listObjectsV2(l -> l.bucket(bucket).prefix("renders/").maxKeys(1));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }

  /** As configured, else discovered anew: what is remembered may be what is wrong. */
  private static String present(
      Optional<String> configured,
      Remembered<String> discovered,
      RegionClients clients,
      Discovering discovering)
      throws RemotionException {
    return configured.isPresent()
        ? configured.get()
        : discovered.renew(clients.region(), () -> discovering.in(clients));
  }

  /**
   * Where to ask next, after a function has certainly started nothing because it has changed: it
   * was deployed anew under its name, or, where it was discovered, an upgrade has replaced it.
   *
   * @param code why it started nothing
   */
  Optional<RenderTarget> insteadOf(RenderTarget stale, ErrorCode code, RenderRequest request)
      throws RemotionException {
    return switch (code) {
      case VERSION_MISMATCH ->
          Optional.of(
              stale.withVersion(
                  versions.otherThan(stale.version(), clients(stale), stale.functionName())));
      case FUNCTION_MISSING ->
          isDiscovered(request) ? successor(stale, request) : Optional.<RenderTarget>empty();
      default -> Optional.empty();
    };
  }

  private boolean isDiscovered(RenderRequest request) {
    return request.text("functionName").or(defaults::functionName).isEmpty();
  }

  private Optional<RenderTarget> successor(RenderTarget gone, RenderRequest request)
      throws RemotionException {
    functions.forget(gone.region(), gone.functionName());
    return Optional.of(of(request))
        .filter(found -> !found.functionName().equals(gone.functionName()));
  }

  private String function(Optional<String> given, RegionClients clients) throws RemotionException {
    Optional<String> known = given.or(defaults::functionName);
    return known.isPresent()
        ? known.get()
        : functions.get(clients.region(), () -> Discovery.function(clients));
  }

  /** The bucket that the request's render uses. */
  String bucket(RenderRequest request) throws RemotionException {
    return bucket(request.text("forceBucketName"), clients(request));
  }

  private String bucket(Optional<String> given, RegionClients clients) throws RemotionException {
    Optional<String> known =
        given.or(
            () -> defaults.bucketName().filter(_ -> clients.region().equals(defaults.region())));
    return known.isPresent()
        ? known.get()
        : buckets.get(clients.region(), () -> Discovery.bucket(clients));
  }

  /** Finds a name in a region. */
  @FunctionalInterface
  private interface Discovering {
    String in(RegionClients clients) throws RemotionException;
  }

  /** The failure, blamed on the job where it is about something that its message chose. */
  Failure blame(Failure failure, RenderRequest request) {
    boolean region = chooses(request, "region", Optional.of(defaults.region()));
    boolean function = chooses(request, "functionName", defaults.functionName());
    boolean bucket =
        request.options().get("outName") instanceof Map
            || chooses(request, "forceBucketName", defaults.bucketName());
    boolean itsChoice =
        region
            || switch (failure.code()) {
              case FUNCTION_MISSING, FUNCTION_UNUSABLE, VERSION_MISMATCH -> function;
              case BUCKET_REFUSED -> bucket;
              case ACCESS_DENIED -> function || bucket;
              default -> false;
            };
    return itsChoice ? Faults.chosenByMessage(failure) : failure;
  }

  private static boolean chooses(
      RenderRequest request, String option, Optional<String> configured) {
    return request.text(option).filter(given -> !configured.equals(Optional.of(given))).isPresent();
  }
}
