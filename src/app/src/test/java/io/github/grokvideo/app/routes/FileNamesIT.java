// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people, and their programs, call their files. All routes that watch a folder at once. */
class FileNamesIT {

    /** Route and folder, with the ending and the content of a prompt. */
    private static final Map<String, List<String>> PROMPTS = Map.of(
            "file-to-file", List.of("", "txt", "A fox"),
            "image-to-video", List.of("images", "jpg", ""),
            "failover", List.of("failover", "txt", "A fox"),
            "watch-folder-multi-tenant", List.of("watch-folder-multi-tenant/acme", "json", "{\"prompt\": \"A fox\"}"),
            "storyboard", List.of("storyboard", "json", "[{\"prompt\": \"A fox\"}]"),
            "csv-batch", List.of("csv-batch", "csv", "prompt\nA fox\n"));

    @TempDir
    Path dir;

    private final Map<String, Integer> told = new ConcurrentHashMap<>();
    private RouteRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new RouteRig(dir).set("camel.component.grokvideo.submitsPerSecond", "0");
        for (String account : List.of("first", "second", "acme", "globex")) {
            rig.account(account, "xai", rig.simulator.apiKey("xai"));
        }
        rig.start(PROMPTS.keySet().toArray(String[]::new));
        rig.main().getCamelContext().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCreatedEvent created) {
                    told.merge(String.valueOf(created.getExchange().getFromRouteId()), 1, Integer::sum);
                }
            }
        });
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void drop(String route, String name, String content) throws Exception {
        Path folder = Path.of(PROMPTS.get(route).get(0));
        if (route.equals("image-to-video")) {
            rig.drop(folder.resolve(name.replaceFirst("jpg$", "txt")).toString(), content);
            rig.drop(folder.resolve(name).toString(), Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        } else {
            rig.drop(folder.resolve(name).toString(), content);
        }
    }

    private static String named(String letter, int bytes, String ending) {
        int letters = (bytes - ending.length() - 1) / letter.getBytes(StandardCharsets.UTF_8).length;
        String name = letter.repeat(letters) + "." + ending;
        return "x".repeat(bytes - name.getBytes(StandardCharsets.UTF_8).length) + name;
    }

    @Test
    void aNameMayHave255Bytes() throws Exception {
        for (Map.Entry<String, List<String>> prompt : PROMPTS.entrySet()) {
            String ending = prompt.getValue().get(1);
            String content = prompt.getKey().equals("image-to-video") ? "It moves" : prompt.getValue().get(2);
            drop(prompt.getKey(), named("\uD83E\uDD8A", 255, ending), content);
            drop(prompt.getKey(), named("f", 247, ending),
                    content.replace("fox", "fox [[fault:job-failed]]").replace("moves", "[[fault:job-failed]]"));
        }

        for (Map.Entry<String, List<String>> prompt : PROMPTS.entrySet()) {
            Path folder = rig.inbox.resolve(prompt.getValue().get(0));
            boolean table = prompt.getKey().equals("csv-batch");
            int perPrompt = prompt.getKey().equals("image-to-video") ? 2 : 1;
            awaitThat(() -> assertThat(files(folder.resolve(".done"))).as(prompt.getKey()).hasSize(table ? 2 : perPrompt));
            if (!table) {
                awaitThat(() -> assertThat(files(folder.resolve(".failed"))).as(prompt.getKey()).hasSize(perPrompt + 1)
                        .filteredOn(name -> name.endsWith(".error.json")).hasSize(1));
            }
        }
        assertThat(rig.simulator.jobs()).hasSize(2 * PROMPTS.size());
        assertThat(files(rig.outbox)).filteredOn(name -> name.endsWith(".mp4")).hasSize(PROMPTS.size());
        rig.assertNothingLeft();
    }

    @Test
    void aNameThatCannotBeUsedIsToldOnceAndNotPaidFor() throws Exception {
        for (String route : PROMPTS.keySet()) {
            for (String name : List.of("a\\b", "new\nline")) {
                drop(route, name + "." + PROMPTS.get(route).get(1), "A fox");
            }
        }
        drop("file-to-file", "it's (\"a\", ${body} {{x}} %41+, fox).txt", "A fox");

        // Each image has a prompt of the same name beside it.
        for (String route : PROMPTS.keySet()) {
            awaitThat(() -> assertThat(told.get(route + "-misnamed")).as(route).isEqualTo(route.equals("image-to-video") ? 4 : 2));
        }
        awaitThat(() -> assertThat(files(rig.outbox)).containsExactly("it's (\"a\", ${body} {{x}} %41+, fox).mp4"));
        rig.drop("storyboard/later.json", "[{\"prompt\": \"A second fox [[render=5s]]\"}]");
        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.done"))).hasSize(1));
        assertThat(told).as("after some more polls").containsEntry("file-to-file-misnamed", 2).containsEntry("storyboard-misnamed", 2)
                .containsEntry("watch-folder-multi-tenant-misnamed", 2);
        assertThat(rig.simulator.jobs()).hasSize(2);
    }
}
