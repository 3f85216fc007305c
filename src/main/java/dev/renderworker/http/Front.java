package dev.renderworker.http;

import dev.renderworker.operations.NoDeadLetterQueueException;
import dev.renderworker.worker.ServiceUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request goes through, whatever it asks: is there such a route, may the caller use it,
 * and does a failure come out as a problem.
 */
final class Front {
  private static final Logger log = LoggerFactory.getLogger(Front.class);

  private final Router router;
  private final BasicAuthentication authentication;
  private final RateLimit rate;

  Front(Router router, BasicAuthentication authentication, RateLimit rate) {
    this.router = router;
    this.authentication = authentication;
    this.rate = rate;
  }

  /** The answer, or the problem. */
  Reply answer(Call call) {
    try {
      Route route = admitted(call);
      Reply reply = route.handler().answer(call);
      if (!isRead(call)) {
        log.info("{} {}: done", call.method(), call.path());
      }
      return reply;
    } catch (ProblemException e) {
      return problem(e.problem());
    } catch (ServiceUnavailableException e) {
      log.warn(
          "{} {}: {}; the caller is asked to try again",
          call.method(),
          call.path(),
          e.getMessage());
      return problem(unavailable(e)).with("Retry-After", "5");
    } catch (NoDeadLetterQueueException e) {
      return problem(Problem.wrongState(e.getMessage()));
    }
  }

  /** Who has no credentials learns nothing of what there is. */
  private Route admitted(Call call) {
    boolean known = authentication.accepts(call.header("Authorization"));
    Route route;
    try {
      route = router.route(call);
    } catch (ProblemException e) {
      throw known ? e : new ProblemException(unauthorized());
    }
    if (route.access() == Route.Access.CREDENTIALS) {
      if (!known) {
        throw new ProblemException(unauthorized());
      }
      if (!rate.tryTake()) {
        throw new ProblemException(tooMany());
      }
    }
    if (!isRead(call)) {
      SameOrigin.require(call);
    }
    return route;
  }

  private static boolean isRead(Call call) {
    return call.method().equals("GET") || call.method().equals("HEAD");
  }

  private static Reply.Whole problem(Problem problem) {
    Reply.Whole reply = problem.reply();
    return switch (problem.status()) {
      case UNAUTHORIZED -> reply.with("WWW-Authenticate", BasicAuthentication.CHALLENGE);
      case METHOD_NOT_ALLOWED -> reply.with("Allow", problem.detail().replace("allowed: ", ""));
      case TOO_MANY_REQUESTS -> reply.with("Retry-After", "1");
      case OK,
          ACCEPTED,
          BAD_REQUEST,
          FORBIDDEN,
          NOT_FOUND,
          CONFLICT,
          CONTENT_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          UNPROCESSABLE_CONTENT,
          INTERNAL_SERVER_ERROR,
          SERVICE_UNAVAILABLE ->
          reply;
    };
  }

  private static Problem unauthorized() {
    return Problem.of(
        Status.UNAUTHORIZED,
        "UNAUTHORIZED",
        "User name and password are needed",
        "send them by Basic authentication");
  }

  private static Problem tooMany() {
    return Problem.of(
        Status.TOO_MANY_REQUESTS,
        "TOO_MANY_REQUESTS",
        "There are too many requests",
        "try again in a second, or put many requests into the queue itself");
  }

  private static Problem unavailable(ServiceUnavailableException e) {
    return Problem.of(
        Status.SERVICE_UNAVAILABLE,
        "SERVICE_UNAVAILABLE",
        "A service of AWS refuses or can't be reached",
        e.getMessage());
  }
}
