// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultUrlTest {

    private final GatewayAccess access = new GatewayAccess(URI.create("https://gateway.example:8443/api/v1"), "key");

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, value = {
            "https://v.example/a%20b.mp4?sig=a%2Fb+c&e=1 | https://v.example/a%20b.mp4?sig=a%2Fb+c&e=1",
            "https://v.example/a cat.mp4?sig=a b | https://v.example/a%20cat.mp4?sig=a%20b",
            "https://v.example/Kätzchen.mp4 | https://v.example/K%C3%A4tzchen.mp4",
            "https://v.example/a.mp4?x={1}^<2>&y=[3] | https://v.example/a.mp4?x=%7B1%7D%5E%3C2%3E&y=[3]",
            "https://v.example/100%.mp4?x=%zz%41 | https://v.example/100%25.mp4?x=%25zz%41",
            "HTTPS://v.example/a.mp4 | HTTPS://v.example/a.mp4",
            "https://my_bucket.example/a.mp4 | https://my_bucket.example/a.mp4",
            "https://[::1]:80/a.mp4 | https://[::1]:80/a.mp4",
            "/files/a.mp4?sig=1 | https://gateway.example:8443/files/a.mp4?sig=1",
            "files/a.mp4 | https://gateway.example:8443/api/v1/files/a.mp4",
            "./a.mp4 | https://gateway.example:8443/api/v1/a.mp4",
            "../a.mp4 | https://gateway.example:8443/api/a.mp4",
            "?file=a:b | https://gateway.example:8443/api/v1/?file=a:b",
            "//cdn.example/a.mp4 | https://cdn.example/a.mp4"})
    void isWhatCanBeAskedFor(String told, String url) {
        assertThat(ResultUrl.of(access, told)).hasValue(url);
    }

    @Test
    void blanksAtTheEndsAndLineBreaksWithinAreNoPartOfIt() {
        assertThat(ResultUrl.of(access, "\t https://v.example/a.mp4?sig=ab\r\ncd \n\u00a0\uFEFF".replace("\u00a0", " ")))
                .hasValue("https://v.example/a.mp4?sig=abcd");
    }

    @Test
    void mayBeLong() {
        String url = "https://v.example/a.mp4?sig=" + "x".repeat(9_000);

        assertThat(ResultUrl.of(access, url)).hasValue(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/a.mp4", "ftp://v.example/a.mp4", "file:///etc/passwd", "javascript:alert(1)", "https:a.mp4",
            "https://", "https://[x/a.mp4", "data:video/mp4;base64,AAAA"})
    void nothingCanBeFetchedFromOthers(String told) {
        assertThat(ResultUrl.of(access, told)).isEmpty();
    }
}
