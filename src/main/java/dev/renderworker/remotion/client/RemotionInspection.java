package dev.renderworker.remotion.client;

import dev.renderworker.check.Finding;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Looks at what requests that name nothing else use: function, quota, bucket and site. */
public final class RemotionInspection implements AutoCloseable {
  private static final String FUNCTION = "function";
  private static final String CONCURRENCY = "concurrency";
  private static final String BUCKET = "bucket";

  /** Asked for to see whether it may be; no render has this id. */
  private static final String NO_OBJECT = "renders/none/progress.json";

  private final RemotionDefaults defaults;
  private final int maxConcurrentRenders;
  private final ClientPool pool;
  private final FunctionVersions versions;
  private final SiteCheck sites = new SiteCheck();

  /**
   * Prepares the inspection.
   *
   * @param maxConcurrentRenders of this worker, which the account's quota has to bear
   */
  public RemotionInspection(
      RemotionDefaults defaults, AwsAccess access, int maxConcurrentRenders, InstantSource clock) {
    this.defaults = defaults;
    this.maxConcurrentRenders = maxConcurrentRenders;
    this.pool = new ClientPool(access);
    this.versions = new FunctionVersions(clock);
  }

  /** Looks; what can't be looked at is a finding, too. */
  public List<Finding> findings() {
    RegionClients clients = pool.in(defaults.region());
    return List.of(function(clients), concurrency(clients), bucket(clients), site(clients));
  }

  private Finding function(RegionClients clients) {
    try {
      String name = functionName(clients);
      String version = versions.ask(clients, name);
      GetFunctionConfigurationResponse is =
          clients.patient().getFunctionConfiguration(get -> get.functionName(name));
      return new Finding.Passed(
          FUNCTION,
          "%s, Remotion %s, %d MB memory, %d MB disk, %d s"
              .formatted(
                  name, version, is.memorySize(), is.ephemeralStorage().size(), is.timeout()));
    } catch (RemotionException e) {
      return InspectionAdvice.function(e.failure());
    } catch (SdkException e) {
      return InspectionAdvice.function(AwsFailures.of(e));
    }
  }

  private String functionName(RegionClients clients) throws RemotionException {
    Optional<String> configured = defaults.functionName();
    return configured.isPresent() ? configured.get() : Discovery.function(clients);
  }

  private Finding concurrency(RegionClients clients) {
    try {
      int quota =
          clients.patient().getAccountSettings().accountLimit().unreservedConcurrentExecutions();
      return new Concurrency(quota, maxConcurrentRenders).finding(CONCURRENCY);
    } catch (SdkException e) {
      return InspectionAdvice.concurrency(CONCURRENCY, AwsFailures.of(e));
    }
  }

  private Finding bucket(RegionClients clients) {
    try {
      String name = bucketName(clients);
      clients.s3().listObjectsV2(list -> list.bucket(name).prefix("renders/").maxKeys(1));
      return readable(clients, name);
    } catch (RemotionException e) {
      return InspectionAdvice.bucket(BUCKET, e.failure());
    } catch (SdkException e) {
      return InspectionAdvice.bucket(BUCKET, AwsFailures.of(e));
    }
  }

  private static Finding readable(RegionClients clients, String name) {
    try {
      clients.s3().headObject(head -> head.bucket(name).key(NO_OBJECT));
    } catch (NoSuchKeyException _) {
      // Whoever may not read is told 403.
    }
    return new Finding.Passed(BUCKET, name + " can be listed and read");
  }

  private String bucketName(RegionClients clients) throws RemotionException {
    Optional<String> configured = defaults.bucketName();
    return configured.isPresent() ? configured.get() : Discovery.bucket(clients);
  }

  private Finding site(RegionClients clients) {
    Optional<String> site = defaults.serveUrl();
    if (site.isEmpty()) {
      return new Finding.Skipped("site", "none is set; each request has to name its own");
    }
    try {
      return sites.look(SiteCheck.url(site.get(), () -> bucketName(clients), defaults.region()));
    } catch (RemotionException _) {
      return new Finding.Skipped("site", "its name stands for a URL in the bucket");
    }
  }

  @Override
  public void close() {
    try (pool) {
      sites.close();
    }
  }
}
