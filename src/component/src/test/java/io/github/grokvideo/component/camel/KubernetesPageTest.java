// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about Kubernetes shows parts of the example, whose tests run it. */
class KubernetesPageTest {

    private static final Path PAGE = Path.of("src/main/docs/grokvideo-kubernetes.adoc");
    private static final Path EXAMPLE = Path.of("../../examples/kubernetes");
    private static final Map<String, String> FILES = Map.of("yaml", "manifests/deployment.yaml",
            "properties", "src/main/resources/application.properties", "dockerfile", "Containerfile");

    @Test
    void itsListingsAreThoseOfTheExample() throws IOException {
        List<MatchResult> listings = Pattern.compile("\\[source,(\\w+)]\n----\n(.*?)----\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE)).results().toList();

        assertThat(listings).hasSizeGreaterThan(4);
        for (MatchResult listing : listings) {
            assertThat(Files.readString(EXAMPLE.resolve(FILES.get(listing.group(1))))).contains(listing.group(2));
        }
    }
}
