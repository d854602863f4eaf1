// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** A client without this project that does as much for the file: it is hashed and synced. A thread for each call, polls every 50 ms. */
public final class BareJobs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBMIT = "{\"model\":\"grok-imagine-video\",\"prompt\":\"A red kite\"}";
    private static final int BUFFER = 64 * 1024;
    private static final int INTERVAL_MILLIS = 50;

    private final String base;
    private final CloseableHttpClient client;
    private final Path directory;
    private final ScheduledExecutorService threads;

    private BareJobs(String base, CloseableHttpClient client, Path directory, ScheduledExecutorService threads) {
        this.threads = threads;
        this.base = base;
        this.client = client;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Wave wave = Wave.of(arguments);
        Path directory = Files.createTempDirectory("bare-benchmark");
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(wave.atOnce());
        try (CloseableHttpClient client = HttpClients.custom().setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(wave.atOnce()).setMaxConnTotal(wave.atOnce()).build()).build()) {
            BareJobs jobs = new BareJobs(wave.base(), client, directory, threads);
            wave.measure(() -> jobs.run(wave));
        } finally {
            threads.shutdown();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private void run(Wave wave) throws InterruptedException {
        Semaphore places = new Semaphore(wave.atOnce());
        for (int job = 0; job < wave.jobs(); job++) {
            places.acquire();
            threads.execute(() -> submit(places));
        }
        places.acquire(wave.atOnce());
    }

    private void submit(Semaphore places) {
        HttpPost post = new HttpPost(base + "/v1/videos/generations");
        post.setHeader("Authorization", "Bearer xai-benchmark");
        post.setEntity(new StringEntity(SUBMIT, ContentType.APPLICATION_JSON));
        try {
            String id = client.execute(post, answer -> JSON.readTree(EntityUtils.toString(answer.getEntity()))).path("request_id").asText();
            threads.schedule(() -> poll(id, places), INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            failed(e, places);
        }
    }

    private void poll(String id, Semaphore places) {
        HttpGet get = new HttpGet(base + "/v1/videos/" + id);
        get.setHeader("Authorization", "Bearer xai-benchmark");
        try {
            JsonNode polled = client.execute(get, answer -> JSON.readTree(EntityUtils.toString(answer.getEntity())));
            if (!polled.path("status").asText().equals("done")) {
                threads.schedule(() -> poll(id, places), INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            client.execute(new HttpGet(polled.at("/video/url").asText()),
                    answer -> save(answer.getEntity().getContent(), directory.resolve(id + ".mp4")));
            places.release();
        } catch (IOException e) {
            failed(e, places);
        }
    }

    private static void failed(IOException failure, Semaphore places) {
        failure.printStackTrace();
        places.release();
    }

    private static String save(InputStream in, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
                out.write(ByteBuffer.wrap(buffer, 0, count));
            }
            out.force(true);
            return new String(hash.digest(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
