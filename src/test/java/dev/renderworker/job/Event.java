package dev.renderworker.job;

import java.time.Duration;

/** What can befall a job, as far as the model of its life goes. */
sealed interface Event {

  /** The producer sends the request once more, or another one under the same job id. */
  record Send(boolean sameRequest) implements Event {}

  /**
   * The queue delivers a message. It may be one that is held, hidden or even deleted: SQS promises
   * to deliver at least once, and nothing more.
   */
  record Receive(int worker, int message) implements Event {}

  /**
   * The worker does its next step: asks for the render, writes its id, or looks for the render of a
   * start that was never answered.
   */
  record Work(int worker) implements Event {}

  /** The worker asks for a render and does not get the answer. */
  record LaunchUnanswered(int worker, boolean launched) implements Event {}

  /** The worker asks for a render and is refused. */
  record Refuse(int worker, Failure failure) implements Event {}

  /** The render that the worker follows has its output, unless it has ended before. */
  record Succeed(int worker) implements Event {}

  /** The render that the worker follows fails, unless it has ended before. */
  record Fail(int worker, Failure.OfJob failure) implements Event {}

  /** The render that the worker follows is cancelled, where someone asked for that. */
  record Cancelled(int worker) implements Event {}

  /** The worker stops in order and is replaced. */
  record Stop(int worker) implements Event {}

  /** The worker is killed and replaced. */
  record Kill(int worker) implements Event {}

  /** The worker stands still, heartbeat included, or goes on. */
  record Freeze(int worker, boolean frozen) implements Event {}

  /** An operator asks for the end of the job. */
  record AskForCancel() implements Event {}

  /** Time passes; who is not frozen gives signs of life. */
  record Pass(Duration time) implements Event {}
}
