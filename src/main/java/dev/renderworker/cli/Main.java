package dev.renderworker.cli;

/** The command line of Render Worker. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.out.println("x");
  }
}
