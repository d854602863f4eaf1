// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;

/** Jobs as JSON: times, paths and amounts as text, small media as base64. Fields of later versions are ignored. */
final class JobJson {

    /** Writes ASCII only: any database encoding can store it, and NUL characters and unpaired surrogates survive the round trip. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addMixIn(Cost.class, ExactCost.class)
            .addMixIn(JobDetails.class, StoredDetails.class)
            .addMixIn(JobFields.class, StoredFields.class)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse))
                    .addSerializer(Path.class, ToStringSerializer.instance)
                    .addDeserializer(Path.class, new FromText<>(Path.class, Path::of))
                    .addSerializer(Media.class, new MediaWriter())
                    .addDeserializer(Media.class, new MediaReader()))
            .build();

    private JobJson() {
    }

    /** Without the fields that have columns of their own. */
    static String write(VideoJob job) {
        try {
            return MAPPER.writeValueAsString(job.fields());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A job could not be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the text is not a JSON object */
    static ObjectNode read(String text) {
        try {
            return MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A stored job is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if this version cannot read it as a job */
    static VideoJob toJob(ObjectNode tree) {
        try {
            return VideoJob.of(MAPPER.treeToValue(tree, JobFields.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A stored job could not be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Amounts are text, since 0.40 would come back as 0.4 from a number. {@code estimated} is written only if true. */
    private interface ExactCost {
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal amount();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean estimated();
    }

    private interface StoredDetails {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        int priority();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean unattended();
    }

    /** Fields, not getters. Those with columns of their own are read, but not written; the other two are left out if empty. */
    @JsonIgnoreProperties(value = {"id", "account", "provider", "state", "node"}, allowSetters = true)
    @JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE, isGetterVisibility = Visibility.NONE,
                    setterVisibility = Visibility.NONE)
    private abstract static class StoredFields {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        private Map<String, String> metadata;
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        private int misses;
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text);
    }

    private static final class FromText<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Parser<T> parser;

        private FromText(Class<T> type, Parser<T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return parser.parse(json.getText());
        }
    }

    /** One field per kind of media: {@code Media.toString} hides private content, and a path may look like a URL. */
    private static final class MediaWriter extends StdSerializer<Media> {
        private static final long serialVersionUID = 1L;

        private MediaWriter() {
            super(Media.class);
        }

        @Override
        public void serialize(Media media, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            if (media instanceof Media.Url url) {
                json.writeStringField("url", url.url());
            } else if (media instanceof Media.LocalFile file) {
                json.writeStringField("path", file.path().toString());
                if (file.root() != null) {
                    json.writeStringField("root", file.root().toString());
                }
            } else if (media instanceof Media.GatewayFile file) {
                json.writeStringField("fileId", file.id());
            } else if (media instanceof Media.EarlierJob job) {
                json.writeStringField("job", job.jobId());
            } else if (media instanceof Media.GatewayTask task) {
                json.writeStringField("task", task.taskId());
            } else if (media instanceof Media.Bytes bytes) {
                json.writeStringField("base64", Base64.getEncoder().encodeToString(bytes.content()));
                if (bytes.contentType() != null) {
                    json.writeStringField("contentType", bytes.contentType());
                }
            }
            json.writeEndObject();
        }
    }

    private static final class MediaReader extends StdDeserializer<Media> {
        private static final long serialVersionUID = 1L;

        private MediaReader() {
            super(Media.class);
        }

        @Override
        public Media deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode media = json.readValueAsTree();
            if (media.has("url")) {
                return new Media.Url(media.get("url").asText());
            }
            if (media.has("path")) {
                return new Media.LocalFile(Path.of(media.get("path").asText()),
                        media.has("root") ? Path.of(media.get("root").asText()) : null);
            }
            if (media.has("fileId")) {
                return new Media.GatewayFile(media.get("fileId").asText());
            }
            if (media.has("job")) {
                return new Media.EarlierJob(media.get("job").asText());
            }
            if (media.has("task")) {
                return new Media.GatewayTask(media.get("task").asText());
            }
            return new Media.Bytes(media.path("base64").binaryValue() == null ? new byte[0] : media.get("base64").binaryValue(),
                    media.path("contentType").asText(null));
        }
    }
}
