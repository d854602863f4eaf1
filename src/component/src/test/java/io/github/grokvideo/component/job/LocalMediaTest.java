// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.files.DefaultPermissions;
import io.github.grokvideo.component.job.files.OwnerOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LocalMediaTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and pixels".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path directory;

    private static String check(String field, Path path) {
        return LocalMedia.check(field, new Media.LocalFile(path)).map(Violation::allowed).orElse("fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/random", "/dev/stdin", "/dev/tty"})
    void devicesAreNotRead(String device) {
        Path path = Path.of(device);
        assumeThat(path).exists();

        assertThat(check("images", path)).startsWith("cannot be read: ");
        assertThatThrownBy(() -> RequestHash.of(VideoRequest.builder().image(new Media.LocalFile(path)).build()))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void pipesAreNotOpened() throws Exception {
        Path pipe = directory.resolve("pipe.png");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
        Path link = Files.createSymbolicLink(directory.resolve("link.png"), pipe);

        assertThat(check("images", pipe)).isEqualTo("cannot be read: it is not a regular file");
        assertThat(check("images", link)).isEqualTo("cannot be read: it is not a regular file");
        assertThat(check("video", directory)).isEqualTo("cannot be read: it is a directory");
    }

    @Test
    void filesThatClaimToBeEmptyAreNotOpened() throws Exception {
        assertThat(check("images", Files.createFile(directory.resolve("empty.png")))).isEqualTo("cannot be read: it is empty");
        Path kernel = Path.of("/proc/self/environ");
        assumeThat(kernel).exists();
        assertThat(check("images", kernel)).isEqualTo("cannot be read: it is empty");
    }

    @Test
    void sizesHaveLimits() throws Exception {
        Path large = Files.write(directory.resolve("large.png"), PNG);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(LocalMedia.LARGEST_IMAGE_BYTES + 1);
        }
        assertThat(check("images", large)).contains("more than " + LocalMedia.LARGEST_IMAGE_BYTES);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(LocalMedia.LARGEST_VIDEO_BYTES + 1);
        }
        assertThat(check("video", large)).contains("more than " + LocalMedia.LARGEST_VIDEO_BYTES);
        assertThatThrownBy(() -> RequestHash.of(VideoRequest.builder().video(new Media.LocalFile(large)).build()))
                .hasRootCauseInstanceOf(FileSystemException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "images|0000001c6674797068656963|a HEIC image", "images|0000001c667479706d696631|a HEIF image",
            "images|0000001c6674797061766966|an AVIF image", "images|0000001c6674797069736f6d|an MP4 video",
            "images|0000001c6674797071742020|a MOV video", "images|1a45dfa3a34286810142f7810142f2810442f381084282847765626d|a WebM video",
            "images|49492a0008000000|a TIFF image", "images|255044462d312e37|a PDF",
            "video|89504e470d0a1a0a|a PNG image",
            "video|1a45dfa3a34286810142f7810142f2810442f3810842828 86d6174726f736b61|a Matroska video",
            "video|52494646000000004156 4920|an AVI video", "video|0000001c667479704d344120|a sound file",
            "images|70617373776f72643d68756e74657232|no image or video"})
    void theFirstBytesDecideAndTheErrorNamesWhatItIs(String field, String hex, String name) throws Exception {
        byte[] head = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        Path file = Files.write(directory.resolve(field.equals("images") ? "photo.jpg" : "clip.mp4"), head);
        String accepted = field.equals("images") ? "JPEG, PNG, WebP or GIF" : "MP4, MOV or WebM";

        assertThat(check(field, file)).startsWith("is " + name).contains(accepted);
        assertThat(LocalMedia.check(field, new Media.Bytes(head, "image/png")).map(Violation::allowed)).get().asString()
                .startsWith("is " + name).contains(accepted);
    }

    @Test
    void dataUrisAreLookedIntoAsFarAsTheirBytesSayIt() {
        String heic = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString("\0\0\0\u001cftypheic and more".getBytes(
                StandardCharsets.ISO_8859_1));

        assertThat(LocalMedia.check("images", new Media.Url(heic))).get().asString().contains("is a HEIC image");
        assertThat(LocalMedia.check("images", new Media.Url("data:image/png;base64," + Base64.getEncoder().encodeToString(PNG)))).isEmpty();
        assertThat(LocalMedia.check("images", new Media.Url("data:image/png;base64,AAAA"))).as("left to the gateway").isEmpty();
        assertThat(LocalMedia.check("images", new Media.Url("data:,%89PNG"))).isEmpty();
    }

    @Test
    void aFileThatGrowsOrShrinksWhileItIsReadIsNoWholeFile() throws Exception {
        Path file = Files.write(directory.resolve("growing.png"), PNG);
        try (RegularFile open = LocalMedia.open(new Media.LocalFile(file)); InputStream in = open.stream()) {
            in.readNBytes(4);
            Files.write(file, PNG, StandardOpenOption.APPEND);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("changed while it was read");
        }
        try (RegularFile open = LocalMedia.open(new Media.LocalFile(file)); InputStream in = open.stream()) {
            in.readNBytes(4);
            Files.write(file, PNG);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("changed while it was read");
        }
    }

    @Test
    void ownFilesAreTheOwnersUntilTheyAreReleased() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path folder = OwnerOnly.createDirectories(directory.resolve("a/b"));
        Path file = Files.createFile(folder.resolve("f"), OwnerOnly.file(folder));
        Path usual = Files.createFile(folder.resolve("usual"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        new DefaultPermissions().give(file, folder);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("f", "usual");
    }
}
