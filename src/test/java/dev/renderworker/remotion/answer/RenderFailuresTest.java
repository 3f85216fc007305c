package dev.renderworker.remotion.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.remotion.Goldens;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Remotion Lambda protocol, 10.3, row by row, and what real renders died of. */
class RenderFailuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS Concurrency limit reached (Original Error: Rate Exceeded.) | CONCURRENCY_LIMIT",
        "TooManyRequestsException: Rate Exceeded. | CONCURRENCY_LIMIT",
        "ConcurrentInvocationLimitExceeded | CONCURRENCY_LIMIT",
        "Failed to launch the browser process! zygote could not fork | FLAKY_RENDER",
        "error while loading shared libraries: libnss3.so | FLAKY_RENDER",
        "Compositor panicked: unwrap on None | FLAKY_RENDER",
        "We encountered an internal error. Please try again. | FLAKY_RENDER",
        "read ECONNRESET | FLAKY_RENDER",
        "socket hang up | FLAKY_RENDER",
        "aborted | FLAKY_RENDER",
        "Timed out after 25000ms while setting up the headless browser. | FLAKY_RENDER",
        "We currently do not have sufficient capacity | FLAKY_RENDER",
        "x did not publish a status before the launcher deadline | FLAKY_RENDER",
        "The main function timed out after 120000ms. | RENDER_TIMEOUT",
        "A delayRender() \"x\" was called but not cleared after 28000ms. | DELAY_RENDER_TIMEOUT",
        "Target closed. | BROWSER_CRASHED",
        "Session closed. Most likely the page has been closed. | BROWSER_CRASHED",
        "Page crashed! | BROWSER_CRASHED",
        "net::ERR_INSUFFICIENT_RESOURCES | BROWSER_CRASHED",
        "Compositor exited with signal SIGKILL | BROWSER_CRASHED",
        "ENOSPC: no space left on device, write | DISK_FULL",
        "Could not find composition with ID x. Available compositions: y | COMPOSITION_NOT_FOUND",
        "Error while getting compositions: Tried to go to https://x | SITE_NOT_FOUND",
        "net::ERR_NAME_NOT_RESOLVED at https://x | SITE_UNREACHABLE",
        "net::ERR_CONNECTION_REFUSED at https://x | SITE_UNREACHABLE",
        "net::ERR_UNSAFE_PORT at http://127.0.0.1:9/index.html | SITE_NOT_FOUND",
        "Cannot read properties of undefined (reading 'map') | COMPOSITION_ERROR",
        "Too many functions: 201 | INVALID_REQUEST",
        "The framesPerLambda needs to be at least 5, but is 2 | INVALID_REQUEST",
        "The 'concurrency' cannot exceed 200, passed 201 | INVALID_REQUEST",
        "concurrencyPerLambda is set higher than the amount of CPU cores available. | INVALID_REQUEST",
        "was evaluated to be 45, but frame range 0-45 is not inbetween 0-44 | INVALID_REQUEST",
        "Cannot use frame 45: Duration of composition is 45, therefore the highest | INVALID_REQUEST",
        "\"crf\" and \"videoBitrate\" can not both be set. Choose one of either. | INVALID_REQUEST",
        "The S3 Key must match the RegExp `/^([0-9a-zA-Z]+)/g`. You passed: | INVALID_REQUEST",
        "the output filename must end in one of the following: mkv. | INVALID_REQUEST",
        "Both 'framesPerLambda' and 'concurrency' were set. Please use only one of them. | INVALID_REQUEST",
        "Pixel format was set to 'yuva420p' but the image format is not PNG. | INVALID_REQUEST",
        "You have set a x264 preset but the codec is \"vp8\". | INVALID_REQUEST",
        "\"everyNthFrame\" NaN is not finite | INVALID_REQUEST",
        "Got unexpected codec \"h266\" | INVALID_REQUEST",
        "Unsupported audio codec: ogg | INVALID_REQUEST",
        "Privacy must be either \"private\", \"public\" or \"no-acl\" | INVALID_REQUEST",
        "Output file \"a.mp4\" already exists. Delete it before re-rendering | OUTPUT_EXISTS",
        "Failed to parse input props that were serialized: NoSuchKey | INPUT_PROPS_MISSING",
        "The function specified as \"rendererFunctionName\" has another version | INVALID_REQUEST",
        "renderMedia() got cancelled | RENDER_CANCELLED",
        "stitchFramesToVideo() got cancelled | RENDER_CANCELLED",
        "AccessDenied: Access Denied | INVALID_REQUEST",
        "The bucket does not allow ACLs | INVALID_REQUEST"
      })
  void kindsAreRecognised(String message, ErrorCode expected) {
    assertEquals(expected, RenderFailures.of(List.of(renderer(message))).code());
  }

  /** What Remotion itself takes for passing, and tries again inside a render. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Format error of https://storage.googleapis.com/x.mp3",
        "https://storage.googleapis.com/x.mp3: no audio metadata",
        "FATAL:zygote_communication_linux.cc(280)",
        "error while loading shared libraries: libnss3.so: no such file",
        "waited 20000ms, but the server sent no data",
        "Compositor panicked: x",
        "We encountered an internal error. Please try again.",
        "Compositor exited with code 1",
        "Timed out after 25000 ms while setting up the headless browser",
        "Timed out after 25000 ms while trying to connect to the browser!",
        "RequestTimeout: Your socket connection to the server was not read from",
        "Timed out after 30000 ms waiting for the page to render the React component",
        "Timed out evaluating page function",
        "Timeout exceeded rendering the component",
        "Loading root component",
        "getaddrinfo ENOTFOUND example.com",
        "read ECONNRESET",
        "net::ERR_CONNECTION_TIMED_OUT",
        "net::ERR_NETWORK_CHANGED",
        "A network error occurred.",
        "socket hang up",
        "Protocol error (Runtime.callFunctionOn): Target closed",
        "Session closed. Most likely the page has been closed.",
        "killed with SIGKILL",
        "ServiceException: We currently do not have sufficient capacity in the region you requested",
        "Page crashed!"
      })
  void passingFaultsAreTriedAgain(String message) {
    ErrorCode code = RenderFailures.of(List.of(renderer(message))).code();

    assertTrue(code.retryable(), code.toString());
  }

  @Test
  void compositorThatMediaBroughtDownIsNotTriedAgain() {
    ErrorCode code =
        RenderFailures.of(List.of(renderer("Compositor exited with signal SIGSEGV"))).code();

    assertFalse(code.retryable(), code.toString());
  }

  @Test
  void onlyConcurrencyIsTriedAgainWithoutBeingCharged() {
    for (ErrorPattern kind : RenderFailures.KINDS) {
      assertTrue(
          kind.code().blame() == ErrorCode.Blame.JOB || kind.code() == ErrorCode.CONCURRENCY_LIMIT,
          "each try of a " + kind.code() + " pays for a render");
    }
  }

  @Test
  void errorOfAChunkIsPreferredToTheStackOfTheWhole() {
    Failure.OfJob failure =
        RenderFailures.of(
            List.of(
                stitcher("Error: Deliberate\n    at Throws (https://x/bundle.js:1:1)"),
                renderer("  Deliberate failure at frame 0 ")));

    assertEquals("Deliberate failure at frame 0", failure.message());
    assertEquals(
        List.of("stitcher: Error: Deliberate", "chunk 2: Deliberate failure at frame 0"),
        failure.details());
  }

  /** Errors can be added to a render after it has failed: the reason given stays the same. */
  @ParameterizedTest
  @MethodSource("failedStatuses")
  void reasonDoesNotChangeAsErrorsGrow(List<JsonNode> statuses) {
    Set<ErrorCode> codes =
        statuses.stream()
            .filter(status -> status.path("fatalErrorEncountered").asBoolean(false))
            .map(status -> RenderError.in(status).stream().filter(RenderError::fatal).toList())
            .map(errors -> RenderFailures.of(errors).code())
            .collect(Collectors.toSet());

    assertEquals(1, codes.size(), codes.toString());
  }

  private static Stream<List<JsonNode>> failedStatuses() {
    return Goldens.lives().stream()
        .filter(life -> Goldens.exists("lifecycles/" + life + "/statuses.jsonl"))
        .map(life -> Goldens.text("lifecycles/" + life + "/statuses.jsonl"))
        .map(lines -> lines.lines().map(Goldens::parse).toList())
        .filter(all -> all.getLast().path("fatalErrorEncountered").asBoolean(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed to launch: libnss3.so | BROWSER_LAUNCH",
        "No usable sandbox: zygote | BROWSER_LAUNCH",
        "TooManyRequestsException: Rate Exceeded. | CONCURRENCY_LIMIT",
        "ConcurrentInvocationLimitExceeded | CONCURRENCY_LIMIT",
        "ENOSPC | DISK_FULL",
        "write: No space left on device | DISK_FULL",
        "net::ERR_INSUFFICIENT_RESOURCES | OUT_OF_MEMORY",
        "Protocol error: Target closed. | BROWSER_CRASHED",
        "Session closed. Most likely the page has been closed | BROWSER_CRASHED"
      })
  void adviceOfRemotionIsGivenByTheStack(String stack, ErrorAdvice advice) {
    assertEquals(Optional.of(advice), new RenderError("renderer", "", "", stack, true, 0).advice());
    assertEquals(
        Optional.empty(), new RenderError("renderer", "", stack, "at x", true, 0).advice());
  }

  @Test
  void wholeIsReportedByItsFirstLine() {
    assertEquals(
        "Error: no such thing",
        RenderFailures.of(List.of(stitcher("Error: no such thing\n    at x (/var/task/i.js:1:1)")))
            .message());
  }

  @Test
  void reasonIsToldRatherThanThatTheOtherChunksGotCancelled() {
    Failure.OfJob failure =
        RenderFailures.of(
            List.of(renderer("renderMedia() got cancelled"), stitcher("Error: it broke")));

    assertEquals(ErrorCode.COMPOSITION_ERROR, failure.code());
    assertEquals("Error: it broke", failure.message());
  }

  @Test
  void refusalByTheSitesOwnCodeIsNoRefusalOfParameters() {
    RenderError own =
        new RenderError(
            "stitcher",
            "Error",
            "Error: Prop must be a string",
            "Error: Prop must be a string\n at f (https://x.com/bundle.js:42:11)",
            true,
            -1);

    assertEquals(ErrorCode.COMPOSITION_ERROR, RenderFailures.of(List.of(own)).code());
  }

  @Test
  void hugeMessagesAreTrimmed() {
    Failure.OfJob failure = RenderFailures.of(List.of(renderer("x".repeat(300_000))));

    assertTrue(failure.message().length() <= Failure.MAX_MESSAGE_LENGTH);
    assertTrue(failure.details().getFirst().length() <= Failure.MAX_MESSAGE_LENGTH + 20);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cancelled, RENDER_CANCELLED",
        "fail-bad-props, COMPOSITION_ERROR",
        "fail-codec-unknown, INVALID_REQUEST",
        "fail-component-throws, COMPOSITION_ERROR",
        "fail-component-throws-no-retry, COMPOSITION_ERROR",
        "fail-composition-not-found, COMPOSITION_NOT_FOUND",
        "fail-delay-render-timeout, DELAY_RENDER_TIMEOUT",
        "fail-frames-per-lambda-too-low, INVALID_REQUEST",
        "fail-function-limit-too-short, INVALID_REQUEST",
        "fail-function-timeout, RENDER_TIMEOUT",
        "fail-privacy-unknown, INVALID_REQUEST",
        "fail-props-bucket-url-missing, INPUT_PROPS_MISSING",
        "fail-props-not-json, COMPOSITION_ERROR",
        "fail-serve-url-404, SITE_NOT_FOUND",
        "fail-serve-url-not-remotion, SITE_NOT_FOUND",
        "fail-serve-url-refused, SITE_NOT_FOUND",
        "fail-timeout-too-small, INVALID_REQUEST",
        "numbers-as-strings, INVALID_REQUEST"
      })
  void recordedDeathsAreRecognised(String life, ErrorCode expected) {
    List<RenderError> errors =
        RenderError.in(
                Goldens.parse(
                    Goldens.text("lifecycles/" + life + "/statuses.jsonl")
                        .lines()
                        .toList()
                        .getLast()))
            .stream()
            .filter(RenderError::fatal)
            .toList();

    assertEquals(expected, RenderFailures.of(errors).code());
  }

  private static RenderError renderer(String message) {
    return new RenderError("renderer", "Error", message, "Error: " + message, true, 2);
  }

  private static RenderError stitcher(String message) {
    return new RenderError("stitcher", "Error", message, "Error: " + message, true, -1);
  }
}
