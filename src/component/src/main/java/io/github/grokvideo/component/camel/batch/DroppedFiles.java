// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What a route needs for files in a folder and the file consumer does not offer. Thread-safe once it is configured. */
public final class DroppedFiles {

    /** A file that was modified less than this ago may still be written to. */
    private static final long REST_MILLIS = 1000;

    private Path folder = Path.of("");

    /** @param value in which {@link #move} moves files; the default is the working directory */
    public void setFolder(String value) {
        folder = Path.of(value);
    }

    /** @return whether it is a regular file with content, and not a link out of its folder */
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
     * @return null if the image must not be processed: it is a link out of its folder, or its prompt is missing, empty or still being
     *         written. Whether the prompt may be read is checked by the endpoint that reads it
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
     * Renames a file or a folder, and creates the folder it is moved into. Overwrites no file, and does nothing if it has been removed.
     *
     * @param  from relative to the folder
     * @param  to   relative to the folder
     * @throws IOException if it cannot be moved; it is still where it was
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
