package dev.renderworker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the policies of the CloudFormation template against the SDK calls in the class files: an
 * action that is called is allowed, and one that is not called is not.
 */
class PolicyTest {
  private static final JavaClasses PRODUCTION = Production.CLASSES;

  private static final Map<String, String> PREFIXES =
      Map.of(
          "SqsClient",
          "sqs",
          "DynamoDbClient",
          "dynamodb",
          "LambdaClient",
          "lambda",
          "S3Client",
          "s3",
          "StsClient",
          "sts",
          "SnsClient",
          "sns",
          "EventBridgeClient",
          "events");

  /** Methods whose action has another name: IAM's service authorization reference. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          "lambda:Invoke", "lambda:InvokeFunction",
          "s3:HeadObject", "s3:GetObject",
          "s3:GetObjectAsBytes", "s3:GetObject",
          "s3:ListObjectsV2", "s3:ListBucket",
          "s3:ListBuckets", "s3:ListAllMyBuckets");

  /** Methods that call nobody, or that everybody may call: IAM never denies GetCallerIdentity. */
  private static final Set<String> FREE = Set.of("Builder", "Create", "Close", "GetCallerIdentity");

  /** Used by the commands for people only, who bring an identity of their own. */
  private static final Set<String> FOR_PEOPLE =
      Set.of(
          "DynamoJobArchive",
          "DynamoJobOrders",
          "StatusIndex",
          "QueueStates",
          "SqsDeadLetterQueue",
          "SqsRequestQueue");

  @Test
  void workerMayCallWhatItCallsAndNothingElse() throws IOException {
    Set<String> called = calls(type -> !in(type, "remotion") && !forPeople(type));
    // The SDK's provider makes this call.
    called.add("sts:AssumeRole");

    assertEquals(called, allowed("WorkerPolicy", "CompletionPolicy"));
  }

  @Test
  void remotionRoleMayCallWhatTheClientCallsAndNothingElse() throws IOException {
    Set<String> allowed =
        allowed("RemotionPolicy", "FindFunctionPolicy", "FindBucketPolicy", "InputsPolicy");

    assertEquals(calls(type -> in(type, "remotion")), allowed);
  }

  @Test
  void operatorMayCallWhatTheCommandsCall() throws IOException {
    Set<String> missing = calls(PolicyTest::forPeople);
    missing.removeAll(allowed("OperatorPolicy"));

    assertEquals(Set.of(), missing);
  }

  private static boolean in(JavaClass type, String name) {
    return (type.getPackageName() + ".").startsWith("dev.renderworker." + name + ".");
  }

  private static boolean forPeople(JavaClass type) {
    return FOR_PEOPLE.contains(type.getSimpleName()) || FOR_PEOPLE.contains(outermost(type));
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
  }

  private static Set<String> calls(Predicate<JavaClass> where) {
    return PRODUCTION.stream()
        .filter(where)
        .flatMap(type -> type.getMethodCallsFromSelf().stream())
        .flatMap(PolicyTest::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> action(JavaMethodCall call) {
    String prefix = PREFIXES.get(call.getTargetOwner().getSimpleName());
    String name = call.getName();
    String method = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    if (prefix == null || FREE.contains(method)) {
      return Stream.empty();
    }
    String action =
        prefix
            + ":"
            + method
                .replaceFirst("(MessageVisibility|Message)Batch$", "$1")
                .replaceFirst("Paginator$", "");
    return Stream.of(ACTIONS.getOrDefault(action, action));
  }

  private static Set<String> allowed(String... policies) throws IOException {
    String template = Files.readString(Path.of("cloudformation/render-worker.yaml"));
    return Stream.of(policies)
        .map(name -> resource(template, name))
        .flatMap(text -> Pattern.compile("\\b[a-z0-9]+:[A-Z]\\w+").matcher(text).results())
        .map(MatchResult::group)
        .filter(action -> PREFIXES.containsValue(action.replaceFirst(":.*", "")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A resource's lines: those indented deeper than its name. */
  private static String resource(String template, String name) {
    return Pattern.compile("^  " + name + ":\n((    .*)?\n)+", Pattern.MULTILINE)
        .matcher(template)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }
}
