// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every login sees what has gone wrong, and can call nothing else of that MBean. */
class JolokiaProblemsTest extends ConsoleTestBase {

    private static final String PROBLEMS = "org.apache.camel:context=wrong,type=services,name=VideoProblems";

    private FakeVideoJobs jobs;
    private FakeVideoProblems problems;

    @BeforeEach
    void register() throws JMException {
        jobs = new FakeVideoJobs("wrong", SampleJobs.jobs(40, Instant.now()));
        problems = new FakeVideoProblems("wrong", jobs);
    }

    @AfterEach
    void unregister() throws JMException {
        problems.close();
        jobs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void everyLoginReadsProblemsAndNothingElse(String user) {
        Browserless browser = loggedIn(user);

        JsonNode counts = browser.jolokia(exec("counts"));
        assertThat(Browserless.tree(counts.get("value").asText()).get("unknown").asInt()).isEqualTo(3125);
        JsonNode first = browser.jolokia(exec("problems", 20));
        assertThat(Browserless.tree(first.get("value").asText()).at("/unknown/0/id").asText()).isEqualTo("job-000009");
        for (String operation : List.of("stop", "suspend", "jobs", "changeLimit")) {
            assertThat(browser.jolokia(exec(operation)).get("status").asInt()).as(operation).isEqualTo(403);
        }
    }

    private static Map<String, ?> exec(String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", PROBLEMS, "operation", operation, "arguments", List.of(arguments));
    }
}
