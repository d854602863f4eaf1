// SPDX-License-Identifier: Apache-2.0
package example;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Reads manifests as the API server does with strict validation: an unknown field or a wrong type is an error. */
final class Manifests {

    static {
        // Registers the readers of all types.
        new JSON();
    }

    private Manifests() {
    }

    /** {@return the YAML files that users apply} */
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("manifests", "try-out")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                found.sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    static List<Object> readAll() {
        return files().stream().flatMap(file -> read(file).stream()).toList();
    }

    static V1Deployment deployment() {
        return only(V1Deployment.class);
    }

    static V1Secret secret() {
        return only(V1Secret.class);
    }

    static <T> T only(Class<T> type) {
        List<T> found = readAll().stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " manifests are a " + type.getSimpleName());
        }
        return found.get(0);
    }

    static List<Object> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if a document does not have the schema of its kind */
    static List<Object> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Object> objects = new ArrayList<>();
        for (Object document : new Yaml(options).loadAll(yaml)) {
            objects.add(typed((Map<?, ?>) document));
        }
        return objects;
    }

    private static Object typed(Map<?, ?> document) {
        String version = (String) document.get("apiVersion");
        String name = version.substring(version.indexOf('/') + 1);
        try {
            Class<?> type = Class.forName(V1Deployment.class.getPackageName() + "."
                    + Character.toUpperCase(name.charAt(0)) + name.substring(1) + document.get("kind"));
            JsonElement json = new Gson().toJsonTree(document);
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            return JSON.getGson().fromJson(json, type);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("There is no " + document.get("kind") + " in " + version, e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
