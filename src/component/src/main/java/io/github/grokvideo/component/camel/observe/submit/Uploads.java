// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;
import io.github.grokvideo.component.job.VideoRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that were uploaded for requests, in a directory of their own under names of their own. Each is kept for a day after its last use,
 * so that a request can be sent again, and never deleted while a job needs it. Thread-safe; accesses the disk.
 */
final class Uploads {

    /** Largest image, in bytes. */
    static final int LARGEST = 20 << 20;
    /** Most images at a time. */
    static final int MOST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Duration KEPT = Duration.ofDays(1);
    /** How long nobody makes room by deleting one: its form may be open. */
    private static final Duration FRESH = Duration.ofHours(1);
    /** By type: a publisher of media may need the ending. */
    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", ".png", "image/jpeg", ".jpg", "image/webp", ".webp", "image/gif", ".gif");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern IMAGE = Pattern.compile(ID.pattern() + "\\.(png|jpg|webp|gif)");
    private static final Pattern NAME = Pattern.compile(ID.pattern() + "\\.(png|jpg|webp|gif|part)");

    private final Path directory;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** How many submits in progress need an image. */
    private final Map<String, Integer> held = new HashMap<>();

    /** @param directory created when needed; nothing else may be in it */
    Uploads(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * @param  image untrusted
     * @return       its id
     * @throws IllegalArgumentException if it is no image that gateways accept, or too large
     * @throws IllegalStateException    if there are too many, or it cannot be written
     */
    String add(byte[] image) {
        if (image.length > LARGEST) {
            throw new IllegalArgumentException("The image has " + image.length + " bytes, more than " + LARGEST);
        }
        String type = MediaType.of(image);
        if (type == null || !ENDINGS.containsKey(type)) {
            String name = MediaType.nameOf(image);
            throw new IllegalArgumentException("The file is " + (name == null ? "no image that is known here" : name)
                    + "; images must be JPEG, PNG, WebP or GIF");
        }
        String id = UUID.randomUUID().toString();
        lock.lock();
        try {
            Files.createDirectories(directory);
            makeRoom();
            Path part = directory.resolve(id + ".part");
            Files.write(part, image, StandardOpenOption.CREATE_NEW);
            Path file = directory.resolve(id + ENDINGS.get(type));
            Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("An image could not be written to {}: {}", directory, e.toString());
            throw new IllegalStateException("The image could not be written to the work directory: " + e.getClass().getSimpleName());
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param  id untrusted
     * @return    the image, which stays for another day
     * @throws IllegalArgumentException if there is none
     */
    Media.LocalFile find(String id) {
        if (ID.matcher(id).matches()) {
            lock.lock();
            try {
                Optional<Path> file = touch(id);
                if (file.isPresent()) {
                    return new Media.LocalFile(file.get().toRealPath(), directory.toRealPath());
                }
            } catch (IOException gone) {
                LOG.debug("An uploaded image has gone", gone);
            } finally {
                lock.unlock();
            }
        }
        throw new IllegalArgumentException("has an image that is no longer here: add it again");
    }

    /**
     * @param  name of a file, untrusted
     * @return      the image, which may be deleted at any time
     * @throws IllegalArgumentException if there is none
     */
    Path path(String name) {
        Path file = directory.resolve(IMAGE.matcher(name).matches() ? name : "none").toAbsolutePath();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return file;
        }
        throw new IllegalArgumentException("The image is no longer here");
    }

    /**
     * Keeps the uploaded images of a request for as long as a submit may read them.
     *
     * @return ends the hold
     */
    Runnable hold(VideoRequest request) {
        List<String> ids = request.media().values().stream().flatMap(List::stream).flatMap(media -> id(media).stream()).toList();
        lock.lock();
        try {
            for (String id : ids) {
                held.merge(id, 1, Integer::sum);
                touch(id);
            }
        } finally {
            lock.unlock();
        }
        AtomicBoolean ended = new AtomicBoolean(ids.isEmpty());
        return () -> {
            if (!ended.getAndSet(true)) {
                release(ids);
            }
        };
    }

    private void release(List<String> ids) {
        lock.lock();
        try {
            ids.forEach(id -> held.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1));
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> id(Media media) {
        return media instanceof Media.LocalFile file && file.path().getParent() != null && file.path().getParent().equals(file.root())
                && file.root().endsWith(directory.getFileName()) && NAME.matcher(file.path().getFileName().toString()).matches()
                ? Optional.of(id(file.path())) : Optional.empty();
    }

    private Optional<Path> touch(String id) {
        Optional<Path> file = ENDINGS.values().stream().map(ending -> directory.resolve(id + ending))
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).findFirst();
        try {
            if (file.isPresent()) {
                Files.setLastModifiedTime(file.get(), FileTime.from(clock.instant()));
            }
            return file;
        } catch (IOException gone) {
            LOG.debug("An uploaded image has gone", gone);
            return Optional.empty();
        }
    }

    /** Deletes what nobody has used for a day. A failure is logged. */
    void clear() {
        lock.lock();
        try {
            if (Files.isDirectory(directory)) {
                remove(KEPT, Integer.MAX_VALUE);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Old images in {} could not be deleted; retrying later: {}", directory, e.toString());
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() throws IOException {
        int left = remove(KEPT, Integer.MAX_VALUE);
        if (left >= MOST && remove(FRESH, left - MOST + 1) >= MOST) {
            throw new IllegalStateException("There are " + MOST + " images that were uploaded within the last hour: try again later");
        }
    }

    /** @return how many are left */
    private int remove(Duration unused, int most) throws IOException {
        Instant before = clock.instant().minus(unused);
        List<Path> old = new ArrayList<>();
        int all = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> NAME.matcher(path.getFileName().toString()).matches()).toList()) {
                all++;
                if (time(file).isBefore(before) && !held.containsKey(id(file))) {
                    old.add(file);
                }
            }
        }
        old.sort(Comparator.comparing(Uploads::time));
        for (Path file : old.subList(0, Math.min(most, old.size()))) {
            Files.deleteIfExists(file);
            all--;
        }
        return all;
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** One that has gone counts as new. */
    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException gone) {
            return Instant.MAX;
        }
    }
}
