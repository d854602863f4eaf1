// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteFileTest {

    private static RouteFile route(String name) throws Exception {
        return new RouteChoice(List.of(name)).files(RouteRig.ROOT.resolve("routes")).get(0);
    }

    @Test
    void aRouteThatServesHttpTellsWhereAndHow() throws Exception {
        assertThat(route("rest-api").httpHelp("127.0.0.1:7000")).containsExactly("HTTP:    http://127.0.0.1:7000/videos",
                "Try it:  curl -si http://127.0.0.1:7000/videos -H 'Content-Type: application/json' -d"
                        + " '{\"prompt\": \"A fox in the snow\"}'");
        assertThat(route("openai-api").httpHelp("127.0.0.1:7000")).containsExactly("HTTP:    http://127.0.0.1:7000/v1/videos",
                "Try it:  curl -s http://127.0.0.1:7000/v1/videos -H 'Content-Type: application/json' -d"
                        + " '{\"prompt\": \"A fox\", \"seconds\": \"4\"}'");
    }

    @Test
    void othersHaveNothingToTell() throws Exception {
        assertThat(route("csv-batch").httpHelp("127.0.0.1:7000")).isEmpty();
    }
}
