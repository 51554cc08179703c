package ai.dimoo.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the program is started in a process of its own: compiled in haste, for a short run.
public final class ProgramCommand {

  private ProgramCommand() {}

  /// @param heap at most, as `-Xmx` has it
  /// @return the path of `java`, and its arguments
  public static List<String> of(String heap, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Ddimoo.home=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
