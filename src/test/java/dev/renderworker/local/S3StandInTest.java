package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3, seen by the SDK. */
class S3StandInTest {
  private static final String BUCKET = LocalNames.BUCKET;

  private final SettableClock clock = SettableClock.fromNow();
  private StandIns standIns;
  private SdkClients clients;
  private S3Client s3;

  @BeforeEach
  void open() throws Exception {
    standIns = StandIns.start(LocalAwsOptions.STANDARD.clock(clock));
    clients = new SdkClients(standIns);
    s3 = clients.s3(clients.role());
  }

  @AfterEach
  void close() {
    s3.close();
    clients.close();
    standIns.close();
  }

  private String put(String key, String content) {
    return s3.putObject(
            request -> request.bucket(BUCKET).key(key).contentType("application/json"),
            RequestBody.fromString(content))
        .eTag();
  }

  private String get(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asUtf8String();
  }

  @Test
  void objectComesBackAsItWasPut() {
    String etag = put("input-props/a b+ü.json", "{\"title\":\"Grüße\"}");
    assertEquals("{\"title\":\"Grüße\"}", get("input-props/a b+ü.json"));
    var head = s3.headObject(request -> request.bucket(BUCKET).key("input-props/a b+ü.json"));
    assertEquals(etag, head.eTag());
    assertEquals("application/json", head.contentType());
    assertEquals(19, head.contentLength());
    assertEquals(clock.instant().getEpochSecond(), head.lastModified().getEpochSecond());
  }

  @Test
  void uploadOfUnknownLengthIsDecoded() {
    byte[] content = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    s3.putObject(
        request -> request.bucket(BUCKET).key("big"),
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(content), "application/octet-stream"));
    assertEquals(200_000, get("big").length());
  }

  @Test
  void missingObjectIsNoSuchKey() {
    assertThrows(NoSuchKeyException.class, () -> get("nope"));
    assertThrows(
        NoSuchKeyException.class,
        () -> s3.headObject(request -> request.bucket(BUCKET).key("nope")));
  }

  @Test
  void missingBucketIsNoSuchBucket() {
    assertThrows(
        NoSuchBucketException.class,
        () -> s3.listObjectsV2(request -> request.bucket("not-there")));
  }

  @Test
  void deletedObjectIsGoneAndDeletingAgainIsNoError() {
    put("a", "1");
    s3.deleteObject(request -> request.bucket(BUCKET).key("a"));
    s3.deleteObject(request -> request.bucket(BUCKET).key("a"));
    assertThrows(NoSuchKeyException.class, () -> get("a"));
  }

  @Test
  void putMayBeLimitedToKeysThatAreFree() {
    put("a", "1");
    var refused =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    request -> request.bucket(BUCKET).key("a").ifNoneMatch("*"),
                    RequestBody.fromString("2")));
    assertEquals(412, refused.statusCode());
    assertEquals("1", get("a"));
  }

  @Test
  void listingGoesPageByPageWithinThePrefix() {
    IntStream.range(0, 5).forEach(number -> put("renders/r" + number + "/progress.json", "{}"));
    put("other", "");
    List<String> keys =
        s3
            .listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix("renders/").maxKeys(2))
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    assertEquals(
        IntStream.range(0, 5).mapToObj(number -> "renders/r" + number + "/progress.json").toList(),
        keys);
  }

  @Test
  void listingGroupsByDelimiter() {
    put("renders/a/progress.json", "{}");
    put("renders/a/out.mp4", "");
    put("renders/b/progress.json", "{}");
    List<String> folders =
        s3
            .listObjectsV2Paginator(
                request -> request.bucket(BUCKET).prefix("renders/").delimiter("/").maxKeys(1))
            .commonPrefixes()
            .stream()
            .map(CommonPrefix::prefix)
            .toList();
    assertEquals(List.of("renders/a/", "renders/b/"), folders);
  }

  @Test
  void listingTellsSizeAndTime() {
    put("a", "12345");
    S3Object listed = s3.listObjectsV2(request -> request.bucket(BUCKET)).contents().getFirst();
    assertEquals(5, listed.size());
    assertEquals(clock.instant().getEpochSecond(), listed.lastModified().getEpochSecond());
  }

  @Test
  void bucketsAreListed() {
    assertEquals(BUCKET, s3.listBuckets().buckets().getFirst().name());
  }

  @Test
  void expiredSessionIsAnExpiredToken() {
    put("a", "1");
    standIns.sessions().expire(LocalNames.ROLE);
    var expired = assertThrows(S3Exception.class, () -> get("a"));
    assertEquals("ExpiredToken", expired.awsErrorDetails().errorCode());
    assertEquals(400, expired.statusCode());
  }

  @Test
  void instancesOwnIdentityIsDenied() {
    try (var asInstance = clients.s3(clients.instance())) {
      var denied = assertThrows(S3Exception.class, asInstance::listBuckets);
      assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
    }
  }

  @Test
  void strangersKeyIsUnknown() {
    var stranger = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "secret"));
    try (var asStranger = clients.s3(stranger)) {
      var denied = assertThrows(S3Exception.class, asStranger::listBuckets);
      assertEquals("InvalidAccessKeyId", denied.awsErrorDetails().errorCode());
    }
  }

  @Test
  void foreignBucketOwnerIsDenied() {
    put("a", "1");
    var denied =
        assertThrows(
            S3Exception.class,
            () ->
                s3.headBucket(
                    request -> request.bucket(BUCKET).expectedBucketOwner("999999999999")));
    assertEquals(403, denied.statusCode());
  }

  @Test
  void throttlingIsSlowDown() {
    standIns
        .faults()
        .inject(
            Fault.before(CallPattern.of("s3", "GetObject"), new Fault.Refuse(Refusal.THROTTLED)));
    var throttled = assertThrows(S3Exception.class, () -> get("a"));
    assertEquals("SlowDown", throttled.awsErrorDetails().errorCode());
    assertTrue(throttled.isThrottlingException());
  }
}
