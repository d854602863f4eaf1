// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers and aggregation repositories carry exceptions by Java serialization. */
class SerializedErrorsTest {

    /** Of a library: not serializable after all. */
    private static final class Foreign extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final Object socket = new Object();

        private Foreign(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getMessage() {
            return super.getMessage() + (socket == null ? "" : " on a socket");
        }
    }

    private static GrokVideoException exception(ErrorType type) {
        return new JobError(type, "no luck", Charged.UNKNOWN, true, 418, "teapot", "request-7").toException("job-1", "xai");
    }

    @SuppressWarnings("unchecked")
    private static <T> T carried(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    private static void saysTheSame(GrokVideoException carried, GrokVideoException error) {
        assertThat(carried).hasSameClassAs(error).hasMessage(error.getMessage());
        assertThat(carried.getError()).isEqualTo(error.getError());
        assertThat(carried.getJobId()).isEqualTo("job-1");
        assertThat(carried.getProvider()).isEqualTo("xai");
        assertThat(carried.getCharged()).isEqualTo(Charged.UNKNOWN);
        assertThat(carried.isRetryable()).isEqualTo(error.isRetryable());
        assertThat(carried.isResumable()).isEqualTo(error.isResumable());
        assertThat(carried.getHttpStatus()).isEqualTo(418);
        assertThat(carried.getGatewayCode()).isEqualTo("teapot");
        assertThat(carried.getRequestId()).isEqualTo("request-7");
    }

    @ParameterizedTest
    @EnumSource
    void everyGetterWorksAfterwards(ErrorType type) throws Exception {
        saysTheSame(carried(exception(type)), exception(type));
        assertThat(carried(exception(type).getError())).isEqualTo(exception(type).getError());
    }

    @ParameterizedTest
    @EnumSource
    void aCauseThatIsNotSerializableGoesAsItsText(ErrorType type) throws Exception {
        GrokVideoException error = exception(type);
        error.initCause(new IllegalStateException("ours", new Foreign("broken", null)));
        error.addSuppressed(new Foreign("earlier", exception(ErrorType.WAIT_TIMEOUT)));

        GrokVideoException carried = carried(error);

        saysTheSame(carried, error);
        assertThat(carried.getCause()).hasToString("java.lang.IllegalStateException: ours");
        assertThat(carried.getCause().getCause()).asString().contains("Foreign").contains("broken on a socket");
        assertThat(carried.getCause().getStackTrace()).isEqualTo(error.getCause().getStackTrace());
        assertThat(carried.getSuppressed()).singleElement().asString().contains("earlier");
        saysTheSame(carried(carried), error);
    }

    @Test
    void aSerializableCauseStaysWhatItIs() throws Exception {
        GrokVideoException error = exception(ErrorType.SUBMIT_REJECTED);
        error.initCause(new IOException("no such file"));

        assertThat(carried(error).getCause()).isInstanceOf(IOException.class).hasMessage("no such file");
    }

    @Test
    void exceptionsThatNameEachOtherAreNoEndlessLoop() throws Exception {
        GrokVideoException one = exception(ErrorType.WAIT_TIMEOUT);
        Foreign other = new Foreign("other", one);
        one.addSuppressed(other);

        saysTheSame(carried(one), one);
    }

    @Test
    void violationsComeAlong() throws Exception {
        List<Violation> violations = List.of(new Violation("duration", "99", "1 to 15"), new Violation("prompt", null, "required"));
        InvalidRequestException error = InvalidRequestException.of("xai", "grok", violations);

        assertThat(carried(error).getViolations()).isEqualTo(violations);
        error.initCause(new Foreign("why", null));
        assertThat(carried(error).getViolations()).isEqualTo(violations);
    }
}
