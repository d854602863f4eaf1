// SPDX-License-Identifier: Apache-2.0
package example;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Builds the image of the Containerfile without an engine: each stage is a folder. Knows only the instructions that the file has. */
final class Containerfile {

    /**
     * @param root       folder with the files that the image adds to its base
     * @param directory  in which the program starts, in the image
     * @param user       as the image names it
     * @param port       that it says it listens on
     * @param entrypoint the command
     */
    record Image(Path root, String directory, String user, int port, List<String> entrypoint) {
    }

    private final Path folder;
    private final Map<String, Path> stages = new LinkedHashMap<>();
    private Path root;
    private String directory;
    private String user;
    private int port;
    private List<String> entrypoint;

    private Containerfile(Path folder) {
        this.folder = folder;
    }

    /** @param folder for the stages; emptied first */
    static Image build(Path file, Path folder) throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(folder);
        Containerfile containerfile = new Containerfile(folder.toAbsolutePath());
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                containerfile.run(line.split("\\s+", 2)[0], line.split("\\s+", 2)[1]);
            }
        }
        return new Image(containerfile.root, containerfile.directory, containerfile.user, containerfile.port, containerfile.entrypoint);
    }

    private void run(String instruction, String rest) throws IOException, InterruptedException {
        String[] words = rest.split("\\s+");
        switch (instruction) {
            case "FROM" -> from(words.length == 3 ? words[2] : "image");
            case "WORKDIR" -> {
                directory = rest;
                Files.createDirectories(here());
            }
            case "COPY" -> {
                if (words[0].startsWith("--from=")) {
                    copyTree(stages.get(words[0].substring("--from=".length())).resolve(words[1].substring(1)), here());
                } else {
                    Files.copy(Path.of(words[0]), here().resolve(words[1]));
                }
            }
            case "RUN" -> shell(rest);
            case "USER" -> user = rest;
            case "EXPOSE" -> port = Integer.parseInt(rest);
            case "ENTRYPOINT" -> entrypoint = List.of(new ObjectMapper().readValue(rest, String[].class));
            default -> throw new IllegalArgumentException("Not known here: " + instruction);
        }
    }

    private void from(String stage) throws IOException {
        root = Files.createDirectories(folder.resolve(stage));
        stages.put(stage, root);
        directory = "/";
        user = "root";
    }

    private Path here() {
        return root.resolve(directory.substring(1));
    }

    private void shell(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).directory(here().toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("RUN " + command + ": " + output);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(path)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
