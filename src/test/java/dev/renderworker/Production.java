package dev.renderworker;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The class files that ship. */
final class Production {
  /** ArchUnit's own option knows only the folders of Maven, Gradle and IDEs. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.renderworker");

  private Production() {}
}
