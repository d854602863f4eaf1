// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Checks and moves files in a folder for routes, beyond what the file consumer offers. Thread-safe once configured. */
public final class DroppedFiles {

    /** Milliseconds: a file modified more recently may still be being written. */
    private static final long REST_MILLIS = 1000;

    private Path folder = Path.of("");

    /** @param value base folder of {@link #move}; default: the working directory */
    public void setFolder(String value) {
        folder = Path.of(value);
    }

    /**
     * Whether a file may be processed.
     *
     * @param  file to check
     * @return      whether it is a regular, non-empty file, and not a link that leads out of its folder
     */
    public boolean isInFolder(File file) {
        Path path = file.toPath().toAbsolutePath().normalize();
        try {
            return path.getParent() != null && Files.size(path) > 0 && Files.isRegularFile(path)
                    && path.toRealPath().startsWith(path.getParent().toRealPath());
        } catch (IOException missing) {
            return false;
        }
    }

    /**
     * Finds the prompt that belongs to an image: {@code boat.json} or {@code boat.txt} beside {@code boat.png}, in this order.
     *
     * @param  image the image file
     * @return       the prompt file; null if the image must not be processed: it is a link that leads out of its folder, or its prompt is
     *               missing, empty or still being written. The endpoint that reads the prompt checks whether it may be read
     */
    public File promptOf(File image) {
        if (!isInFolder(image)) {
            return null;
        }
        String name = image.getName();
        String stem = name.lastIndexOf('.') < 0 ? name : name.substring(0, name.lastIndexOf('.'));
        for (String ending : new String[] {".json", ".txt"}) {
            File prompt = new File(image.getParentFile(), stem + ending);
            if (prompt.length() > 0) {
                return System.currentTimeMillis() - prompt.lastModified() >= REST_MILLIS ? prompt : null;
            }
        }
        return null;
    }

    /**
     * Moves a file or folder, and creates the folder it is moved into. Never overwrites, and does nothing if the source is gone.
     *
     * @param from relative to the folder
     * @param to   relative to the folder
     * @throws IOException if it cannot be moved; it is then still in its place
     */
    public void move(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            Path target = folder.resolve(to);
            Files.createDirectories(target.getParent());
            Files.move(source, target);
        }
    }
}
