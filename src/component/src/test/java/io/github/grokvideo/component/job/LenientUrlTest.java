// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers write in place of URLs, and what is requested then. */
class LenientUrlTest {

    private static final URI GATEWAY = URI.create("https://gateway.test/v1");

    /** RFC 3986, sections 5.4.1 and 5.4.2; without fragments, which are never sent. */
    @ParameterizedTest
    @CsvSource({"g:h, g:h", "g, http://a/b/c/g", "./g, http://a/b/c/g", "g/, http://a/b/c/g/", "/g, http://a/g", "//g, http://g",
            "?y, http://a/b/c/d;p?y", "g?y, http://a/b/c/g?y", "#s, http://a/b/c/d;p?q", "g#s, http://a/b/c/g",
            "g?y#s, http://a/b/c/g?y", ";x, http://a/b/c/;x", "g;x, http://a/b/c/g;x", "g;x?y#s, http://a/b/c/g;x?y",
            "'', http://a/b/c/d;p?q", "., http://a/b/c/", "./, http://a/b/c/", ".., http://a/b/", "../, http://a/b/",
            "../g, http://a/b/g", "../.., http://a/", "../../, http://a/", "../../g, http://a/g", "../../../g, http://a/g",
            "../../../../g, http://a/g", "/./g, http://a/g", "/../g, http://a/g", "g., http://a/b/c/g.", ".g, http://a/b/c/.g",
            "g.., http://a/b/c/g..", "..g, http://a/b/c/..g", "./../g, http://a/b/g", "./g/., http://a/b/c/g/",
            "g/./h, http://a/b/c/g/h", "g/../h, http://a/b/c/h", "g;x=1/./y, http://a/b/c/g;x=1/y", "g;x=1/../y, http://a/b/c/y",
            "g?y/./x, http://a/b/c/g?y/./x", "g?y/../x, http://a/b/c/g?y/../x"})
    void resolvesAsTheStandardSays(String reference, String expected) {
        assertThat(LenientUrl.resolve(URI.create("http://a/b/c/d;p?q"), reference)).hasValue(URI.create(expected));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
            "https://cdn.test/a b.mp4?n=x y, https://cdn.test/a%20b.mp4?n=x%20y",
            "https://cdn.test/filme/grüße.mp4, https://cdn.test/filme/gr%C3%BC%C3%9Fe.mp4",
            "https://cdn.test/🎬.mp4, https://cdn.test/%F0%9F%8E%AC.mp4",
            "https://bücher.test:8443/v.mp4, https://xn--bcher-kva.test:8443/v.mp4",
            "https://cdn.test/100%.mp4?p=5%zz%2, https://cdn.test/100%25.mp4?p=5%25zz%252",
            "https://cdn.test/{a}|b^c`d\"\"e<f>.mp4, https://cdn.test/%7Ba%7D%7Cb%5Ec%60d%22%22e%3Cf%3E.mp4",
            "https://cdn.test/a[1].mp4?f[]=x, https://cdn.test/a%5B1%5D.mp4?f[]=x",
            "https://my_bucket.cdn.test/v.mp4, https://my_bucket.cdn.test/v.mp4"})
    void encodesWhatIsNotLegal(String written, String expected) {
        assertThat(LenientUrl.under(GATEWAY, written).map(URI::toString)).hasValue(expected);
    }

    /** A signature covers the URL as it was written. */
    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.test/a%2Fb%2fc;v=1/v.mp4?X-Sig=abc%2Bdef+ghi%3D&t=2026-01-01T00:00:00Z&p=a/b?c@d,e!$'(*)~",
            "HTTPS://CDN.test/v.mp4", "https://cdn.test", "https://cdn.test?a", "https://cdn.test/a/../b/./c"})
    void leavesWhatIsLegal(String url) {
        assertThat(LenientUrl.under(GATEWAY, url).map(URI::toString)).hasValue(url);
    }

    @ParameterizedTest
    @CsvSource({"/files/v.mp4, https://gateway.test/files/v.mp4", "files/v.mp4, https://gateway.test/v1/files/v.mp4",
            "//cdn.test/v.mp4, https://cdn.test/v.mp4", "?task=7, https://gateway.test/v1/?task=7"})
    void takesTheBaseUrlForAFolder(String url, String expected) {
        assertThat(LenientUrl.under(GATEWAY, url)).hasValue(URI.create(expected));
        assertThat(LenientUrl.under(URI.create(GATEWAY + "/"), url)).hasValue(URI.create(expected));
    }

    @Test
    void leavesOutWhiteSpaceAtTheEndsAndLineEndsWithin() {
        assertThat(LenientUrl.under(GATEWAY, "\ufeff\t\r\n https://cdn.test/v\r\n.mp4?a=1\t \n"))
                .hasValue(URI.create("https://cdn.test/v.mp4?a=1"));
    }

    @Test
    void takesLongUrls() {
        String url = "https://cdn.test/v.mp4?token=" + "a".repeat(9_000);
        assertThat(LenientUrl.under(GATEWAY, url).map(URI::toString)).hasValue(url);
        assertThat(LenientUrl.under(GATEWAY, url + "a".repeat(70_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://exa mple.com/", "http://[::1", "1http://x/", "http://a\\b/", "http://\u0000/"})
    void tellsWhatIsNoUrl(String text) {
        assertThat(LenientUrl.under(GATEWAY, text)).isEmpty();
    }

    @Test
    void nothingIsNoUrl() {
        assertThat(LenientUrl.under(GATEWAY, null)).isEmpty();
    }
}
