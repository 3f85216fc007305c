package dev.renderworker.local.remotion;

import static dev.renderworker.local.remotion.Simulation.Where.CHUNK;
import static dev.renderworker.local.remotion.Simulation.Where.MAIN;
import static dev.renderworker.local.remotion.Simulation.Where.SITE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a render goes, on request: the input prop {@code simulate} or the composition's id names it,
 * in lower case with dashes, such as {@code script-error}. Texts are those of the real function.
 *
 * <p>Unasked, the stand-in fails what the real function fails: an unknown composition, a missing
 * field, props that are gone, an output that exists, another version, a bucket that isn't there.
 *
 * <p>The input prop {@code renderSeconds} sets how long one render takes; failures come at their
 * part of that time, deadlines (timeout, lost launch) when it is over.
 */
public enum Simulation {
  /** It succeeds. */
  NONE,
  /** The composition's code throws, in two chunks. */
  SCRIPT_ERROR(CHUNK, "Error", "Deliberate failure at frame 0"),
  /** The composition called cancelRender(). */
  CANCEL_RENDER(CHUNK, "CancelledError", "The composition gave up: no data for this customer"),
  /** Frames stop half way; the file is as old as the function's timeout when the time is over. */
  TIMEOUT,
  /**
   * As {@link #TIMEOUT}, but every chunk is complete and the output lies in its place. Where there
   * is no sound ({@code muted}), the status finds the output and says done.
   */
  TIMEOUT_BUT_OUTPUT_EXISTS,
  /** The account's concurrency is used up when the chunks are to start. */
  CONCURRENCY_LIMIT(
      MAIN,
      "Error",
      "AWS Concurrency limit reached (Original Error: Rate Exceeded.). See"
          + " https://www.remotion.dev/docs/lambda/troubleshooting/rate-limit for tips to fix"
          + " this."),
  /**
   * The first start of a job (by {@code metadata.jobId}) fails by a flaky fault, the next don't.
   */
  FLAKY_ONCE(CHUNK, "Error", "Timed out evaluating page function \"window.ready\""),
  /** Every start fails by a flaky fault. */
  FLAKY_ALWAYS(CHUNK, "Error", "Timed out evaluating page function \"window.ready\""),
  /** The launch never reports; its time is up when the render's is. */
  LOST_LAUNCH,
  /** A delayRender() is never continued. */
  DELAY_RENDER_TIMEOUT(
      CHUNK,
      "Error",
      "A delayRender() \"never continued on purpose\" was called but not cleared after 28000ms."
          + " See https://remotion.dev/docs/timeout for help. The delayRender was called:"),
  /** The browser's page crashes. */
  BROWSER_CRASH(CHUNK, "Error", "Target closed. https://www.remotion.dev/docs/target-closed"),
  /** The browser runs out of memory. */
  MEMORY(CHUNK, "Error", "net::ERR_INSUFFICIENT_RESOURCES at https://example.com/video.mp4"),
  /** The disk is full. */
  DISK_FULL(CHUNK, "Error", "ENOSPC: no space left on device, write"),
  /** The serve URL answers, but not with a Remotion site. */
  SITE_MISSING(
      SITE,
      "Error",
      "Error while getting compositions: Tried to go to https://example.com/index.html and verify"
          + " that it is a Remotion project by checking if window.getStaticCompositions is"
          + " defined.\nHowever, the function is undefined, indicating that this is not a valid"
          + " Remotion project. Please check the URL you passed."),
  /** The serve URL's host has no address. */
  SITE_UNREACHABLE(SITE, "Error", "net::ERR_NAME_NOT_RESOLVED at https://example.com/index.html"),
  /** The site has no such composition, whatever its id. */
  COMPOSITION_MISSING(
      SITE,
      "Error",
      "Error: Could not find composition with ID composition-missing. Available compositions:"
          + " hello"),
  /** A parameter is refused by the launch. */
  BAD_PARAMETER(SITE, "TypeError", "The framesPerLambda needs to be at least 5, but is 2"),
  /** The output exists, and may not be overwritten. */
  OUTPUT_EXISTS(
      SITE,
      "TypeError",
      "Output file \"renders/out.mp4\" in bucket \"remotionlambda\" in region \"us-east-1\" already"
          + " exists. Delete it before re-rendering, or set the 'overwrite' option in"
          + " renderMediaOnLambda() to overwrite it.\""),
  /** The uploaded input props are gone. */
  PROPS_MISSING(
      SITE,
      "Error",
      "Failed to parse input props that were serialized: NoSuchKey: The specified key does not"
          + " exist."),
  /** The function for the chunks has another version. */
  RENDERER_VERSION_MISMATCH(
      MAIN,
      "Error",
      "The version of the function that was specified as \"rendererFunctionName\" is 4.0.500 but"
          + " the version of the function that invoked the render is 4.0.527. Please make sure that"
          + " the version of the function that is specified as \"rendererFunctionName\" is the same"
          + " as the version of the function that is invoked."),
  /** The output may not be written. */
  UPLOAD_REFUSED(MAIN, "AccessDenied", "Access Denied"),
  /** The output's bucket takes no ACL. */
  ACL_REFUSED(MAIN, "AccessControlListNotSupported", "The bucket does not allow ACLs"),
  /** Someone cancels it half way. */
  CANCELLED_ELSEWHERE(CHUNK, "Error", RenderError.CANCELLED),
  /** The start answers an error; nothing was launched. */
  START_ERROR,
  /** The start answers an error, and the render runs all the same. */
  START_ERROR_BUT_LAUNCHED,
  /** The start answers after the input prop {@code startSeconds}, 5 if absent. */
  SLOW_START,
  /**
   * The output's place holds an older file when the render begins, and where there is no sound
   * ({@code muted}) the status says done, with that file, before the new one is written.
   */
  PREMATURE_DONE,
  /** The first status of the render is a function error. */
  UNHANDLED_STATUS_ONCE,
  /** Progress falls between half and two thirds of the time, as by a chunk that is retried. */
  PROGRESS_FALLS,
  /** The list of errors still grows after the first fatal answer. */
  ERRORS_GROW(CHUNK, "Error", "Deliberate failure at frame 0"),
  /** A chunk fails, is rendered again and succeeds: a survived error in the list. */
  CHUNK_RETRY;

  /** Where in the life of a render the error appears. */
  enum Where {
    /** Nowhere. */
    NOWHERE(1),
    /** While the site is opened: the composition is not known yet. */
    SITE(0.05),
    /** In the main function, the composition known. */
    MAIN(0.12),
    /** In the chunks, then in the main function. */
    CHUNK(0.4);

    private final double part;

    Where(double part) {
      this.part = part;
    }

    /** The part of the render's time at which it appears. */
    double part() {
      return part;
    }
  }

  private final Where where;
  private final String errorName;
  private final String message;

  Simulation() {
    this(Where.NOWHERE, "", "");
  }

  Simulation(Where where, String errorName, String message) {
    this.where = where;
    this.errorName = errorName;
    this.message = message;
  }

  static Optional<Simulation> named(String name) {
    return Arrays.stream(values())
        .filter(simulation -> simulation.label().equals(name))
        .findFirst();
  }

  /** The name by which it is asked for. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Where where() {
    return where;
  }

  String errorName() {
    return errorName;
  }

  String message() {
    return message;
  }
}
