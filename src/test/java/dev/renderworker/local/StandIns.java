package dev.renderworker.local;

import static dev.renderworker.local.LocalService.IMDS;
import static dev.renderworker.local.LocalService.LAMBDA;
import static dev.renderworker.local.LocalService.S3;
import static dev.renderworker.local.LocalService.STS;

import dev.renderworker.local.identity.AssumableRole;
import dev.renderworker.local.identity.InstanceMetadata;
import dev.renderworker.local.identity.Sessions;
import dev.renderworker.local.identity.TokenService;
import dev.renderworker.local.lambda.LambdaFunction;
import dev.renderworker.local.lambda.LambdaService;
import dev.renderworker.local.remotion.RemotionFunction;
import dev.renderworker.local.remotion.RenderLedger;
import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.s3.S3Service;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.CallCounts;
import dev.renderworker.local.wire.Faults;
import dev.renderworker.local.wire.Gate;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Instance metadata, STS, S3 and Lambda with the Remotion function: what is ours of the embedded
 * AWS, up in milliseconds. {@link LocalAws} is this with SQS and DynamoDB.
 */
public final class StandIns implements AutoCloseable {
  private final CallCounts counts = new CallCounts();
  private final Faults faults = new Faults();
  private final Endpoints endpoints;
  private final Sessions sessions;
  private final RemotionWorld remotion;

  /** Starts them. */
  public static StandIns start(LocalAwsOptions options) throws IOException {
    return new StandIns(options);
  }

  private StandIns(LocalAwsOptions options) throws IOException {
    endpoints = new Endpoints(options);
    sessions = new Sessions(options.clock());
    remotion = new RemotionWorld(options);
    String role = LocalNames.ROLE;
    serve(STS, new TokenService(sessions, new AssumableRole(role, Optional.empty())));
    serve(
        IMDS,
        new InstanceMetadata(
            sessions, options.clock(), LocalNames.INSTANCE_ROLE, LocalNames.REGION));
    serve(LAMBDA, new LambdaService(remotion.functions(), sessions, role));
    serve(S3, new S3Service(remotion.store(), sessions, role, options.clock()));
  }

  void serve(LocalService service, AwsService implementation) {
    endpoints
        .of(service)
        .serve(new Gate(implementation, counts, faults, remotion.events()::runDue));
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** Where a service listens. */
  public URI endpoint(LocalService service) {
    return endpoints.uri(service);
  }

  /** The system properties by which SDK clients in this JVM find these services. */
  public Map<String, String> systemProperties() {
    return Map.of(
        "aws.region", LocalNames.REGION,
        "aws.endpointUrlSts", endpoint(STS).toString(),
        "aws.endpointUrlLambda", endpoint(LAMBDA).toString(),
        "aws.endpointUrlS3", endpoint(S3).toString(),
        "aws.ec2MetadataServiceEndpoint", endpoint(IMDS).toString());
  }

  /** The buckets, behind every service. */
  public ObjectStore store() {
    return remotion.store();
  }

  /** The first function, {@link LocalNames#FUNCTION}. */
  public RemotionFunction function() {
    return remotion.function();
  }

  /** Deploys any function, in place of one of the same name. */
  void deploy(LambdaFunction function) {
    remotion.functions().deploy(function);
  }

  /** Deploys another function beside the first, of that name and Remotion version. */
  public RemotionFunction deploy(String functionName, String version) {
    return remotion.deploy(functionName, version);
  }

  /** Deletes a function. */
  public void deleteFunction(String functionName) {
    remotion.functions().delete(functionName);
  }

  /** Sets how many functions of the account may run at once. */
  void limitConcurrency(int executions) {
    remotion.functions().limitConcurrency(executions);
  }

  /** What was asked of the functions, brought up to date. */
  public RenderLedger renders() {
    return remotion.renders();
  }

  /** The sessions that were handed out. */
  public Sessions sessions() {
    return sessions;
  }

  /** How often each operation was called. */
  public CallCounts counts() {
    return counts;
  }

  /** The faults in force. */
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    faults.all().forEach(fault -> fault.discard());
    endpoints.close();
  }
}
