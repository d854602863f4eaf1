// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTableTest {

    @TempDir
    Path dir;

    private final PromptTable table = new PromptTable();

    private List<PromptRow> read(String name, String content) throws IOException {
        return read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private List<PromptRow> read(String name, byte[] content) throws IOException {
        return table.read(Files.write(dir.resolve(name), content).toFile());
    }

    private List<String> texts(String name, String content) throws IOException {
        return read(name, content).stream().map(PromptRow::getText).toList();
    }

    @Test
    void theFirstRowOfACsvNamesTheFieldsOfTheOthers() throws Exception {
        assertThat(texts("a.csv", "prompt,duration\n\"A fox, \"\"red\"\"\nin snow\",6\n A cat ,\nA dog\n")).containsExactly(
                "{\"duration\":\"6\",\"prompt\":\"A fox, \\\"red\\\"\\nin snow\"}", "{\"prompt\":\"A cat\"}", "{\"prompt\":\"A dog\"}");
    }

    @Test
    void rowsWithoutAValueAreSkippedAndKeepTheNumbersOfTheOthers() throws Exception {
        assertThat(read("a.csv", "prompt,duration,\n\nA fox,6,\n,,\nA cat,8,,,\n")).extracting(PromptRow::getNumber).containsExactly(1, 3);
        assertThat(read("a.csv", "")).isEmpty();
        assertThat(read("a.csv", "prompt\n")).isEmpty();
        assertThat(read("a.jsonl", "\n \n")).isEmpty();
        assertThat(read("a.json", "[]")).isEmpty();
    }

    @Test
    void whatExcelWritesIsRead() throws Exception {
        table.setDelimiter(";");

        assertThat(texts("A.CSV", "\uFEFF\"prompt\";duration\r\nA fox, running;6\r\n"))
                .containsExactly("{\"duration\":\"6\",\"prompt\":\"A fox, running\"}");
        assertThat(texts("a.jsonl", "\uFEFF{\"prompt\": \"A fox\"}\r\n{\"prompt\": \"A cat\"}"))
                .containsExactly("{\"prompt\": \"A fox\"}", "{\"prompt\": \"A cat\"}");
        table.setDelimiter("\\t");
        assertThat(texts("a.csv", "prompt\tduration\rA fox; running\t6\r"))
                .containsExactly("{\"duration\":\"6\",\"prompt\":\"A fox; running\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "\"", "\n"})
    void aDelimiterIsOneCharacter(String delimiter) {
        assertThatThrownBy(() -> table.setDelimiter(delimiter)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delimiter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "quote that never ends|a.csv|prompt~A fox~\"A cat~|EOF reached",
            "text after a quote|a.csv|prompt~\"A fox\" runs,6~|line",
            "a field named twice|a.csv|prompt,duration,prompt~A fox,6,A cat~|names the field prompt twice",
            "a cell too many|a.csv|prompt,duration~A fox,6~A cat, running,6~|row 2 has a value in column 3",
            "a cell below no name|a.csv|prompt,,duration~A fox,x,6~|row 1 has a value in column 2",
            "no object|a.jsonl|{\"prompt\": \"A fox\"}~A cat~|line 2 is not a JSON object",
            "no list|a.json|{\"prompt\": \"A fox\"}|not a JSON list of objects",
            "no object in the list|a.json|[{\"prompt\": \"A fox\"}, \"A cat\"]|element 2 is not an object",
            "a broken list|a.json|[{\"prompt\": \"A secret|the JSON is broken at line 1",
            "a field twice|a.json|[{\"prompt\": \"A fox\", \"prompt\": \"A cat\"}]|the JSON is broken",
            "text behind the list|a.json|[] []|the JSON is broken"})
    void whatCannotBeReadToItsEndIsRefusedAsAWhole(String what, String name, String content, String reason) {
        assertThatThrownBy(() -> read(name, content.replace('~', '\n'))).as(what).isInstanceOfSatisfying(InvalidRequestException.class,
                refused -> {
                    assertThat(refused.getCharged()).isEqualTo(Charged.NO);
                    assertThat(refused.isResumable()).isFalse();
                    assertThat(refused.getError().message()).startsWith(name + " cannot be read to its end").contains(reason)
                            .doesNotContain("secret");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.jsonl", "a.json"})
    void textThatIsNotUtf8IsRefused(String name) {
        assertThatThrownBy(() -> read(name, "prompt\nA f\u00fcchs".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("not text in UTF-8");
        assertThatThrownBy(() -> read(name, "prompt\nA fox".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("not text in UTF-8");
    }

    @Test
    void aFileThatCannotBeReadIsNotRefused() {
        assertThatThrownBy(() -> table.read(dir.resolve("none.csv").toFile())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aBrokenLineIsPassedOnForTheComponentToRefuse() throws Exception {
        assertThat(read("a.jsonl", "{\"prompt\": \"A fox\"}\n\n{\"prompt\": \"A cat\n{\"prompt\": \"A\", \"prompt\": \"B\"}\n"))
                .extracting(row -> row.getNumber() + " " + row.getText()).containsExactly(
                        "1 {\"prompt\": \"A fox\"}", "3 {\"prompt\": \"A cat", "4 {\"prompt\": \"A\", \"prompt\": \"B\"}");
    }

    @Test
    void theKeyIsTheFieldsAndHowOftenTheyCameBefore() throws Exception {
        List<PromptRow> lines = read("a.jsonl", """
                {"prompt": "A fox", "duration": 6}
                {"duration":6,"prompt":"A fox"}
                {"prompt": "A fox", "duration": 7}
                """);
        String hash = lines.get(0).getKey().replaceFirst("-1$", "");

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(lines.get(1).getKey()).isEqualTo(hash + "-2");
        assertThat(lines.get(2).getKey()).doesNotStartWith(hash).endsWith("-1");
        assertThat(read("b.json", "[{\"prompt\": \"A fox\", \"duration\": 6}]")).as("in whatever table it is").singleElement()
                .satisfies(row -> assertThat(row.getKey()).isEqualTo(hash + "-1"));
        assertThat(read("a.csv", "prompt,duration\nA fox,6\n").get(0).getKey()).as("an empty column changes nothing")
                .isEqualTo(read("b.csv", "aspectRatio,duration,prompt\n,6,A fox\n").get(0).getKey());
    }

    @Test
    void aRowKnowsWhetherItHasImagesOrAVideo() throws Exception {
        assertThat(read("a.json", "[{\"prompt\": \"A\"}, {\"images\": [\"a.jpg\"]}, {\"video\": \"a.mp4\"}, {\"images\": null}]"))
                .extracting(PromptRow::hasMedia).containsExactly(false, true, true, false);
    }

    @Test
    void theReportHasARowForEach() throws Exception {
        table.setVideos(dir.resolve("videos").toString());
        List<PromptRow> rows = read("a.csv", "prompt\nA fox\n\"A cat, red\"\nA dog\n");
        Files.createDirectories(dir.resolve("videos"));
        Files.writeString(rows.get(0).getFile().toPath(), "video");

        assertThat(rows).extracting(PromptRow::isThere).containsExactly(true, false, false);
        rows.get(0).end("there", Map.of());
        rows.get(1).end("made", Map.of("CamelGrokVideoFile", "videos/x.mp4", "CamelGrokVideoCost", "0.30", "CamelGrokVideoCostUnit", "USD",
                "CamelGrokVideoCostEstimated", true, "CamelGrokVideoJobId", "j1"));
        rows.get(2).end("failed", Map.of("CamelGrokVideoErrorMessage", "It failed", "CamelGrokVideoErrorCharged", "no"));

        assertThat(table.report(rows).lines()).containsExactly("row,status,file,cost,unit,estimated,error,charged,jobId,prompt",
                "1,there," + rows.get(0).getFile() + ",,,,,,,\"{\"\"prompt\"\":\"\"A fox\"\"}\"",
                "2,made,videos/x.mp4,0.30,USD,true,,,j1,\"{\"\"prompt\"\":\"\"A cat, red\"\"}\"",
                "3,failed,,,,,It failed,no,,\"{\"\"prompt\"\":\"\"A dog\"\"}\"");
    }

    @Test
    void withoutADirectoryForVideosNoneIsThere() throws Exception {
        assertThat(read("a.csv", "prompt\nA fox\n").get(0)).satisfies(row -> {
            assertThat(row.getFile()).isNull();
            assertThat(row.isThere()).isFalse();
        });
    }
}
