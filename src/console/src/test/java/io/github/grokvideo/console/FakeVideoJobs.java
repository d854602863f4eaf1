// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Stands for the component: serves jobs out of memory and notes the actions it is asked for. */
final class FakeVideoJobs implements VideoJobsMBean, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, Object>> jobs = new ConcurrentHashMap<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final ObjectName name;
    private volatile boolean storeReachable = true;
    private volatile int largestPage;
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger rows = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile String refusal;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final AtomicInteger holding = new AtomicInteger();

    FakeVideoJobs(String context, List<Map<String, Object>> jobs) throws JMException {
        jobs.forEach(job -> this.jobs.put((String) job.get("id"), new HashMap<>(job)));
        name = new ObjectName("org.apache.camel:context=" + context + ",type=services,name=VideoJobs");
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(this, VideoJobsMBean.class), name);
    }

    /** The actions called so far, such as {@code abandon(job-1)}. */
    List<String> actions() {
        return actions;
    }

    /** The most jobs ever asked for at once. */
    int largestPage() {
        return largestPage;
    }

    /** How often a page was asked for. */
    int pages() {
        return pages.get();
    }

    /** How many rows were fetched in all, of pages and by themselves. */
    int rows() {
        return rows.get();
    }

    /** From now on pages and changed rows are those of the time of the question, and come when {@link #release()} is called. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    /** How many answers are held back. */
    int holding() {
        return holding.get();
    }

    /** How often a waiting call has asked for changes. */
    int questions() {
        return questions.get();
    }

    /** Changes a job without telling that it has changed. */
    void changeQuietly(String id, String field, Object value) {
        jobs.get(id).put(field, value);
    }

    void remove(String id) {
        jobs.remove(id);
    }

    void change(String id, String field, Object value) {
        jobs.get(id).put(field, value);
        changes.incrementAndGet();
    }

    Map<String, Object> stored(String id) {
        return jobs.get(id);
    }

    void add(Map<String, Object> job) {
        jobs.put((String) job.get("id"), new HashMap<>(job));
        changes.incrementAndGet();
    }

    /** From now on every action is refused with that message. */
    void refuse(String message) {
        refusal = message;
    }

    void storeReachable(boolean reachable) {
        storeReachable = reachable;
    }

    @Override
    public int getWaiting() {
        return (int) jobs.values().stream().filter(job -> job.get("endedAt") == null).count();
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String getProvider() {
        return "xai";
    }

    @Override
    public String getProviders() {
        return "xai,toapis,reapi,aivideoapi,uniall";
    }

    @Override
    public boolean isStoreReachable() {
        return storeReachable;
    }

    @Override
    public String getNode() {
        return "node-a";
    }

    @Override
    public boolean isShowPrompts() {
        return false;
    }

    @Override
    public String jobs(String state, String provider, String text, String sort, boolean descending, int offset, int limit) {
        largestPage = Math.max(largestPage, limit);
        pages.incrementAndGet();
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit must be 1 to 500, not " + limit);
        }
        String field = Map.of("created", "createdAt", "ended", "endedAt", "state", "state", "provider", "provider").get(sort);
        Comparator<Map<String, Object>> order = Comparator.<Map<String, Object>, String>comparing(
                job -> Objects.toString(job.get(field), ""))
                .thenComparing(job -> (String) job.get("id"));
        List<Map<String, Object>> found = jobs.values().stream().filter(wanted(state, provider, text))
                .sorted(descending ? order.reversed() : order).toList();
        List<Map<String, Object>> page = found.stream().skip(offset).limit(limit).map(FakeVideoJobs::row).toList();
        rows.addAndGet(page.size());
        String answer = json(Map.of("total", found.size(), "offset", offset, "jobs", page));
        awaitRelease();
        return answer;
    }

    private static Predicate<Map<String, Object>> wanted(String state, String provider, String text) {
        List<String> states = state.isEmpty() ? List.of() : Arrays.asList(state.split(","));
        return job -> (states.isEmpty() || states.contains(job.get("state")))
                && (provider.isEmpty() || provider.equals(job.get("provider")))
                && List.of("id", "jobKey", "taskId", "tag", "model").stream()
                        .anyMatch(k -> Objects.toString(job.get(k), "").contains(text));
    }

    static Map<String, Object> row(Map<String, Object> job) {
        Map<String, Object> row = new LinkedHashMap<>(job);
        row.remove("actions");
        row.put("version", Integer.toHexString(json(new TreeMap<>(row)).hashCode()));
        return row;
    }

    @Override
    public String changes() {
        questions.incrementAndGet();
        return Integer.toString(changes.get());
    }

    @Override
    public String changed(String known) {
        List<Map<String, Object>> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        Browserless.tree(known).fields().forEachRemaining(one -> {
            Map<String, Object> job = jobs.get(one.getKey());
            if (job == null) {
                gone.add(one.getKey());
            } else if (!row(job).get("version").equals(one.getValue().asText())) {
                changed.add(row(job));
            }
        });
        rows.addAndGet(changed.size());
        String answer = json(Map.of("jobs", changed, "gone", gone));
        awaitRelease();
        return answer;
    }

    private void awaitRelease() {
        holding.incrementAndGet();
        try {
            if (!held.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The answer was held back for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            holding.decrementAndGet();
        }
    }

    @Override
    public long newer(String state, String provider, String text, String after) {
        if (!after.isEmpty() && !jobs.containsKey(after)) {
            return -1;
        }
        String since = after.isEmpty() ? "" : (String) jobs.get(after).get("createdAt");
        return jobs.values().stream().filter(wanted(state, provider, text))
                .filter(job -> ((String) job.get("createdAt")).compareTo(since) > 0).count();
    }

    @Override
    public String job(String id) {
        Map<String, Object> job = jobs.get(id);
        if (job == null) {
            throw new IllegalArgumentException("There is no job '" + id + "'");
        }
        Map<String, Object> detail = new LinkedHashMap<>(job);
        detail.put("request", Map.of("mode", "text-to-video", "duration", 6, "aspectRatio", "16:9", "resolution", "480p"));
        detail.put("metadata", Map.of("campaign", "autumn"));
        List<Map<String, Object>> timeline = new ArrayList<>();
        for (var step : Map.of("createdAt", "NEW", "acceptedAt", "ACCEPTED", "renderedAt", "RENDERED", "downloadedAt", "DOWNLOADED")
                .entrySet()) {
            if (job.get(step.getKey()) != null) {
                timeline.add(Map.of("state", step.getValue(), "at", job.get(step.getKey())));
            }
        }
        timeline.sort(Comparator.comparing(entry -> (String) entry.get("at")));
        if (job.get("endedAt") != null) {
            timeline.add(Map.of("state", job.get("state"), "at", job.get("endedAt")));
        }
        detail.put("timeline", timeline);
        detail.put("url", "https://vidgen.example/" + id + ".mp4");
        detail.put("file", job.get("endedAt") != null && job.get("error") == null ? "/srv/videos/" + id + ".mp4" : null);
        detail.put("urlOnly", false);
        detail.put("lastPoll", job.get("state").equals("RUNNING") ? "status 'processing', 40 %" : null);
        detail.put("retriedAs", null);
        detail.put("attempts", List.of());
        detail.put("estimate", Map.of("amount", "0.42", "unit", "USD", "estimated", true));
        detail.put("filePresent", job.get("kept"));
        List.of("sourceJob", "fileId", "publicUrl", "storageError", "answeredModel").forEach(key -> detail.putIfAbsent(key, null));
        detail.put("retryable", job.get("error") != null);
        detail.putIfAbsent("actions", switch ((String) job.get("state")) {
            case "ACCEPTED", "RUNNING" -> List.of("pollNow", "stopWaiting");
            case "UNKNOWN" -> List.of("redeliver", "adopt", "resubmit", "abandon");
            case "FAILED", "MODERATED", "EXPIRED" -> List.of("redeliver", "retry");
            case "DELIVERED", "DOWNLOADED" -> List.of("redeliver");
            case "SUBMITTING" -> List.of("stopWaiting");
            default -> List.of();
        });
        return json(detail);
    }

    @Override
    public String history(int hours) {
        List<Map<String, Object>> buckets = new ArrayList<>();
        Instant start = Instant.parse("2026-11-20T12:00:00Z");
        for (int i = 0; i < hours * 12; i++) {
            Map<String, Object> bucket = new LinkedHashMap<>();
            int busy = (int) Math.round(20 + 15 * Math.sin(i / 23.0));
            bucket.put("at", start.plusSeconds(300L * i).toString());
            bucket.put("submitted", busy + i % 5);
            // In the first hour one job fails.
            bucket.put("ended", i % 17 == 0 ? Map.of("DELIVERED", busy, "FAILED", 1, "MODERATED", i % 3) : Map.of("DELIVERED", busy));
            // Nothing is known before and after the second one.
            boolean unknown = i % 40 == 0 || i % 40 == 2;
            bucket.put("waitP50Millis", unknown ? null : 40_000 + 300 * (i % 60));
            bucket.put("waitP95Millis", unknown ? null : 90_000 + 900 * (i % 70));
            bucket.put("spend", Map.of("USD", String.valueOf(busy * 0.4), "credits", String.valueOf(busy * 3)));
            buckets.add(bucket);
        }
        return json(Map.of("bucketSeconds", 300, "buckets", buckets));
    }

    @Override
    public String pollNow(String id) {
        return act("pollNow(" + id + ")", id);
    }

    @Override
    public String stopWaiting(String id) {
        return act("stopWaiting(" + id + ")", id);
    }

    @Override
    public String cancel(String id) {
        return act("cancel(" + id + ")", id);
    }

    @Override
    public String prioritize(String id, int priority) {
        return act("prioritize(" + id + "," + priority + ")", id);
    }

    @Override
    public String redeliver(String id) {
        return act("redeliver(" + id + ")", id);
    }

    @Override
    public String adopt(String id, String taskId) {
        return act("adopt(" + id + "," + taskId + ")", id);
    }

    @Override
    public String resubmit(String id) {
        return act("resubmit(" + id + ")", id);
    }

    @Override
    public String abandon(String id) {
        return act("abandon(" + id + ")", id);
    }

    @Override
    public String retry(String id) {
        return act("retry(" + id + ")", id);
    }

    @Override
    public int purge(int endedBeforeHours) {
        actions.add("purge(" + endedBeforeHours + ")");
        return 7;
    }

    @Override
    public void close() throws JMException {
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    private String act(String action, String id) {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        actions.add(action);
        // What has been done is not offered again.
        jobs.get(id).put("actions", List.of());
        return job(id);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
