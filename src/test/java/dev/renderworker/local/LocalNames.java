package dev.renderworker.local;

import dev.renderworker.local.identity.Principal;

/** What things are called in the embedded AWS. */
public final class LocalNames {
  /** The region of everything. */
  public static final String REGION = "us-east-1";

  /** The table of the jobs. */
  public static final String JOBS_TABLE = "render-worker-jobs";

  /** The index of the jobs by status and time of change. */
  public static final String JOBS_INDEX = "status-updatedAt";

  /** The table of the workers. */
  public static final String WORKERS_TABLE = "render-worker-workers";

  /** The role that may render. */
  public static final String ROLE = "remotion-ec2-executionrole";

  /** The instance's own role, which may assume the other. */
  public static final String INSTANCE_ROLE = "render-worker-instance";

  /** The ARN of the role that may render. */
  public static final String ROLE_ARN = "arn:aws:iam::" + Principal.ACCOUNT + ":role/" + ROLE;

  /** The Remotion version of the function. */
  public static final String VERSION = "4.0.527";

  /** The render function. */
  public static final String FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";

  /** The bucket of the renders. */
  public static final String BUCKET = "remotionlambda-useast1-localaws001";

  /** The site. */
  public static final String SERVE_URL =
      "https://" + BUCKET + ".s3." + REGION + ".amazonaws.com/sites/demo/index.html";

  private LocalNames() {}
}
