import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks ("check") or rewrites ("write") every Java file below the given folders. */
final class Format {

  void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    List<Path> unformatted = new ArrayList<>();
    for (Path file : javaFiles(Arrays.copyOfRange(args, 1, args.length))) {
      String before = Files.readString(file);
      String after = format(before);
      if (before.equals(after)) {
        continue;
      }
      unformatted.add(file);
      if (write) {
        Files.writeString(file, after);
      }
    }
    if (!write && !unformatted.isEmpty()) {
      System.err.println("Not formatted (run scripts/format): " + unformatted);
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(String[] folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      try (var found = Files.walk(Path.of(folder))) {
        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    return files;
  }

  private static String format(String source) throws Exception {
    String used = RemoveUnusedImports.removeUnusedImports(source);
    return new Formatter().formatSource(ImportOrderer.reorderImports(used, Style.GOOGLE));
  }
}
