package dev.renderworker.local.wire;

import java.io.IOException;

/** One AWS service as its clients see it. */
public interface AwsService {
  /** The name by which faults and counts know it, such as {@code lambda}. */
  String name();

  /** Which operation a request asks for, such as {@code Invoke}. */
  String operation(Request request);

  /** Does what the request asks for. */
  Response answer(Request request) throws IOException, InterruptedException;

  /** An error in the shape of the service's protocol. */
  Response error(AwsError error);

  /** What the service says when it refuses for this reason. */
  AwsError refusal(Refusal refusal);
}
