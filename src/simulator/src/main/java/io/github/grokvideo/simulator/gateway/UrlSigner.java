// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import io.github.grokvideo.simulator.job.SimulatedJob;

/** Creates and verifies signed URLs of videos. */
public final class UrlSigner {

    /** Path prefix of all videos. */
    public static final String FILES = "/files/";

    private static final Pattern FILE = Pattern.compile(FILES + "[a-z]+/([^/?]+)/[^/?]+\\.mp4");

    private final byte[] secret;
    private final Supplier<String> origin;

    /**
     * @param secret the same secret gives the same URLs
     * @param origin scheme, host and port of the simulator, known once it listens
     */
    public UrlSigner(byte[] secret, Supplier<String> origin) {
        this.secret = secret.clone();
        this.origin = origin;
    }

    /** Scheme, host and port of the simulator. */
    String origin() {
        return origin.get();
    }

    /** The current URL of a video. */
    public String url(SimulatedJob job) {
        long expires = job.urlExpires().getEpochSecond();
        String path = FILES + job.gateway() + "/" + job.id() + "/" + name(job);
        return origin.get() + path + "?expires=" + expires + "&version=" + job.urlVersion() + "&signature="
                + signature(job.id(), Long.toString(expires), Integer.toString(job.urlVersion()));
    }

    /** Whether the query is a valid signature for that job and the URL has not expired. */
    public boolean valid(SimulatedJob job, Map<String, String> query) {
        String version = query.getOrDefault("version", "");
        String expected = signature(job.id(), query.getOrDefault("expires", ""), version);
        return expected.equals(query.get("signature")) && job.serves(Integer.parseInt(version));
    }

    /** The task id in a URL or path of a video. */
    public static Optional<String> taskId(String url) {
        Matcher matcher = FILE.matcher(url);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String name(SimulatedJob job) {
        return job.gateway().equals("xai") ? "xai-video-" + job.id() + ".mp4" : "0.mp4";
    }

    private String signature(String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
