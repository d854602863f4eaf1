// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvBatchIT {

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new RouteRig(dir).gateway("xai").set("camel.component.grokvideo.submitsPerSecond", "0")
                .set("camel.component.grokvideo.maxConcurrentJobs", "100");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aThousandRowsWithFortyFailuresAreMadeOnceAndTheFortyAgain() throws Exception {
        rig.start("csv-batch");
        String table = "prompt,duration\n" + IntStream.rangeClosed(1, 1000)
                .mapToObj(row -> "\"Fox no. " + row + (row % 25 == 0 ? " [[fault:job-failed]]" : "") + ", running\",6")
                .collect(Collectors.joining("\n"));
        rig.drop("csv-batch/foxes.csv", table);

        awaitDone(1);
        List<CSVRecord> report = report("foxes.csv");
        assertThat(report).extracting(row -> Integer.valueOf(row.get("row")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1000).boxed().toList());
        assertThat(report.stream().filter(row -> row.get("status").equals("failed")).map(row -> Integer.valueOf(row.get("row"))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).mapToObj(i -> i * 25).toList());
        assertThat(report.stream().filter(row -> row.get("status").equals("made"))).hasSize(960)
                .allSatisfy(row -> assertThat(Path.of(row.get("file"))).isNotEmptyFile())
                .allSatisfy(row -> assertThat(row.get("cost")).isNotEmpty());
        assertThat(report.get(24).get("error")).isNotEmpty();
        assertThat(files(videos())).hasSize(960);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1000);

        rig.drop("csv-batch/foxes.csv", table);

        awaitDone(2);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1040);
        assertThat(rig.simulator.jobs().stream().collect(Collectors.groupingBy(job -> job.prompt(), Collectors.counting()))
                .entrySet().stream().filter(prompt -> prompt.getValue() > 1))
                .hasSize(40).allSatisfy(prompt -> assertThat(prompt.getKey()).contains("job-failed"));
        assertThat(report("foxes.csv").stream().collect(Collectors.groupingBy(row -> row.get("status"), Collectors.counting())))
                .isEqualTo(Map.of("there", 960L, "failed", 40L));
        rig.assertNothingLeft();
    }

    @Test
    void theSameRowTwiceIsTwoVideosAndJsonLinesAreTheSame() throws Exception {
        rig.start("csv-batch");
        rig.drop("csv-batch/foxes.jsonl", """
                {"prompt": "A fox", "duration": 6}
                {"prompt": "A fox", "duration": 6}

                {"prompt": "A fox", "duratoin": 6}
                {"prompt": "broken
                """);

        awaitDone(1);
        assertThat(report("foxes.jsonl")).extracting(row -> row.get("row") + " " + row.get("status") + " " + row.get("charged"))
                .containsExactly("1 made ", "2 made ", "4 failed no", "5 failed no");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(2);
        assertThat(files(videos())).hasSize(2);
    }

    @Test
    void columnsLeftEmptyAreNotGivenAndWrongOnesAreNamed() throws Exception {
        rig.start("csv-batch");
        rig.drop("csv-batch/foxes.csv", "prompt,duration,aspectRatio\nA fox,,16:9\n\"A fox\nwith a \"\"hat\"\"\",8,\nA fox,six,16:9\n");

        awaitDone(1);
        List<CSVRecord> report = report("foxes.csv");
        assertThat(report).extracting(row -> row.get("status")).containsExactly("made", "made", "failed");
        assertThat(report.get(2).get("error")).contains("duration");
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt()).containsExactlyInAnyOrder("A fox", "A fox\nwith a \"hat\"");
    }

    @Test
    void aRowNamesImagesOfTheFolderOnly() throws Exception {
        rig.start("csv-batch");
        rig.drop("csv-batch/media/fox.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        rig.drop("secret.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        Files.createSymbolicLink(rig.inbox.resolve("csv-batch/link.csv"),
                Files.writeString(dir.resolve("table.csv"), "prompt\nA secret\n"));
        rig.drop("csv-batch/foxes.csv", "prompt,images\nA fox,media/fox.jpg\nA cat,../secret.jpg\nA dog,/dev/zero\n");

        awaitDone(1);
        assertThat(report("foxes.csv")).extracting(row -> row.get("status")).containsExactly("made", "failed", "failed");
        assertThat(report("foxes.csv").get(1).get("error")).contains("mediaDirectories");
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt()).containsExactly("A fox");
        assertThat(rig.inbox.resolve("csv-batch/link.csv")).exists();
    }

    @Test
    void whatExcelWritesIsReadToTheFirstColumn() throws Exception {
        rig.set("delimiter", ";").start("csv-batch");
        rig.drop("csv-batch/foxes.csv", "\uFEFFprompt;duration\r\nA fox, running;6\r\n");
        rig.drop("csv-batch/quoted.csv", "\uFEFF\"prompt\";\"duration\"\r\n\"A wolf; running\";\"8\"\r\n");
        rig.drop("csv-batch/marked.jsonl",
                "\uFEFF{\"prompt\": \"A bear\", \"duration\": 6}\r\n{\"prompt\": \"A cub\", \"duration\": 6}\r\n");

        awaitDone(3);
        for (String table : List.of("foxes.csv", "quoted.csv", "marked.jsonl")) {
            assertThat(report(table)).as(table).isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get("status")).as(row.toString()).isEqualTo("made"));
        }
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt())
                .containsExactlyInAnyOrder("A fox, running", "A wolf; running", "A bear", "A cub");
    }

    @Test
    void aBrokenTableIsNotPaidForInPart() throws Exception {
        rig.start("csv-batch");
        rig.drop("csv-batch/foxes.csv", "prompt,duration\nA fox,6\n\"A fox that never ends,6\n");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("csv-batch/.failed"))).hasSize(2));
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isZero();
        assertThat(files(rig.outbox)).isEmpty();
    }

    @Test
    void atMostSoManyAreAtTheGatewayAtOnceAndAStopLeavesTheTable() throws Exception {
        rig.set("camel.component.grokvideo.maxConcurrentJobs", "3").start("csv-batch");
        rig.drop("csv-batch/slow.csv", "prompt\n" + IntStream.range(0, 20).mapToObj(row -> "Snail " + row + " [[render=10m]]")
                .collect(Collectors.joining("\n")));

        awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(3));
        rig.stop();
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(3);
        assertThat(rig.inbox.resolve("csv-batch/slow.csv")).exists();
        assertThat(files(rig.outbox)).isEmpty();
    }

    private Path videos() {
        return rig.outbox.resolve("csv-batch/videos");
    }

    private void awaitDone(int tables) {
        awaitThat(() -> assertThat(files(rig.inbox.resolve("csv-batch/.done"))).hasSize(tables));
    }

    private List<CSVRecord> report(String table) throws IOException {
        try (CSVParser parser = CSVParser.parse(Files.readString(rig.outbox.resolve("csv-batch/" + table + "/report.csv")),
                CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get())) {
            return parser.getRecords();
        }
    }
}
