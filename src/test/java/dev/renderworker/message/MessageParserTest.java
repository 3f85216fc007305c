package dev.renderworker.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.PointedText;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MessageParserTest {
  private static final String POINTER = "['%s',{'s3BucketName':'b','s3Key':'k/1'}]";

  private final MessageParser parser = new MessageParser(request -> List.of());

  @Test
  void messageWithOnlyACompositionIsAMediaRenderWithoutJobId() {
    RenderRequest request = valid("{'composition':'hello'}");

    assertEquals(Optional.empty(), request.jobId());
    assertEquals(RenderType.MEDIA, request.type());
    assertEquals("hello", request.composition());
    assertEquals(Map.of("composition", "hello"), request.options());
  }

  @Test
  void jobIdAndTypeAreNoOptions() {
    RenderRequest request =
        valid("{'jobId':'a-1','type':'still','composition':'hello','frame':-1}");

    assertEquals(Optional.of(new JobId("a-1")), request.jobId());
    assertEquals(RenderType.STILL, request.type());
    assertEquals(Map.of("composition", "hello", "frame", -1), request.options());
  }

  @Test
  void optionsKeepTheOrderOfTheMessageAndCannotBeChanged() {
    RenderRequest request =
        valid(
            "{'scale':2,'composition':'c','inputProps':{'z':1,'a':[{'y':1,'b':2}]},'codec':'gif'}");

    assertEquals("[scale, composition, inputProps, codec]", request.options().keySet().toString());
    assertEquals("{z=1, a=[{y=1, b=2}]}", request.options().get("inputProps").toString());
    assertThrows(UnsupportedOperationException.class, () -> request.options().clear());
    Map<?, ?> props = assertInstanceOf(Map.class, request.options().get("inputProps"));
    assertThrows(UnsupportedOperationException.class, props::clear);
    List<?> list = assertInstanceOf(List.class, props.get("a"));
    assertThrows(UnsupportedOperationException.class, list::clear);
  }

  @Test
  void valuesAreJacksonsNaturalJavaValues() {
    Object props =
        valid(
                "{'composition':'c','inputProps':{'v':[1,9007199254740993,1.5,1.0,12345678901234567890,true,null,'x']}}")
            .options()
            .get("inputProps");

    assertEquals(
        Map.of(
            "v",
            Arrays.asList(
                1,
                9007199254740993L,
                1.5,
                1.0,
                new BigInteger("12345678901234567890"),
                true,
                null,
                "x")),
        props);
  }

  /**
   * As the JavaScript client has it; serializers of other languages write null for what is not
   * given.
   */
  @Test
  void nullStandsForTheDefaultOfEveryOption() throws IOException {
    List<String> insisting = List.of("jobId", "type", "composition", "codec");
    for (String type : List.of("media", "still")) {
      String nulls =
          options().stream()
              .filter(option -> !insisting.contains(option))
              .map(option -> ",'" + option + "':null")
              .collect(Collectors.joining());
      valid("{'type':'" + type + "','composition':'c'" + nulls + "}");
    }
    for (String option : insisting) {
      assertEquals(1, violations("{'composition':'c','" + option + "':null}").size(), option);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void emptyBodyIsRefused(String body) {
    assertEquals(List.of("is empty; a render request is a JSON object"), violations(body));
  }

  @Test
  void missingBodyIsRefusedAsEmpty() {
    assertEquals(List.of("is empty; a render request is a JSON object"), violations(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "hello | is no JSON: unexpected text at line 1, column 1",
        "{'composition':'c' | is no JSON: it ends too early",
        "{'composition':NaN} | is no JSON: unexpected text at line 1, column 19",
        "{'composition':'c',} | is no JSON: unexpected text at line 1, column 20",
        "{'composition':'c'} x | is no JSON: unexpected text at line 1, column 21",
        "{'composition':'c'} {} | has something after its end; a body is one JSON object",
        "{'composition':'c','composition':'d'} | /composition: is given more than once",
        "{'composition':'c','inputProps':{'a':[{'b':1,'b':2}]}} | /inputProps/a/0/b: is given more than once",
        "[] | has to be a JSON object, not a list",
        "'composition' | has to be a JSON object, not a string",
        "12 | has to be a JSON object, not a number",
        "null | has to be a JSON object, not null",
        "true | has to be a JSON object, not true or false"
      })
  void bodyThatIsNoJsonObjectIsRefused(String body, String violation) {
    assertEquals(List.of(violation), violations(body));
  }

  @Test
  void bodyOfMoreThanAMebibyteIsRefused() {
    String fits = "{'composition':'c','inputProps':{'t':'" + "x".repeat(1_048_535) + "'}}";
    assertEquals(1024 * 1024, fits.length());
    valid(fits);

    String expected = "is longer than 1048576 bytes; let the composition fetch large data itself";
    assertEquals(List.of(expected), violations(fits + " "));
    assertEquals(List.of(expected), violations(fits.replace("xx", "ü") + "üü"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{'a':"})
  void nestingOfAHundredThousandLevelsIsRefused(String level) {
    String body = "{'composition':'c','inputProps':{'a':" + level.repeat(100_000);

    ParsedMessage.Invalid invalid = invalid(body);

    String reason = invalid.violations().getFirst().reason();
    assertTrue(reason.startsWith("is beyond a limit: 200 levels of nesting"), reason);
  }

  @Test
  void nestingOfAHundredAndNinetyLevelsIsAccepted() {
    String props = "{'a':" + "[".repeat(190) + "]".repeat(190) + "}";
    RenderRequest request = valid("{'composition':'c','inputProps':" + props + "}");

    assertEquals(64, request.fingerprint().length());
  }

  @Test
  void numberOfTenThousandDigitsIsRefused() {
    String body = "{'composition':'c','inputProps':{'a':" + "9".repeat(10_000) + "}}";

    assertEquals("/inputProps/a", invalid(body).violations().getFirst().pointer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400"})
  void numberBeyondADoubleIsRefused(String number) {
    assertEquals(
        List.of("/inputProps/a/0: is a number too large for JavaScript"),
        violations("{'composition':'c','inputProps':{'a':[" + number + "]}}"));
  }

  @Test
  void halfOfASurrogatePairIsRefusedInValueAndName() {
    String reason = "has half of a surrogate pair, which is no character";
    assertEquals(
        List.of("/inputProps/a: " + reason, "/inputProps: " + reason),
        violations("{'composition':'c','inputProps':{'a':'x\\ud800y','\\udc00':1}}"));
    valid("{'composition':'c','inputProps':{'a':'\\ud83c\\udfac'}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'composition':1 | /composition: has to be a string, not a number",
        "'composition':'' | /composition: must not be empty",
        "'composition':'c','crf':'18' | /crf: has to be a number or null, not a string",
        "'composition':'c','crf':64 | /crf: has to be at most 63, not 64",
        "'composition':'c','crf':-1 | /crf: has to be at least 0, not -1",
        "'composition':'c','scale':0 | /scale: has to be above 0, not 0",
        "'composition':'c','scale':17 | /scale: has to be at most 16, not 17",
        "'composition':'c','concurrency':2.5 | /concurrency: has to be a whole number or null, not a number with a fraction",
        "'composition':'c','muted':'yes' | /muted: has to be true or false or null, not a string",
        "'composition':'c','inputProps':[] | /inputProps: has to be an object or null, not a list",
        "'composition':'c','frameRange':[1] | /frameRange: has to have 2 elements",
        "'composition':'c','frameRange':[1,2,3] | /frameRange: has to have 2 elements",
        "'composition':'c','frameRange':[1,'2'] | /frameRange/1: has to be a whole number or null, not a string",
        "'composition':'c','type':'Still' | /type: has to be one of media, still, not \"Still\"",
        "'composition':'c','privacy':'secret' | /privacy: has to be one of public, private, no-acl, not \"secret\"",
        "'composition':'c','privacy':7 | /privacy: has to be a string or null, not a number",
        "'composition':'c','imageFormat':7 | /imageFormat: has to be a string or null, not a number",
        "'imageFormat':7,'type':'still','composition':'c' | /imageFormat: has to be a string or null, not a number",
        "'composition':'c','deleteAfter':'2-days' | /deleteAfter: has to be one of 1-day, 3-days, 7-days, 30-days, not \"2-days\"",
        "'composition':'c','envVariables':{'A':1} | /envVariables/A: has to be a string, not a number",
        "'composition':'c','metadata':{'a/b':null} | /metadata/a~1b: has to be a string, not null",
        "'composition':'c','outName':{'key':'k'} | /outName/bucketName: is missing",
        "'composition':'c','downloadBehavior':{'type':'download'} | /downloadBehavior/fileName: is missing",
        "'composition':'c','timeoutInMilliseconds':6999 | /timeoutInMilliseconds: has to be at least 7000, not 6999"
      })
  void valueOutsideTheSchemaIsRefusedInWords(String fields, String violation) {
    assertEquals(List.of(violation), violations("{" + fields + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'codecs':'gif' | /codecs: is no known field; did you mean codec?",
        "'audiocodec':'aac' | /audiocodec: is no known field; did you mean audioCodec?",
        "'framePerLambda':20 | /framePerLambda: is no known field; did you mean framesPerLambda?",
        "'jobID':'a' | /jobID: is no known field; did you mean jobId?",
        "'quality':3 | /quality: is no known field; did you mean jpegQuality?",
        "'bucketName':'abc' | /bucketName: is no known field; did you mean forceBucketName?",
        "'something':3 | /something: is no known field",
        "'chromiumOptions':{'GL':'egl'} | /chromiumOptions/GL: is no known field; did you mean gl?",
        "'webhook':{'url':'https://e.com','secrets':'x'} | /webhook/secrets: is no known field; did you mean secret?"
      })
  void unknownFieldIsRefusedWithTheLikelyName(String field, String violation) {
    assertEquals(List.of(violation), violations("{'composition':'c'," + field + "}"));
  }

  @Test
  void optionsOfTheOtherKindOfRenderAreRefused() {
    assertEquals(
        List.of(
            "/codec: is an option of media renders; a still does not have it",
            "/imageFormat: has to be one of png, jpeg, pdf, webp, not \"none\""),
        violations("{'type':'still','composition':'c','codec':'h264','imageFormat':'none'}"));
    assertEquals(
        List.of(
            "/frame: is an option of stills; a media render does not have it (type is media where it is not given)",
            "/imageFormat: has to be one of jpeg, png, none, not \"webp\""),
        violations("{'composition':'c','frame':3,'imageFormat':'webp'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'serveUrl':'src/index.ts'",
        "'serveUrl':'./build'",
        "'serveUrl':'https://'",
        "'serveUrl':'a b'",
        "'functionName':'arn:aws:lambda:x'",
        "'functionName':''",
        "'forceBucketName':'UPPER'",
        "'forceBucketName':'ab'",
        "'forceBucketName':'1.2.3.4'",
        "'forceBucketName':'abc\\n'",
        "'audioBitrate':'320'",
        "'outName':' x.mp4'",
        "'webhook':{'url':'example.com'}"
      })
  void textOfAFormThatIsNotAllowedIsRefused(String field) {
    Violation violation = invalid("{'composition':'c'," + field + "}").violations().getFirst();

    assertTrue(
        violation.reason().startsWith("has a form that is not allowed. Expected: "),
        violation.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'serveUrl':'my-site'",
        "'serveUrl':'https://example.com/sites/x/index.html'",
        "'forceBucketName':'remotionlambda-useast1-abc'",
        "'forceBucketName':'a.b-c.d'",
        "'audioBitrate':'1.5M'",
        "'outName':'bad name?.mp4'",
        "'extraStartFields':{'disableSharedMemoryCapture':true}",
        "'apiKey':'rm_pub_x'"
      })
  void textOfAnAllowedFormIsAccepted(String field) {
    assertEquals(2, valid("{'composition':'c'," + field + "}").options().size());
  }

  @Test
  void longTextAgainstAPatternDoesNotOverflowTheStack() {
    String label = "a.".repeat(200_000);

    assertEquals(
        "/forceBucketName",
        invalid("{'composition':'c','forceBucketName':'" + label + "'}")
            .violations()
            .getFirst()
            .pointer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "ü", "a\\n", "\\u0000"})
  void oddJobIdIsRefusedAndNotReported(String jobId) {
    ParsedMessage.Invalid invalid = invalid("{'jobId':'" + jobId + "','composition':'c'}");

    assertEquals(Optional.empty(), invalid.jobId());
    assertEquals(List.of("/jobId"), invalid.violations().stream().map(Violation::pointer).toList());
  }

  @Test
  void jobIdOfTwoThousandCharactersIsRefused() {
    valid("{'jobId':'" + "a".repeat(128) + "','composition':'c'}");

    ParsedMessage.Invalid invalid =
        invalid("{'jobId':'" + "a".repeat(2000) + "','composition':'c'}");

    assertEquals(Optional.empty(), invalid.jobId());
    String reason = invalid.violations().getFirst().reason();
    assertTrue(reason.contains("1 to 128 letters, digits and . _ : -"), reason);
    assertTrue(reason.length() < 400, reason);
  }

  @Test
  void jobIdOfAWrongTypeIsRefused() {
    assertEquals(
        List.of("/jobId: has to be a string, not a number"),
        violations("{'jobId':7,'composition':'c'}"));
    assertEquals(
        List.of("/jobId: has to be a string, not null"),
        violations("{'jobId':null,'composition':'c'}"));
  }

  @Test
  void validJobIdIsReportedWithTheViolations() {
    ParsedMessage.Invalid invalid = invalid("{'jobId':'order-7'}");

    assertEquals(Optional.of(new JobId("order-7")), invalid.jobId());
    assertEquals(List.of(new Violation("/composition", "is missing")), invalid.violations());
  }

  @Test
  void everyViolationIsListed() {
    assertEquals(
        List.of(
            "/codec: has to be one of h264, h265, vp8, vp9, mp3, aac, wav, gif, prores, not \"h266\"",
            "/composition: is missing",
            "/muted: has to be true or false or null, not a number",
            "/sclae: is no known field; did you mean scale?"),
        violations("{'codec':'h266','muted':1,'sclae':2}"));
  }

  @Test
  void atMostFiftyViolationsAreListed() {
    String unknown =
        IntStream.range(0, 5000).mapToObj(i -> "'n" + i + "':1").collect(Collectors.joining(","));

    List<Violation> violations = invalid("{'composition':'c'," + unknown + "}").violations();

    assertEquals(50, violations.size());
    assertEquals("has more violations than these", violations.getLast().toString());
  }

  @Test
  void violationsHoldNothingButPrintableTextOfBoundedLength() {
    String name = "\\u0000\\ud800" + "x".repeat(900);

    Violation violation = invalid("{'composition':'c','" + name + "':1}").violations().getFirst();
    Violation unknown = invalid("{'composition':'c','" + name + "':1}").violations().getLast();

    assertEquals("has half of a surrogate pair, which is no character", violation.reason());
    assertEquals("/\uFFFD\uFFFD" + "x".repeat(497) + "...", unknown.pointer());
    String twice = "{'composition':'c','\\u0000':1,'\\u0000':2}";
    assertEquals(List.of("/\uFFFD: is given more than once"), violations(twice));
    assertEquals(
        List.of(
            "/codec: has half of a surrogate pair, which is no character",
            "/codec: has to be one of h264, h265, vp8, vp9, mp3, aac, wav, gif, prores,"
                + " not \"\\u0000\uFFFD"
                + "x".repeat(52)
                + "..."),
        violations("{'composition':'c','codec':'" + name + "'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "software.amazon.payloadoffloading.PayloadS3Pointer",
        "com.amazon.sqs.javamessaging.MessageS3Pointer"
      })
  void bodyThatTheExtendedClientPutIntoS3IsReadThere(String type) {
    var reading =
        new MessageParser(
            request -> List.of(),
            pointer -> new PointedText.Found(json("{'composition':'" + pointer.key() + "'}")));

    ParsedMessage parsed = reading.parse(json(POINTER.formatted(type)));

    assertEquals(
        "k/1", assertInstanceOf(ParsedMessage.Valid.class, parsed).request().composition());
  }

  @Test
  void bodyInS3MayBeLargerThanAMessageAndIsHeldToTheSameContract() {
    String large = "{'composition':'c','inputProps':{'t':'" + "x".repeat(1 << 20) + "'}}";
    assertInstanceOf(ParsedMessage.Valid.class, fromS3(json(large)));
    assertEquals(
        List.of("/composition: has to be a string, not a number"),
        reasons(fromS3("{\"composition\":3}")));
    assertEquals(List.of(": is no JSON: it ends too early"), reasons(fromS3("{")));
  }

  @Test
  void pointerToAPointerIsNotFollowed() {
    String pointer = json(POINTER.formatted("com.amazon.sqs.javamessaging.MessageS3Pointer"));
    assertEquals(List.of(": points to another body in S3"), reasons(fromS3(pointer)));
  }

  @Test
  void bodyInS3ThatMayNotBeUsedIsTheMessagesFault() {
    var refusing = new MessageParser(r -> List.of(), p -> new PointedText.Refused("is gone: " + p));
    String pointer = json(POINTER.formatted("com.amazon.sqs.javamessaging.MessageS3Pointer"));
    assertEquals(
        List.of(": the object that the body points to is gone: s3://b/k/1"),
        reasons(refusing.parse(pointer)));
    assertEquals(
        List.of(": the object that the body points to is read by the worker only: s3://b/k/1"),
        reasons(parser.parse(pointer)));
  }

  @Test
  void pointerThatDoesNotSayWhereIsRefused() {
    String body = "['software.amazon.payloadoffloading.PayloadS3Pointer',{'s3BucketName':'b'}]";

    String violation = violations(body).getFirst();
    assertTrue(violation.endsWith("s3BucketName and s3Key have to be strings"), violation);
  }

  private static ParsedMessage fromS3(String text) {
    String pointer = json(POINTER.formatted("com.amazon.sqs.javamessaging.MessageS3Pointer"));
    return new MessageParser(request -> List.of(), _ -> new PointedText.Found(text)).parse(pointer);
  }

  private static List<String> reasons(ParsedMessage parsed) {
    return assertInstanceOf(ParsedMessage.Invalid.class, parsed).violations().stream()
        .map(violation -> violation.pointer() + ": " + violation.reason())
        .toList();
  }

  @Test
  void rulesAreAskedOnlyAboutARequestThatSatisfiesTheSchema() {
    MessageParser strict =
        new MessageParser(
            request ->
                List.of(
                    new Violation(
                        "/crf", "does not go with codec " + request.options().get("codec"))));

    ParsedMessage broken =
        strict.parse(json("{'jobId':'a','composition':'c','codec':'gif','crf':3}"));
    assertEquals(
        new ParsedMessage.Invalid(
            Optional.of(new JobId("a")),
            List.of(new Violation("/crf", "does not go with codec gif"))),
        broken);

    ParsedMessage unread = strict.parse(json("{'composition':3}"));
    assertEquals(
        "/composition",
        assertInstanceOf(ParsedMessage.Invalid.class, unread).violations().getFirst().pointer());
  }

  private static Collection<String> options() throws IOException {
    try (InputStream in = MessageParser.class.getResourceAsStream("render-request.schema.json")) {
      return new JsonMapper().readTree(in).path("properties").propertyNames();
    }
  }

  private RenderRequest valid(String body) {
    ParsedMessage parsed = parser.parse(json(body));
    return assertInstanceOf(ParsedMessage.Valid.class, parsed, parsed::toString).request();
  }

  private ParsedMessage.Invalid invalid(String body) {
    return assertInstanceOf(ParsedMessage.Invalid.class, parser.parse(json(body)));
  }

  /** The violations as text, in the order of their pointers. */
  private List<String> violations(String body) {
    return invalid(body).violations().stream().map(Violation::toString).sorted().toList();
  }

  /** Bodies are written with single quotes here. */
  private static String json(String body) {
    return body == null ? null : body.replace('\'', '"');
  }
}
