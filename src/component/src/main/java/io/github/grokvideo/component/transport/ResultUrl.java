package io.github.grokvideo.component.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A video's URL as a gateway writes it, made into one that can be asked for: a paid video is not lost by a space. What is legal stays as it
 * is, or a signature would not hold.
 */
public final class ResultUrl {

    private static final Pattern ENDS = Pattern.compile("^[\\s\\p{Cc}\\p{Cf}]+|[\\s\\p{Cc}\\p{Cf}]+$|[\\t\\r\\n]");
    private static final Pattern ORIGIN = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String LEGAL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=";

    private ResultUrl() {
    }

    /**
     * @param  access where the gateway is: a relative URL is below its base URL, or from its root where it begins with a slash
     * @param  told   as the gateway wrote it
     * @return        an absolute http or https URL; empty = nothing can be fetched from what it wrote
     */
    public static Optional<String> of(GatewayAccess access, String told) {
        String text = ENDS.matcher(told).replaceAll("");
        Matcher origin = ORIGIN.matcher(text);
        int rest = origin.lookingAt() ? origin.end() : 0;
        try {
            URI url = new URI(access.baseUrl() + "/").resolve(new URI(text.substring(0, rest) + encoded(text.substring(rest))));
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return http && url.getRawAuthority() != null ? Optional.of(url.toString()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (LEGAL.indexOf(c) >= 0 || c == '%') {
                encoded.appendCodePoint(c);
            } else {
                for (byte unit : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format("%%%02X", unit & 0xff));
                }
            }
        });
        return LONE_PERCENT.matcher(encoded).replaceAll("%25");
    }
}
