// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Sha256;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a file with many requests, for a route that splits it. Needs commons-csv. Thread-safe once configured.
 * <ul>
 * <li>{@code .csv}: the first record names the fields, each further one is a request. Empty cells are omitted fields; records without any
 * value are skipped.
 * <li>{@code .jsonl}: a JSON object in each line. Empty lines are skipped.
 * <li>{@code .json}: a list of JSON objects.
 * </ul>
 * The text is UTF-8, with or without a byte order mark. A file is read to its end before the first request is returned: a file that
 * cannot be read completely is rejected as a whole, so that it is not paid for in part. Whether a request is valid is checked by the
 * component.
 */
public final class PromptTable {

    private static final List<String> REPORT = List.of(
            "row", "status", "file", "cost", "unit", "estimated", "error", "charged", "jobId", "prompt");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private char delimiter = ',';
    private File videos;

    /**
     * @param value cell separator of CSV, one character or {@code \t}; default: a comma
     * @throws IllegalArgumentException if it cannot separate cells
     */
    public void setDelimiter(String value) {
        String text = value.equals("\\t") ? "\t" : value;
        if (text.length() != 1 || text.charAt(0) == '"' || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw new IllegalArgumentException("delimiter=" + value + ": one character that separates cells");
        }
        delimiter = text.charAt(0);
    }

    /** @param directory where the videos of the rows are stored; default: none */
    public void setVideos(String directory) {
        videos = new File(directory);
    }

    /**
     * Reads all requests of a file.
     *
     * @param  table the file; its extension says the format
     * @return       its rows, in the order of the file
     * @throws InvalidRequestException if the content cannot be read to its end; it says where and why
     * @throws IOException if the disk cannot be read, which may be temporary
     */
    public List<PromptRow> read(File table) throws IOException {
        byte[] content = Files.readAllBytes(table.toPath());
        String name = table.getName().toLowerCase(Locale.ROOT);
        try {
            String text = text(content);
            Rows rows = new Rows();
            if (name.endsWith(".csv")) {
                readCsv(text, rows);
            } else if (name.endsWith(".jsonl")) {
                readLines(text, rows);
            } else {
                readList(text, rows);
            }
            return rows.all;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw refused(table, e.getMessage(), e);
        }
    }

    /**
     * Reports the results of a table.
     *
     * @param  rows all rows
     * @return      their results as CSV with a header
     */
    public String report(List<PromptRow> rows) {
        StringWriter report = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(report, CSVFormat.DEFAULT.builder().setHeader(REPORT.toArray(String[]::new)).get())) {
            for (PromptRow row : rows) {
                printer.printRecord(REPORT.stream().map(row::column).toList());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return report.toString();
    }

    private static String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            // Excel writes a byte order mark, which is not part of the first field's name.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not text in UTF-8", e);
        }
    }

    private void readCsv(String text, Rows rows) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setTrim(true).get();
        try (Reader reader = new StringReader(text); CSVParser parser = CSVParser.parse(reader, format)) {
            List<String> names = null;
            for (CSVRecord record : parser) {
                if (names == null) {
                    names = names(record);
                } else {
                    Map<String, Object> fields = fields(names, record);
                    if (!fields.isEmpty()) {
                        rows.add((int) record.getRecordNumber() - 1, JSON.valueToTree(fields), null);
                    }
                }
            }
        }
    }

    private static List<String> names(CSVRecord header) {
        List<String> names = header.toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new IllegalArgumentException("its first row names the field " + name + " twice");
            }
        }
        return names;
    }

    private static Map<String, Object> fields(List<String> names, CSVRecord record) {
        Map<String, Object> fields = new TreeMap<>();
        for (int column = 0; column < record.size(); column++) {
            String value = record.get(column);
            if (value.isEmpty()) {
                continue;
            }
            if (column >= names.size() || names.get(column).isEmpty()) {
                // An unquoted comma would cut the prompt.
                throw new IllegalArgumentException("row " + (record.getRecordNumber() - 1) + " has a value in column " + (column + 1)
                        + ", which the first row does not name; text that contains the delimiter needs quotes");
            }
            fields.put(names.get(column), value);
        }
        return fields;
    }

    private void readLines(String text, Rows rows) throws IOException {
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (!line.strip().startsWith("{")) {
                    throw new IllegalArgumentException("line " + number + " is not a JSON object");
                }
                rows.add(number, objectOrNull(line), line.strip());
            }
        }
    }

    /** @return null = the JSON is broken: the component then rejects this row, and the others are still made */
    private static JsonNode objectOrNull(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            return null;
        }
    }

    private void readList(String text, Rows rows) {
        JsonNode list;
        try {
            list = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The original message quotes the text, which may be private.
            throw new IllegalArgumentException("it is not a JSON list of objects: the JSON is broken"
                    + (e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr()), e);
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("it is not a JSON list of objects");
        }
        for (JsonNode element : list) {
            if (!element.isObject()) {
                throw new IllegalArgumentException(
                        "it is not a JSON list of objects: element " + (rows.all.size() + 1) + " is not an object");
            }
            rows.add(rows.all.size() + 1, element, null);
        }
    }

    private static InvalidRequestException refused(File table, String reason, Exception cause) {
        String message = table.getName() + " cannot be read to its end, and nothing of it was submitted: " + reason;
        InvalidRequestException refused = new InvalidRequestException(null, null,
                JobError.of(ErrorType.INVALID_REQUEST, message, Charged.NO), List.of(new Violation("table", table.getName(), reason)));
        refused.initCause(cause);
        return refused;
    }

    /** Assigns each row its key. */
    private final class Rows {

        private final List<PromptRow> all = new ArrayList<>();
        private final Map<String, Integer> seen = new HashMap<>();

        /**
         * @param request null = the JSON is broken
         * @param text    as it was read; null = the request written as JSON
         */
        void add(int number, JsonNode request, String text) {
            String hash = Sha256.hex(request == null ? text : canonical(request));
            String key = hash + "-" + seen.merge(hash, 1, Integer::sum);
            boolean hasMedia = request != null && (request.hasNonNull("images") || request.hasNonNull("video"));
            all.add(new PromptRow(number, key, text == null ? request.toString() : text, hasMedia,
                    videos == null ? null : new File(videos, key + ".mp4")));
        }

        /** White space and the order of fields do not matter. */
        private String canonical(JsonNode request) {
            try {
                return JSON.writeValueAsString(JSON.treeToValue(request, Object.class));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
