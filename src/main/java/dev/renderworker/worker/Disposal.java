package dev.renderworker.worker;

import java.time.Duration;

/** What happens to the message when the worker lets it go; the record is written before. */
sealed interface Disposal {

  record Delete() implements Disposal {}

  record Hide(Duration delay) implements Disposal {}

  record DeadLetterAndDelete(DeadLetter letter) implements Disposal {}
}
