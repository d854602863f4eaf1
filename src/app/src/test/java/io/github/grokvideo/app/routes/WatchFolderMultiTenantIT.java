// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFolderMultiTenantIT {

    private static final String ROUTE = "watch-folder-multi-tenant";

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void accounts() throws Exception {
        rig = new RouteRig(dir);
        rig.account("acme", "toapis", rig.simulator.apiKey("toapis")).account("globex", "xai", rig.simulator.apiKey("xai"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void eachCustomerPaysForItsOwnVideos() throws Exception {
        rig.start(ROUTE);
        rig.drop(ROUTE + "/acme/anvil.txt", "An anvil");
        rig.drop(ROUTE + "/globex/palm.txt", "A palm");

        awaitThat(() -> assertThat(files(rig.inbox.resolve(ROUTE + "/acme/.done"))).hasSize(1));
        awaitThat(() -> assertThat(files(rig.inbox.resolve(ROUTE + "/globex/.done"))).hasSize(1));
        assertThat(files(rig.outbox.resolve(ROUTE + "/acme"))).containsExactly("anvil.mp4");
        assertThat(files(rig.outbox.resolve(ROUTE + "/globex"))).containsExactly("palm.mp4");
        assertThat(rig.simulator.jobs()).filteredOn(job -> job.gateway().equals("toapis")).singleElement()
                .satisfies(job -> assertThat(job.prompt()).isEqualTo("An anvil"));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(2);
        assertThat(accountsOfTag("acme")).containsExactly("acme");
        assertThat(accountsOfTag("globex")).containsExactly("globex");
        rig.assertNothingLeft();
    }

    @Test
    void aFloodOfOneHoldsUpNobodyElse() throws Exception {
        rig.set("acme.jobs", "2");
        IntStream.range(0, 300).forEach(i -> rig.drop(ROUTE + "/acme/" + i + ".txt", "Anvil " + i + " [[render=10m]]"));
        rig.start(ROUTE);
        awaitThat(() -> assertThat(rig.simulator.ledger().jobs("toapis")).isEqualTo(2));
        rig.drop(ROUTE + "/globex/palm.txt", "A palm");

        awaitThat(() -> assertThat(files(rig.outbox.resolve(ROUTE + "/globex"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs("toapis")).isEqualTo(2);
        assertThat(files(rig.inbox.resolve(ROUTE + "/acme"))).hasSize(300);
    }

    @Test
    void aRefusedKeyOfOneStopsNobodyElseAndIsNowhereToBeSeen() throws Exception {
        rig.account("acme", "toapis", "sk-invalid-7f3a9c").start(ROUTE);
        rig.drop(ROUTE + "/acme/anvil.txt", "An anvil");
        rig.drop(ROUTE + "/globex/palm.txt", "A palm");

        awaitThat(() -> assertThat(files(rig.outbox.resolve(ROUTE + "/globex"))).hasSize(1));
        awaitThat(() -> assertThat(files(rig.inbox.resolve(ROUTE + "/acme/.failed"))).hasSize(2));
        assertThat(files(rig.outbox.resolve(ROUTE + "/acme"))).isEmpty();
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1);
        assertThat(rig.main().getCamelContext().getEndpoints()).extracting(Object::toString).noneMatch(uri -> uri.contains("7f3a9c"));
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null)).extracting(Object::toString)
                .noneMatch(name -> name.contains("7f3a9c"));
    }

    @Test
    void noPromptReadsWhatIsAnotherCustomersOrTheMachines() throws Exception {
        byte[] image = Files.readAllBytes(RouteRig.SAMPLE_IMAGE);
        rig.drop(ROUTE + "/globex/palm.jpg", image);
        rig.drop(ROUTE + "/acme/media/anvil.jpg", image);
        Files.createSymbolicLink(rig.inbox.resolve(ROUTE + "/acme/link.jpg"), rig.inbox.resolve(ROUTE + "/globex/palm.jpg"));
        Files.createSymbolicLink(rig.inbox.resolve(ROUTE + "/acme/palm.txt"), rig.drop(ROUTE + "/globex/later/palm.txt", "A palm"));
        for (String foreign : List.of("../globex/palm.jpg", "link.jpg",
                rig.inbox.resolve(ROUTE + "/globex/palm.jpg").toString(), "/dev/zero")) {
            rig.drop(ROUTE + "/acme/" + Math.abs(foreign.hashCode()) + ".json",
                    "{\"prompt\": \"A palm\", \"images\": [\"" + foreign + "\"]}");
        }
        rig.drop(ROUTE + "/acme/own.json", "{\"prompt\": \"An anvil\", \"images\": [\"media/anvil.jpg\"]}");
        rig.start(ROUTE);

        awaitThat(() -> assertThat(files(rig.inbox.resolve(ROUTE + "/acme/.failed"))).hasSize(10));
        awaitThat(() -> assertThat(files(rig.outbox.resolve(ROUTE + "/acme"))).containsExactly("own.mp4"));
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt()).containsExactly("An anvil");
    }

    private List<Object> accountsOfTag(String tag) throws Exception {
        Map<?, ?> page = rig.main().getCamelTemplate().requestBody("grokvideo:list", Map.of("tag", tag), Map.class);
        return ((List<?>) page.get("jobs")).stream().<Object>map(job -> ((Map<?, ?>) job).get("account")).toList();
    }
}
