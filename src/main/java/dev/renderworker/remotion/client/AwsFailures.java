package dev.renderworker.remotion.client;

import static dev.renderworker.job.ErrorCode.ACCESS_DENIED;
import static dev.renderworker.job.ErrorCode.BUCKET_REFUSED;
import static dev.renderworker.job.ErrorCode.CREDENTIALS_INVALID;
import static dev.renderworker.job.ErrorCode.FUNCTION_MISSING;
import static dev.renderworker.job.ErrorCode.FUNCTION_UNUSABLE;
import static dev.renderworker.job.ErrorCode.INVALID_REQUEST;
import static dev.renderworker.job.ErrorCode.PAYLOAD_TOO_LARGE;
import static dev.renderworker.job.ErrorCode.SERVICE_UNAVAILABLE;
import static dev.renderworker.job.ErrorCode.THROTTLED;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.remotion.answer.Faults;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What AWS means when a call fails (Remotion Lambda protocol, 10.1). */
final class AwsFailures {
  /** By the service's error code, in lower case and without "exception" at its end. */
  private static final Map<String, ErrorCode> BY_CODE =
      Map.ofEntries(
          Map.entry("toomanyrequests", THROTTLED),
          Map.entry("throttling", THROTTLED),
          Map.entry("throttled", THROTTLED),
          Map.entry("requestlimitexceeded", THROTTLED),
          Map.entry("slowdown", THROTTLED),
          Map.entry("service", SERVICE_UNAVAILABLE),
          Map.entry("internalerror", SERVICE_UNAVAILABLE),
          Map.entry("serviceunavailable", SERVICE_UNAVAILABLE),
          Map.entry("requesttimeout", SERVICE_UNAVAILABLE),
          Map.entry("ec2throttled", SERVICE_UNAVAILABLE),
          Map.entry("ec2unexpected", SERVICE_UNAVAILABLE),
          Map.entry("resourcenotready", SERVICE_UNAVAILABLE),
          Map.entry("snapstartnotready", SERVICE_UNAVAILABLE),
          Map.entry("enilimitreached", SERVICE_UNAVAILABLE),
          Map.entry("eninotready", SERVICE_UNAVAILABLE),
          Map.entry("subnetipaddresslimitreached", SERVICE_UNAVAILABLE),
          Map.entry("resourceconflict", SERVICE_UNAVAILABLE),
          Map.entry("resourceinuse", SERVICE_UNAVAILABLE),
          Map.entry("resourcenotfound", FUNCTION_MISSING),
          Map.entry("accessdenied", ACCESS_DENIED),
          Map.entry("expiredtoken", CREDENTIALS_INVALID),
          Map.entry("unrecognizedclient", CREDENTIALS_INVALID),
          Map.entry("invalidsignature", CREDENTIALS_INVALID),
          Map.entry("signaturedoesnotmatch", CREDENTIALS_INVALID),
          Map.entry("invalidclienttokenid", CREDENTIALS_INVALID),
          Map.entry("invalidaccesskeyid", CREDENTIALS_INVALID),
          Map.entry("invalidtoken", CREDENTIALS_INVALID),
          Map.entry("missingauthenticationtoken", CREDENTIALS_INVALID),
          Map.entry("requesttimetooskewed", CREDENTIALS_INVALID),
          Map.entry("requestexpired", CREDENTIALS_INVALID),
          Map.entry("regiondisabled", CREDENTIALS_INVALID),
          Map.entry("invalidrequestcontent", INVALID_REQUEST),
          Map.entry("invalidparametervalue", INVALID_REQUEST),
          Map.entry("unsupportedmediatype", INVALID_REQUEST),
          Map.entry("requesttoolarge", PAYLOAD_TOO_LARGE),
          Map.entry("requestentitytoolarge", PAYLOAD_TOO_LARGE),
          Map.entry("serializedrequestentitytoolarge", FUNCTION_UNUSABLE),
          Map.entry("invalidruntime", FUNCTION_UNUSABLE),
          Map.entry("invalidzipfile", FUNCTION_UNUSABLE),
          Map.entry("invalidsecuritygroupid", FUNCTION_UNUSABLE),
          Map.entry("invalidsubnetid", FUNCTION_UNUSABLE),
          Map.entry("recursiveinvocation", FUNCTION_UNUSABLE),
          Map.entry("ec2accessdenied", FUNCTION_UNUSABLE),
          Map.entry("nosuchbucket", BUCKET_REFUSED),
          Map.entry("invalidbucketname", BUCKET_REFUSED),
          Map.entry("permanentredirect", BUCKET_REFUSED),
          Map.entry("authorizationheadermalformed", BUCKET_REFUSED));

  private AwsFailures() {}

  /** What the failure of a call that may be repeated means. */
  static Failure of(SdkException e) {
    return Faults.of(
        switch (e) {
          case AwsServiceException answer -> ofAnswer(answer);
          default -> ofNoAnswer(e);
        },
        describe(e));
  }

  /**
   * What the failure of a call that starts a render means.
   *
   * @param dispatched whether the request got as far as the wire
   */
  static Failure ofStart(SdkException e, boolean dispatched) {
    boolean answered =
        e instanceof AwsServiceException answer
            && (byCode(answer).isPresent() || answer.statusCode() < 500);
    return !dispatched || answered || neverConnected(e)
        ? of(e)
        : new Failure.Uncertain("the answer to the start was lost: " + describe(e));
  }

  private static ErrorCode ofAnswer(AwsServiceException e) {
    return byCode(e).orElseGet(() -> byStatus(e.statusCode()));
  }

  private static Optional<ErrorCode> byCode(AwsServiceException e) {
    String code =
        Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::errorCode)
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .replaceFirst("exception$", "");
    if (code.startsWith("kms") || code.startsWith("efs") || code.startsWith("s3files")) {
      return Optional.of(FUNCTION_UNUSABLE);
    }
    return Optional.ofNullable(BY_CODE.get(code));
  }

  private static ErrorCode byStatus(int status) {
    return switch (status) {
      case 301, 307 -> BUCKET_REFUSED;
      case 401 -> CREDENTIALS_INVALID;
      case 403 -> ACCESS_DENIED;
      case 404 -> FUNCTION_MISSING;
      case 409 -> SERVICE_UNAVAILABLE;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 429 -> THROTTLED;
      default -> status >= 500 ? SERVICE_UNAVAILABLE : INVALID_REQUEST;
    };
  }

  private static ErrorCode ofNoAnswer(SdkException e) {
    return String.valueOf(e.getMessage()).contains("Unable to load credentials")
        ? CREDENTIALS_INVALID
        : SERVICE_UNAVAILABLE;
  }

  private static boolean neverConnected(SdkException e) {
    return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException
                    || cause instanceof SSLPeerUnverifiedException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof ConnectionRequestTimeoutException);
  }

  private static String describe(SdkException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
