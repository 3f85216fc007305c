package dev.renderworker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the imports against the arrows of the design: adapters know the middle, never each other.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.renderworker.";
  private static final JavaClasses PRODUCTION = Production.CLASSES;

  @ParameterizedTest
  @CsvSource({
    "job,",
    "worker,job",
    "message,job",
    "operations,job worker",
    "check,",
    "queue,job worker operations check",
    "remotion,job worker check",
    "remotion.request,job",
    "remotion.answer,job remotion.request",
    "remotion.client,job check remotion.request remotion.answer",
    "jobtable,job worker operations check",
    "credentials,check",
    "completion,job worker",
    "metrics,job worker",
    "systemd,",
    "http,job worker message operations",
  })
  void packageImportsOnlyWhatTheDesignAllows(String name, String allowed) {
    String[] imports =
        allowed == null
            ? new String[] {ROOT + name + ".."}
            : Arrays.stream((name + " " + allowed).split(" "))
                .map(part -> ROOT + part + "..")
                .toArray(String[]::new);
    classes()
        .that(resideInAPackage(ROOT + name + ".."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(imports).or(not(resideInAPackage("dev.renderworker.."))))
        .check(PRODUCTION);
  }

  @Test
  void middleAndWireKnowNoAwsType() {
    noClasses()
        .that(
            resideInAnyPackage(
                ROOT + "job..",
                ROOT + "worker..",
                ROOT + "message..",
                ROOT + "operations..",
                ROOT + "remotion.request..",
                ROOT + "remotion.answer..",
                ROOT + "http.."))
        .should()
        .dependOnClassesThat(resideInAPackage("software.amazon.."))
        .check(PRODUCTION);
  }

  @Test
  void onlyMetricsKnowHowTheyAreCounted() {
    noClasses()
        .that(not(resideInAPackage(ROOT + "metrics..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.prometheus.."))
        .check(PRODUCTION);
  }

  @Test
  void everyPackageHasItsArrows() {
    Set<String> packages = new TreeSet<>();
    PRODUCTION.forEach(type -> packages.add(type.getPackageName().replace(ROOT, "")));
    assertEquals(
        new TreeSet<>(
            Set.of(
                "check",
                "cli",
                "completion",
                "credentials",
                "http",
                "job",
                "jobtable",
                "message",
                "operations",
                "metrics",
                "queue",
                "remotion",
                "remotion.answer",
                "remotion.client",
                "remotion.request",
                "systemd",
                "worker")),
        packages);
  }
}
