// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.simulator.server.NamedThreads;
import io.github.grokvideo.simulator.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No client is told of a job before the store has it. */
class KeptBeforeAnsweredTest {

    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private final GrokVideoSimulator simulator = new GrokVideoSimulator(
            GrokVideoSimulator.builder().settings(), new NamedThreads(), (settings, threads) -> new MemoryStore() {
                @Override
                public CompletableFuture<Void> kept() {
                    return kept;
                }
            });

    @AfterEach
    void close() {
        simulator.close();
    }

    private CompletableFuture<HttpResponse<String>> submit() {
        HttpRequest request = new Client(simulator, "xai").request("/videos/generations").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"A kite\"}")).build();
        CompletableFuture<HttpResponse<String>> answer
                = HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(10)).until(() -> simulator.ledger().jobs() == 1);
        return answer;
    }

    @Test
    void theAnswerWaitsForTheStore() {
        CompletableFuture<HttpResponse<String>> answer = submit();
        await().during(Duration.ofMillis(200)).until(() -> !answer.isDone());

        kept.complete(null);

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void aJobThatCannotBeKeptIsNotToldOf() {
        CompletableFuture<HttpResponse<String>> answer = submit();

        kept.completeExceptionally(new IOException("journal.jsonl cannot be written"));

        assertThat(answer.join().statusCode()).isEqualTo(500);
        assertThat(answer.join().body()).contains("journal.jsonl cannot be written").doesNotContain("request_id");
    }
}
