// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A folder with the case files of one gateway: {@code requests.json}, {@code submits.json}, {@code polls.json} and so on. Each is an array
 * of objects and may have comments. Immutable, thread-safe.
 */
public final class GatewayCases {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private final String folder;
    private final Source source;

    /** Opens a file of the folder by its name; null = there is none. */
    private interface Source {
        InputStream open(String name) throws IOException;
    }

    private GatewayCases(String folder, Source source) {
        this.folder = folder;
        this.source = source;
    }

    /**
     * @param  folder on the class path, for example {@code gateways/mine}; never null
     * @return        the cases in it; nothing is read yet
     */
    public static GatewayCases classPath(String folder) {
        String path = folder.replaceAll("^/+|/+$", "");
        return new GatewayCases("classpath:" + path, name -> {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return (loader == null ? GatewayCases.class.getClassLoader() : loader).getResourceAsStream(path + "/" + name);
        });
    }

    /**
     * @param  folder of the file system; never null
     * @return        the cases in it; nothing is read yet
     */
    public static GatewayCases directory(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new GatewayCases(folder.toString(), name -> {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        });
    }

    /**
     * @return the cases of that kind, in their order; empty = there is no such file
     * @throws IllegalStateException if the file cannot be read or is no array of objects
     */
    List<Case> of(CaseKind kind) {
        return read(kind).map(array -> StreamSupport.stream(array.spliterator(), false).map(one -> new Case(kind, one)).toList())
                .orElse(List.of());
    }

    private Optional<JsonNode> read(CaseKind kind) {
        try (InputStream in = source.open(kind.file())) {
            if (in == null) {
                return Optional.empty();
            }
            JsonNode array = JSON.readTree(in);
            if (!array.isArray() || !StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isObject)) {
                throw new IllegalStateException(folder + "/" + kind.file() + " is no array of objects");
            }
            return Optional.of(array);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + folder + "/" + kind.file() + ": " + e.getMessage(), e);
        }
    }

    /** The folder. */
    @Override
    public String toString() {
        return folder;
    }
}
