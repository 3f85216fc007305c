package dev.renderworker.remotion.client;

import dev.renderworker.check.Finding;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;

/** Says what to do about what the inspection met. */
final class InspectionAdvice {
  private InspectionAdvice() {}

  static Finding function(Failure failure) {
    return broken(
        "function",
        failure,
        failure.code() == ErrorCode.ACCESS_DENIED
            ? "Let the Remotion role call lambda:InvokeFunction and lambda:GetFunctionConfiguration on"
                + " it, and lambda:ListFunctions where REMOTION_FUNCTION_NAME is not set."
            : "Check AWS_REGION and REMOTION_FUNCTION_NAME, or deploy one:\n"
                + "  npx remotion lambda functions deploy");
  }

  /** The worker works without knowing its quota. */
  static Finding concurrency(String check, Failure failure) {
    return new Finding.Weak(
        check,
        failure.code() + ": " + failure.message(),
        "Let the Remotion role call lambda:GetAccountSettings.");
  }

  static Finding bucket(String check, Failure failure) {
    return broken(
        check,
        failure,
        failure.code() == ErrorCode.ACCESS_DENIED
            ? "Let the Remotion role call s3:ListBucket on it and s3:GetObject on what is in it, and"
                + " s3:ListAllMyBuckets where REMOTION_BUCKET_NAME is not set."
            : "Check AWS_REGION and REMOTION_BUCKET_NAME; deploying a site makes the bucket:\n"
                + "  npx remotion lambda sites create");
  }

  private static Finding broken(String check, Failure failure, String remedy) {
    return new Finding.Broken(check, failure.code() + ": " + failure.message(), remedy);
  }
}
