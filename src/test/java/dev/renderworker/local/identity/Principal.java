package dev.renderworker.local.identity;

/**
 * A role's session.
 *
 * @param roleName the role's name
 * @param sessionName the session's name
 */
public record Principal(String roleName, String sessionName) {
  /** The account that everything here belongs to. */
  public static final String ACCOUNT = "123456789012";

  /** The role's ARN. */
  public String roleArn() {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + roleName;
  }

  /** The session's ARN, which errors name. */
  public String arn() {
    return "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + roleName + "/" + sessionName;
  }
}
